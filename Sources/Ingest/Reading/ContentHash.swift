/// A hash of 64 bits of a stream of bytes, the same however the stream is cut into pieces.
///
/// It tells copies from others; it is no protection against forgery. Eight bytes at a time are
/// multiplied to 128 bits and folded, as in wyhash (Wang Yi); words go to four lanes in turn, so that no
/// multiplication waits for the one before and a large log is not slower to read.
public struct ContentHash: Sendable {
  private static let factor: UInt64 = 0xa076_1d64_78bd_642f
  private static let start: UInt64 = 0xe703_7ed1_a0b4_28db

  private typealias Lanes = (UInt64, UInt64, UInt64, UInt64)

  /// The first is that of the next word.
  private var lanes: Lanes = (
    start, 0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3, 0x1d8e_4e27_c47d_124f
  )
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
    // Local copies stay in registers.
    var (a, b, c, d) = lanes
    bytes.withUnsafeBytes { raw in
      func word(_ offset: Int) -> UInt64 {
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
      // Bounds: i + 32 <= raw.count, and then i + 8 <= raw.count, at every load.
      while i + 32 <= raw.count {
        a = Self.mixed(a, word(i))
        b = Self.mixed(b, word(i + 8))
        c = Self.mixed(c, word(i + 16))
        d = Self.mixed(d, word(i + 24))
        i += 32
      }
      while i + 8 <= raw.count {
        (a, b, c, d) = (b, c, d, Self.mixed(a, word(i)))
        i += 8
      }
    }
    lanes = (a, b, c, d)
    while i < bytes.count { take(bytes[i], &i) }
  }

  /// The hash of what was taken.
  public var value: UInt64 {
    let halves = (Self.mixed(lanes.0, lanes.1), Self.mixed(lanes.2, lanes.3))
    return Self.mixed(Self.mixed(Self.mixed(halves.0, halves.1), pending), length)
  }

  private mutating func take(_ byte: UInt8, _ i: inout Int) {
    pending |= UInt64(byte) << (8 * pendingCount)
    pendingCount += 1
    i += 1
    guard pendingCount == 8 else { return }
    lanes = (lanes.1, lanes.2, lanes.3, Self.mixed(lanes.0, pending))
    (pending, pendingCount) = (0, 0)
  }

  private static func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let (high, low) = (state ^ word).multipliedFullWidth(by: factor)
    return (high ^ low) &+ start
  }
}
