/// CRC-32 as zlib has it, bit by bit.
struct CRC32 {
  private var register: UInt32 = .max

  var value: UInt32 { ~register }

  mutating func add(_ byte: UInt8) {
    register ^= UInt32(byte)
    for _ in 0..<8 { register = register >> 1 ^ (register & 1 == 1 ? 0xEDB8_8320 : 0) }
  }

  mutating func add(_ word: UInt32) {
    for place in UInt32(0)..<4 { add(UInt8(truncatingIfNeeded: word >> (8 * place))) }
  }
}
