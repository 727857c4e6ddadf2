/// CRC-32 as zlib has it (CRC-32/ISO-HDLC: reflected polynomial 0xEDB88320, start and final value
/// all ones), a byte at a time with a table. It is the identity of a model file.
enum CRC32 {
  /// The checksum of `bytes`.
  static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var register: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      register = (register >> 8) ^ table[Int((register ^ UInt32(byte)) & 0xFF)]
    }
    return ~register
  }

  /// Remainders of the 256 bytes.
  private static let table: [UInt32] = (0..<256).map { byte in
    var value = UInt32(byte)
    for _ in 0..<8 { value = (value >> 1) ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    return value
  }
}
