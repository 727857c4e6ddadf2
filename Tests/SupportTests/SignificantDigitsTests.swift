import TestSupport
import Testing

@testable import Support

@Suite struct SignificantDigitsTests {
  /// A decimal of up to 15 digits survives what arithmetic may do to its last bit.
  @Test func decimalsComeBack() throws {
    var generator = SplitMix(7)
    for _ in 0..<5000 {
      let digits = UInt64.random(in: 1..<1_000_000_000_000_000, using: &generator)
      let exponent = Int.random(in: -40...40, using: &generator)
      let value = try #require(Double("\(digits)e\(exponent)"))
      #expect(SignificantDigits.rounded(value) == value)
      #expect(SignificantDigits.rounded(-value) == -value)
      let other = Double.random(in: 1e-9...1e9, using: &generator)
      let rounded = SignificantDigits.rounded(other)
      #expect(abs(rounded - other) <= 6e-15 * other)
      #expect(SignificantDigits.rounded(rounded) == rounded)
    }
  }
}
