import Core

/// CRC-32C (RFC 3720, appendix B.4: reflected polynomial 0x82F63B78), and the form in which LevelDB and
/// TensorFlow store it, turned and shifted so that a checksum of checksums stays one
/// (LevelDB, util/crc32c.h).
enum CRC32C {
  /// The checksum of the pieces, one after the other.
  static func of(_ pieces: ArraySlice<UInt8>...) -> UInt32 {
    var crc = CRC32()
    for piece in pieces { crc.add(piece.span, by: table.span) }
    return crc.value
  }

  /// As it is stored.
  static func masked(_ checksum: UInt32) -> UInt32 {
    (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }

  /// Remainders of the 256 bytes.
  private static let table = CRC32.eightByteTable(polynomial: 0x82F6_3B78)
}
