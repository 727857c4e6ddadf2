import BenchLog
import TestSupport
import Testing

private func crc(_ text: String) -> UInt32 { crc(Array(text.utf8)) }

private func crc(_ bytes: [UInt8]) -> UInt32 { CRC32.of(bytes.span) }

/// The check value of the catalogue of parametrised CRC algorithms (CRC-32/ISO-HDLC), and others
/// that zlib gives.
@Test func checksumHasItsCheckValue() {
  #expect(crc("123456789") == 0xCBF4_3926)
  #expect(crc("") == 0)
  #expect(crc("a") == 0xE8B7_BE43)
  #expect(crc("The quick brown fox jumps over the lazy dog") == 0x414F_A339)
  #expect(crc([UInt8](repeating: 0, count: 32)) == 0x190A_55AD)
  #expect(crc([UInt8](repeating: 0xFF, count: 32)) == 0xFF6C_AB0B)
}

@Test func checksumGrowsByteByByte() {
  var sum = CRC32()
  #expect(sum.value == 0)
  for byte in "12345".utf8 { sum.add(byte) }
  #expect(sum.value == crc("12345"))
  for byte in "6789".utf8 { sum.add(byte) }
  #expect(sum.value == 0xCBF4_3926)
}

/// Bit by bit, as the polynomial is defined.
@Test func checksumIsThePlainDivision() {
  var random = SplitMix(3)
  for count in [0, 1, 2, 3, 60, 257] {
    let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    #expect(crc(bytes) == naiveCRC32(bytes))
  }
}
