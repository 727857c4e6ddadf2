import TestSupport
import Testing

@testable import Core

/// Against the standard library, whatever stands behind the digits.
@Test func leadingDigitsAreThoseOfTheText() {
  var random = SplitMix(6)
  for _ in 0..<20_000 {
    let count = random.below(9)
    let bytes = (0..<8).map { i -> UInt8 in
      if i < count { return UInt8(ascii: "0") + UInt8(random.below(10)) }
      return i == count ? Array(" :/azAZ\n\u{7F}".utf8)[random.below(9)] : UInt8(random.below(256))
    }
    var word: UInt64 = 0
    for (i, byte) in bytes.enumerated() { word |= UInt64(byte) << UInt64(8 * i) }
    let digits = LeadingDigits(word)
    #expect(digits.count == count)
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    #expect(count == 0 || digits.value == UInt64(text))
  }
}
