import Support

@testable import Ingest

/// A stream that gives as few bytes at a time as it is told, and may fail.
struct StreamOfBytes: ReadableBytes {
  let bytes: [UInt8]
  /// The most that come at an offset.
  var step: @Sendable (_ offset: Int) -> Int
  /// What is thrown at the end.
  var failure: Diagnostic?

  var size: Int? { nil }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Diagnostic) -> Int {
    let part = bytes[min(offset, bytes.count)...].prefix(min(buffer.count, max(step(offset), 1)))
    if part.isEmpty, let failure { throw failure }
    buffer.copyBytes(from: part)
    return part.count
  }
}
