import Testing

@testable import Support

/// Numbers as figures show them.
@Suite struct FormatFigureTests {
  @Test(arguments: [
    (9.994, "9.99"), (9.996, "10.0"), (999.4, "999"), (999.6, "1000"), (0.0004996, "0.000500"),
    (25, "25.0"), (0.1666, "0.167"), (0, "0"), (-3.14159, "−3.14"), (1e-7, "1.00e-7"),
    (12_345_678, "1.23e7"), (123_456, "123000"), (.nan, "not a number"),
  ])
  func threeSignificantDigits(value: Double, text: String) {
    #expect(Format.compact(value) == text)
  }

  @Test(arguments: [(0.3, "+0.30"), (-0.57, "−0.57"), (0.001, "0.00"), (-0.001, "0.00")])
  func signed(_ value: Double, _ text: String) {
    #expect(Format.signed(value, places: 2) == text)
  }

  @Test func signsOfWhatIsPrintedOtherwise() {
    #expect(Format.signed(1234, Format.whole) == "+1,234")
    #expect(Format.signed(-1234, Format.whole) == "−1,234")
    #expect(Format.signed(0.2, Format.whole) == "0")
  }

  @Test func intervalsShowTheirWidth() {
    #expect(Format.interval(6.03, low: 5.85, high: 6.21) == "6.03 [5.85, 6.21]")
    #expect(Format.interval(192.41, low: 192.408, high: 192.412) == "192.410 [192.408, 192.412]")
    #expect(Format.interval(0.8, low: 0.55, high: 1.15) == "0.800 [0.550, 1.150]")
    #expect(Format.interval(1.08, low: nil, high: nil) == "1.08")
    #expect(Format.interval(.nan, low: 1, high: 2) == "not a number")
  }

  @Test(arguments: [(95.0, "95"), (99.9, "99.9"), (0.001, "0.001"), (5, "5"), (0, "0")])
  func givenNumbersHaveNoZerosAtTheirEnd(_ value: Double, _ text: String) {
    #expect(Format.number(value) == text)
  }
}
