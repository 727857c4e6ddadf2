#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A hash of 64 bits of the lines of a log, the same for copies that differ in what an editor or a
/// transfer changes: carriage returns, and blank lines at the end.
struct LogHash {
  private static let carriageReturn = Int32(UInt8(ascii: "\r"))
  private static let lineFeeds = [UInt8](repeating: UInt8(ascii: "\n"), count: 64)

  private var hash = ContentHash()
  /// Line feeds at the end of what was taken: they count when a line follows.
  private var heldLineFeeds = 0

  /// Of all these bytes.
  static func of(_ bytes: [UInt8]) -> UInt64 {
    var hash = LogHash()
    hash.take(bytes.span)
    return hash.value
  }

  /// Takes the next bytes.
  mutating func take(_ bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      let end = Self.carriageReturn(in: bytes, from: start)
      takeRest(bytes.extracting(start..<end))
      start = end + 1
    }
  }

  /// The hash of what was taken.
  var value: UInt64 { hash.value }

  private mutating func takeRest(_ bytes: Span<UInt8>) {
    var end = bytes.count
    while end > 0, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > 0 {
      while heldLineFeeds > 0 {
        let count = min(heldLineFeeds, Self.lineFeeds.count)
        hash.take(Self.lineFeeds.span.extracting(0..<count))
        heldLineFeeds -= count
      }
      hash.take(bytes.extracting(0..<end))
    }
    heldLineFeeds += bytes.count - end
  }

  /// Where the next carriage return is, or the end. `start` is before the end.
  private static func carriageReturn(in bytes: Span<UInt8>, from start: Int) -> Int {
    bytes.withUnsafeBytes { raw in
      // Bounds: raw.count - start bytes from start on are within raw.
      guard let base = raw.baseAddress,
        let found = memchr(base + start, carriageReturn, raw.count - start)
      else { return raw.count }
      return UnsafeRawPointer(found) - base
    }
  }
}
