import CZlib

/// What comes out of gzip (RFC 1952), several members in a row too.
///
/// Through zlib: libarchive unpacks 64 KiB at a time and gives none of them where the file ends too early or is
/// damaged, which is a whole log as most are.
final class GzipBytes: ReadableBytes, @unchecked Sendable {
  // `@unchecked`: a stream is read by one thread at a time.
  private let input: PackedInput
  private let limit: UnpackLimit
  /// In a place of its own: zlib remembers where it is.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isBetweenMembers = false
  private var isAtEnd = false
  private var failure: Diagnostic?
  private var count = 0

  var size: Int? { nil }

  init(_ input: PackedInput, limit: UnpackLimit) throws(Diagnostic) {
    (self.input, self.limit) = (input, limit)
    stream.initialize(to: z_stream())
    // 16: with the header and the checksum of gzip.
    guard
      inflateInit2_(
        stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      throw Diagnostic(
        "unreadable-file", "cannot be read: out of memory", remedy: "Free some memory.")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(Diagnostic) -> Int {
    var filled = 0
    while filled < buffer.count, !isAtEnd, failure == nil {
      filled += unpack(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
    }
    if filled == 0, let failure { throw failure }
    return filled
  }

  /// One step of zlib; returns the number of bytes that came out.
  private func unpack(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if stream.pointee.avail_in == 0 {
      let piece = input.next()
      guard !piece.isEmpty else {
        isAtEnd = isBetweenMembers
        failure = input.failure ?? (isAtEnd ? nil : Self.endsTooEarly)
        return 0
      }
      // zlib does not write there.
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: piece.bindMemory(to: UInt8.self).baseAddress)
      stream.pointee.avail_in = UInt32(piece.count)
    }
    if isBetweenMembers, !beginsMember() { return 0 }
    let room = min(buffer.count, Int(Int32.max))
    stream.pointee.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(room)
    // Bounds: zlib reads at most `avail_in` and writes at most `avail_out` bytes, those of the piece and the buffer.
    let status = inflate(stream, Z_NO_FLUSH)
    let written = room - Int(stream.pointee.avail_out)
    count += written
    switch status {
    case Z_OK, Z_BUF_ERROR: failure = limit.failure(at: count)
    case Z_STREAM_END: isBetweenMembers = true
    default:
      failure = Self.damage(stream.pointee.msg.map { String(cString: $0) } ?? "not gzip")
    }
    return written
  }

  /// Whether another member begins here; zeros that fill up a tape are passed over.
  private func beginsMember() -> Bool {
    while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
    guard stream.pointee.avail_in > 0 else { return false }
    guard stream.pointee.next_in.pointee == 0x1F else {
      failure = Diagnostic(
        "read-failure", "something that is not gzip follows the compressed data; it is not read",
        remedy: "Copy the file again if a part of the log is missing.", severity: .warning)
      return false
    }
    inflateReset(stream)
    isBetweenMembers = false
    return true
  }

  private static var endsTooEarly: Diagnostic {
    Diagnostic(
      "read-failure", "the compressed data ends too early; what came before was read",
      remedy: "Copy the file again, or take the log from its source.")
  }

  private static func damage(_ reason: String) -> Diagnostic {
    Diagnostic(
      "read-failure", "cannot be read further: \(reason)",
      remedy: "Check the medium, or unpack the file with gzip -d to see where it is damaged.")
  }
}
