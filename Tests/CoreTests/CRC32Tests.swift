import Core
import TestSupport
import Testing

private func byBits(_ bytes: [UInt8]) -> UInt32 { CRC32.of(bytes.span) }

private func byHalfBytes(_ bytes: [UInt8]) -> UInt32 { CRC32.byHalfBytes(bytes.span) }

private func byEightBytes(_ bytes: [UInt8]) -> UInt32 { CRC32.byEightBytes(bytes.span) }

private func castagnoli(_ bytes: [UInt8]) -> UInt32 {
  let table = CRC32.eightByteTable(polynomial: 0x82F6_3B78)
  var crc = CRC32()
  crc.add(bytes.span, by: table.span)
  return crc.value
}

private func stepwise(_ bytes: [UInt8]) -> UInt32 {
  var crc = CRC32()
  for byte in bytes { crc.add(byte) }
  return crc.value
}

/// Values that zlib gives.
@Test func checksumsAreThoseOfZlib() {
  let known: [(String, UInt32)] = [
    ("", 0), ("a", 0xE8B7_BE43), ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    (String(repeating: "\0", count: 32), 0x190A_55AD),
  ]
  for (text, value) in known {
    let bytes = Array(text.utf8)
    #expect([byBits(bytes), byHalfBytes(bytes), byEightBytes(bytes)] == [value, value, value])
  }
  #expect(byBits([UInt8](repeating: 0xFF, count: 32)) == 0xFF6C_AB0B)
}

@Test func checksumGrowsByteByByte() {
  var sum = CRC32()
  #expect(sum.value == 0)
  for byte in "12345".utf8 { sum.add(byte) }
  #expect(sum.value == byBits(Array("12345".utf8)))
  for byte in "6789".utf8 { sum.add(byte) }
  #expect(sum.value == 0xCBF4_3926)
}

/// The value by which catalogues of CRCs tell them apart: that of the digits 1 to 9.
@Test func crcsHaveTheirCheckValues() {
  let digits = Array("123456789".utf8)
  #expect(byBits(digits) == 0xCBF4_3926)
  #expect(byHalfBytes(digits) == 0xCBF4_3926)
  #expect(byEightBytes(digits) == 0xCBF4_3926)
  #expect(stepwise(digits) == 0xCBF4_3926)
  #expect(castagnoli(digits) == 0xE306_9283)
}

@Test func everyTableGivesWhatSingleBitsGive() {
  var random = SplitMix64(seed: 1)
  for count in Array(0...40) + [255, 256, 257, 4096] {
    let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let expected = naiveCRC32(bytes)
    #expect(byBits(bytes) == expected)
    #expect(byHalfBytes(bytes) == expected)
    #expect(byEightBytes(bytes) == expected)
    #expect(stepwise(bytes) == expected)
    #expect(castagnoli(bytes) == naiveCRC32(bytes, polynomial: 0x82F6_3B78))
  }
}

@Test func piecesGiveTheChecksumOfTheWhole() {
  let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
  let table = CRC32.eightByteTable(polynomial: CRC32.polynomial)
  var crc = CRC32()
  let head = Array(bytes[..<300])
  crc.add(head.span, by: table.span)
  for byte in bytes[300..<500] { crc.add(byte) }
  let tail = Array(bytes[500...])
  crc.add(tail.span, by: table.span)
  #expect(crc.value == naiveCRC32(bytes))
}
