import CZlib

/// CRC-32/ISO-HDLC, the identity of a model file.
enum CRC32 {
  /// The checksum of `bytes`.
  static func of(_ bytes: [UInt8]) -> UInt32 {
    // Bounds: the buffer has as many bytes as it says.
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
    }
  }
}
