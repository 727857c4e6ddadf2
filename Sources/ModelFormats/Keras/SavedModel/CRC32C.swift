/// CRC-32C (RFC 3720, appendix B.4: reflected polynomial 0x82F63B78), and the form in which LevelDB and
/// TensorFlow store it, turned and shifted so that a checksum of checksums stays one
/// (LevelDB, util/crc32c.h).
enum CRC32C {
  /// The checksum of the pieces, one after the other.
  static func of(_ pieces: ArraySlice<UInt8>...) -> UInt32 {
    var register: UInt32 = 0xFFFF_FFFF
    for piece in pieces {
      for byte in piece {
        register = (register >> 8) ^ table[Int((register ^ UInt32(byte)) & 0xFF)]
      }
    }
    return ~register
  }

  /// As it is stored.
  static func masked(_ checksum: UInt32) -> UInt32 {
    (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }

  /// Remainders of the 256 bytes.
  private static let table: [UInt32] = (0..<256).map { byte in
    var value = UInt32(byte)
    for _ in 0..<8 { value = (value >> 1) ^ (value & 1 == 1 ? 0x82F6_3B78 : 0) }
    return value
  }
}
