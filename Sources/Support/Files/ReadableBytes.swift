/// Where bytes come from: a file, a stream, memory, or what either of them holds packed.
package protocol ReadableBytes: Sendable {
  /// How many there are, where every place can be read at any time, on any thread; nil for a stream, which is
  /// read from its beginning to its end.
  var size: Int? { get }

  /// Fills `buffer` from its start with what stands at `offset`; returns the number of bytes, 0 at the end. Of
  /// a stream it may be any number. A failure is thrown once all bytes before it were returned.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Diagnostic) -> Int
}

extension ReadableBytes {
  /// The same for an array.
  package func read(into buffer: inout [UInt8], at offset: Int) throws(Diagnostic) -> Int {
    let count: Result<Int, Diagnostic> = buffer.withUnsafeMutableBytes { raw in
      do throws(Diagnostic) {
        return .success(try read(into: raw, at: offset))
      } catch {
        return .failure(error)
      }
    }
    return try count.get()
  }
}

/// Bytes in memory.
package struct BytesInMemory: ReadableBytes {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var size: Int? { bytes.count }

  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    let part = bytes[min(offset, bytes.count)...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    return part.count
  }
}
