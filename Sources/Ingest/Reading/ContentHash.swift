/// A hash of 64 bits of a stream of bytes, the same however the stream is cut into pieces.
///
/// It tells copies from others; it is no protection against forgery. Eight bytes at a time are
/// multiplied to 128 bits and folded, as in wyhash (Wang Yi), so that a large log is not slower to read.
public struct ContentHash: Sendable {
  private static let factor: UInt64 = 0xa076_1d64_78bd_642f
  private static let start: UInt64 = 0xe703_7ed1_a0b4_28db

  private var state = Self.start
  /// Bytes that fill no word yet, the first in the lowest place.
  private var pending: UInt64 = 0
  private var pendingCount: UInt64 = 0
  private var length: UInt64 = 0

  /// Of nothing yet.
  public init() {}

  /// Of all these bytes.
  public static func of(_ bytes: [UInt8]) -> UInt64 {
    var hash = ContentHash()
    hash.take(bytes.span)
    return hash.value
  }

  /// Takes the next bytes.
  public mutating func take(_ bytes: Span<UInt8>) {
    length &+= UInt64(bytes.count)
    var i = 0
    while pendingCount > 0, i < bytes.count { take(bytes[i], &i) }
    // A local copy stays in a register.
    var state = self.state
    bytes.withUnsafeBytes { raw in
      // Bounds: i + 8 <= raw.count for every i of the stride.
      let end = i + (raw.count - i) / 8 * 8
      for k in stride(from: i, to: end, by: 8) {
        let word = raw.loadUnaligned(fromByteOffset: k, as: UInt64.self)
        state = Self.mixed(state, UInt64(littleEndian: word))
      }
      i = end
    }
    self.state = state
    while i < bytes.count { take(bytes[i], &i) }
  }

  /// The hash of what was taken.
  public var value: UInt64 {
    Self.mixed(Self.mixed(state, pending), length)
  }

  private mutating func take(_ byte: UInt8, _ i: inout Int) {
    pending |= UInt64(byte) << (8 * pendingCount)
    pendingCount += 1
    i += 1
    guard pendingCount == 8 else { return }
    state = Self.mixed(state, pending)
    (pending, pendingCount) = (0, 0)
  }

  private static func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let (high, low) = (state ^ word).multipliedFullWidth(by: factor)
    return (high ^ low) &+ start
  }
}
