/// A stream of which the first bytes were looked at, and are given once more.
package final class PeekedBytes: ReadableBytes, @unchecked Sendable {
  // `@unchecked`: a stream is read by one thread at a time.
  private let rest: any ReadableBytes
  private var head: ArraySlice<UInt8>
  private var failure: Diagnostic?

  package var size: Int? { nil }

  private init(_ head: [UInt8], _ failure: Diagnostic?, before rest: any ReadableBytes) {
    (self.head, self.failure, self.rest) = (head[...], failure, rest)
  }

  /// The first bytes, at most `most`, and what gives all of them.
  package static func peek(
    _ bytes: any ReadableBytes, atMost most: Int
  ) -> (head: ArraySlice<UInt8>, bytes: any ReadableBytes) {
    var head = [UInt8](repeating: 0, count: most)
    var (filled, failure): (Int, Diagnostic?) = (0, nil)
    while filled < most, failure == nil {
      var next = [UInt8](repeating: 0, count: most - filled)
      do throws(Diagnostic) {
        let count = try bytes.read(into: &next, at: filled)
        if count == 0 { break }
        head.replaceSubrange(filled..<filled + count, with: next.prefix(count))
        filled += count
      } catch {
        failure = error
      }
    }
    head.removeLast(most - filled)
    // What has a size is read anew from its beginning.
    return (head[...], bytes.size == nil ? PeekedBytes(head, failure, before: bytes) : bytes)
  }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(Diagnostic) -> Int {
    guard head.isEmpty else {
      let part = head.prefix(buffer.count)
      buffer.copyBytes(from: part)
      head.removeFirst(part.count)
      return part.count
    }
    if let failure { throw failure }
    return try rest.read(into: buffer, at: offset)
  }
}
