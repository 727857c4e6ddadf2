import TestSupport
import Testing

@testable import Statistics

/// Fieller's ends are the ratios r for which a - r b lies exactly t standard errors from zero.
@Test(arguments: 0..<20)
func endsOfFiellerSolveItsEquation(seed: UInt64) throws {
  var random = SplitMix(seed)
  let a = MeanSummary(
    mean: Double.random(in: 50...900, using: &random),
    standardDeviation: Double.random(in: 0.1...20, using: &random), count: 12)
  let b = MeanSummary(
    mean: Double.random(in: 50...90, using: &random),
    standardDeviation: Double.random(in: 0.1...20, using: &random), count: 7)
  let estimate = try #require(ratioOfMeans(a, over: b, level: 0.9).value)
  let interval = try #require(estimate.interval.value)
  #expect(interval.contains(estimate.value))

  let va = a.standardDeviation * a.standardDeviation / 12
  let vb = b.standardDeviation * b.standardDeviation / 7
  let r = estimate.value
  let both = va + r * r * vb
  let freedom = both * both / (va * va / 11 + r * r * vb * r * r * vb / 6)
  let t = GSL.studentT(level: 0.9, degreesOfFreedom: freedom)
  for end in [interval.low, interval.high] {
    let distance = abs(a.mean - end * b.mean)
    #expect(isClose(distance, t * (va + end * end * vb).squareRoot(), within: 1e-9))
  }
}

/// With an exact reference it is Student's interval of a mean: t(0.975, 9) = 2.262 (any t table).
@Test func exactReferenceLeavesStudentsInterval() throws {
  let a = MeanSummary(mean: 200, standardDeviation: 10, count: 10)
  let b = MeanSummary(mean: 50, standardDeviation: 0, count: 3)
  let interval = try #require(ratioOfMeans(a, over: b).interval)
  let reach = 2.262157 * 10 / 10.0.squareRoot() / 50
  #expect(isClose(interval.low, 4 - reach, within: 1e-7))
  #expect(isClose(interval.high, 4 + reach, within: 1e-7))
  #expect(interval.method == "Fieller, 9 degrees of freedom")
}

@Test func spreadlessMeansAreExact() throws {
  let a = MeanSummary(mean: 6, standardDeviation: 0, count: 5)
  let b = MeanSummary(mean: 2, standardDeviation: 0, count: 5)
  let interval = try #require(ratioOfMeans(a, over: b).interval)
  #expect(interval.low == 3 && interval.high == 3)
}

@Test func unboundedAndImpossibleRatiosHaveAReason() {
  let a = MeanSummary(mean: 6, standardDeviation: 1, count: 5)
  let noisy = MeanSummary(mean: 1, standardDeviation: 4, count: 5)
  #expect(ratioOfMeans(a, over: noisy).value?.value == 6)
  #expect(ratioOfMeans(a, over: noisy).why?.contains("unbounded") == true)
  let zero = MeanSummary(mean: 0, standardDeviation: 1, count: 5)
  #expect(ratioOfMeans(a, over: zero).value == nil)
  let single = MeanSummary(mean: 3, standardDeviation: 0, count: 1)
  #expect(
    ratioOfMeans(a, over: single).why
      == "an interval of a ratio of means needs at least 2 reference samples; there is 1")
  let broken = MeanSummary(mean: 3, standardDeviation: -1, count: 5)
  #expect(ratioOfMeans(broken, over: a).why?.contains("not negative") == true)
  #expect(ratioOfMeans(a, over: a, level: 2).why?.contains("level") == true)
}

@Test func fiellerFollowsScaleAndSign() throws {
  let a = MeanSummary(mean: 6, standardDeviation: 1, count: 5)
  let b = MeanSummary(mean: 20, standardDeviation: 2, count: 8)
  let plain = try #require(ratioOfMeans(a, over: b).interval)
  let tiny = MeanSummary(mean: 20e-300, standardDeviation: 2e-300, count: 8)
  let large = try #require(ratioOfMeans(a, over: tiny).interval)
  #expect(isClose(large.low, plain.low * 1e300) && isClose(large.high, plain.high * 1e300))
  let mirrored = MeanSummary(mean: -20, standardDeviation: 2, count: 8)
  let negative = try #require(ratioOfMeans(a, over: mirrored).interval)
  #expect(isClose(negative.low, -plain.high) && isClose(negative.high, -plain.low))
}

private func summary(_ values: [Double]) throws -> MeanSummary {
  MeanSummary(
    mean: try #require(values.mean), standardDeviation: try #require(values.standardDeviation),
    count: UInt64(values.count))
}

@Test func fiellerCovers() throws {
  var random = SplitMix(1)
  let trials = 4000
  var covered = 0
  for _ in 0..<trials {
    let subject = try summary((0..<5).map { _ in 300 + 20 * random.normal() })
    let reference = try summary((0..<8).map { _ in 100 + 15 * random.normal() })
    let interval = try #require(ratioOfMeans(subject, over: reference).interval)
    if interval.contains(3) { covered += 1 }
  }
  // Five standard errors are 0.017.
  #expect(abs(Double(covered) / Double(trials) - 0.95) < 0.017)
}

@Test func roundedFiguresBoundTheirRatio() throws {
  let seconds = try #require(roundingBounds(12.5, lastDigit: 0.1).value)
  #expect(isClose(seconds.lowerBound, 12.45) && isClose(seconds.upperBound, 12.55))
  let bounds = try #require(ratioBounds(numerator: seconds, denominator: 2...4).value)
  #expect(isClose(bounds.lowerBound, 12.45 / 4) && isClose(bounds.upperBound, 12.55 / 2))
  let signs = try #require(ratioBounds(numerator: -6...3, denominator: -2...(-1)).value)
  #expect(signs == -3...6)
  #expect(ratioBounds(numerator: 1...2, denominator: 0...1).reason?.contains("zero") == true)
  #expect(ratioBounds(numerator: 1...2, denominator: -1...1).value == nil)
  #expect(ratioBounds(numerator: 1...1e308, denominator: 0.1...1).value == nil)
  #expect(roundingBounds(.nan, lastDigit: 1).value == nil)
  #expect(roundingBounds(1, lastDigit: -1).value == nil)
}

/// No ratio of members may leave the bounds.
@Test(arguments: 0..<50)
func ratioBoundsHoldEveryRatio(seed: UInt64) throws {
  var random = SplitMix(seed)
  func range(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let a = Double.random(in: low...high, using: &random)
    let b = Double.random(in: low...high, using: &random)
    return min(a, b)...max(a, b)
  }
  let numerator = range(-10, 10)
  let denominator = range(0.1, 5)
  let bounds = try #require(ratioBounds(numerator: numerator, denominator: denominator).value)
  for _ in 0..<50 {
    let a = Double.random(in: numerator, using: &random)
    let b = Double.random(in: denominator, using: &random)
    #expect(bounds.contains(a / b))
  }
}
