/// CRC-32 bit by bit, of the polynomial of zlib unless told: owes nothing to the package's own.
public func naiveCRC32(
  _ bytes: some Sequence<UInt8>, polynomial: UInt32 = 0xEDB8_8320
) -> UInt32 {
  var register: UInt32 = .max
  for byte in bytes {
    register ^= UInt32(byte)
    for _ in 0..<8 { register = register >> 1 ^ (register & 1 == 1 ? polynomial : 0) }
  }
  return ~register
}
