import Support

/// Where the bytes of a log come from.
package protocol LogBytes: Sendable {
  /// How many there are, where every place can be read at any time, on any thread; nil for a stream, which is
  /// read from its beginning to its end.
  var size: Int? { get }

  /// Fills `buffer` from its start with what stands at `offset`; returns the number of bytes, 0 at the end. Of
  /// a stream it may be any number. A failure is thrown once all bytes before it were returned.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Diagnostic) -> Int
}

extension LogBytes {
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
struct BytesInMemory: LogBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var size: Int? { bytes.count }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    let part = bytes[min(offset, bytes.count)...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    return part.count
  }
}
