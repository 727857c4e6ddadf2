/// CRC-32 as zlib, PNG and Ethernet have it (CRC-32/ISO-HDLC: reflected polynomial 0xEDB88320,
/// start and final value all ones), four bits at a time: a table of 16 words suits a small chip.
public struct CRC32: Sendable, Equatable {
  private var register: UInt32 = 0xFFFF_FFFF

  /// The checksum of nothing.
  public init() {}

  /// Takes in one byte.
  @inline(__always)
  public mutating func add(_ byte: UInt8) {
    register ^= UInt32(byte)
    register = Self.step(register)
    register = Self.step(register)
  }

  /// The checksum of everything taken in so far.
  public var value: UInt32 { ~register }

  /// The checksum of `bytes`.
  public static func of(_ bytes: Span<UInt8>) -> UInt32 {
    var crc = CRC32()
    for i in 0..<bytes.count { crc.add(bytes[i]) }
    return crc.value
  }

  /// Divides by the polynomial for four bits, without a table lookup in writable memory.
  @inline(__always)
  private static func step(_ value: UInt32) -> UInt32 {
    var v = value
    for _ in 0..<4 { v = (v >> 1) ^ (0xEDB8_8320 & (0 &- (v & 1))) }
    return v
  }
}
