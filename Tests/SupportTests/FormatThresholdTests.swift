import Testing

@testable import Support

/// Where a number's size decides how it is printed: the last number on one side and the first on the
/// other, found by bisection.
@Suite struct FormatThresholdTests {
  /// The first of the numbers above `low` up to `high` for which `isBeyond` holds.
  private func first(
    from low: Double, to high: Double, where isBeyond: (Double) -> Bool
  ) -> Double {
    var (below, beyond) = (low.bitPattern, high.bitPattern)
    while beyond - below > 1 {
      let middle = below + (beyond - below) / 2
      if isBeyond(Double(bitPattern: middle)) { beyond = middle } else { below = middle }
    }
    return Double(bitPattern: beyond)
  }

  @Test(arguments: [("µs", 1e-6), ("ms", 1e-3), ("s", 10.0)], 1...8)
  func aUnitBeginsWhereItsFirstNumberIsPrinted(_ unit: (String, Double), digits: Int) {
    let text = { Format.seconds($0, digits: digits) }
    let start = first(from: unit.1 / 3, to: unit.1) { text($0).hasSuffix(" \(unit.0)") }
    #expect(text(start) == text(unit.1) && text(start.nextUp) == text(unit.1))
    // All nines, as many as digits are asked for, or whole ones.
    let nines = text(start.nextDown).filter { $0.isNumber || $0 == "." }
    #expect(nines.allSatisfy { $0 == "9" || $0 == "." }, "\(nines)")
    #expect(nines.count { $0 == "9" } == max(digits, unit.0 == "s" ? 4 : 3))
  }

  @Test func publishedMillisecondsEndAtTenSeconds() {
    let start = first(from: 9, to: 10) { Format.seconds($0).hasSuffix(" s") }
    #expect(Format.seconds(start) == "10 s" && Format.seconds(start.nextDown) == "9999.99 ms")
  }

  @Test(arguments: [("MB/s", 1e6, "999 kB/s"), ("GB/s", 1e9, "999 MB/s")])
  func bandwidths(_ unit: String, _ value: Double, _ below: String) {
    let start = first(from: value / 3, to: value) { Format.bandwidth($0).hasSuffix(unit) }
    #expect(Format.bandwidth(start) == "1.00 \(unit)" && Format.bandwidth(start.nextDown) == below)
  }

  @Test(arguments: 1...15)
  func exponents(digits: Int) {
    let plain = { (value: Double) in !Format.number(value, digits: digits).contains("e") }
    let least = first(from: 1e-5, to: 1e-4, where: plain)
    #expect(Format.number(least, digits: digits) == "0.0001")
    #expect(Format.number(least.nextDown, digits: digits).hasPrefix("9"))
    let most = first(from: 1e14, to: 1e15) { !plain($0) }
    #expect(Format.number(most, digits: digits) == Format.number(1e15, digits: digits))
    #expect(Format.number(most.nextDown, digits: digits).hasPrefix("9"))
  }

  @Test(arguments: [(1.0, "0.999", "1.000"), (1.05, "1.049", "1.05"), (1000, "999.99", "1000")])
  func ratios(_ bound: Double, _ below: String, _ from: String) {
    let start = first(from: 0.98 * bound, to: bound) { Format.ratio($0) == from }
    #expect(Format.ratio(start) == from && Format.ratio(start.nextDown) == below)
  }

  @Test(arguments: [(1e-3, "0.9999", "1.000"), (1, "999.999", "1000.00")])
  func columnsOfMilliseconds(_ bound: Double, _ below: String, _ from: String) {
    let start = first(from: 0.99 * bound, to: bound) { Format.milliseconds($0) == from }
    #expect(Format.milliseconds(start) == from && Format.milliseconds(start.nextDown) == below)
  }

  @Test func neighboursOfPowersOfTenReadTheSame() {
    for exponent in -4...6 {
      let decade = Double("1e\(exponent)") ?? 0
      let text = Format.compact(decade, digits: 1)
      #expect(Format.compact(decade.nextDown, digits: 1) == text)
      #expect(Format.compact(decade.nextUp, digits: 1) == text)
    }
  }
}
