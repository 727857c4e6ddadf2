/// CRC-32 as zlib has it, bit by bit: owes nothing to the package's own.
public func naiveCRC32(_ bytes: some Sequence<UInt8>) -> UInt32 {
  var register: UInt32 = .max
  for byte in bytes {
    register ^= UInt32(byte)
    for _ in 0..<8 { register = register >> 1 ^ (register & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  return ~register
}
