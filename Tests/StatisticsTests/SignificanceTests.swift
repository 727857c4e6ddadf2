import Quantiles
import TestSupport
import Testing

@testable import Statistics

/// Worked by hand from Holm's definition: 4 · 0.005, 3 · 0.01, 2 · 0.03, then the running maximum.
@Test func holmStepsDown() {
  let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
  for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
    #expect(isClose(value, expected))
  }
  #expect(holmAdjusted([]) == [])
  #expect(holmAdjusted([0.2]) == [0.2])
  #expect(holmAdjusted([0.6, 0.7]) == [1, 1])
}

@Test func holmLeavesOutTestsThatWereNotMade() {
  #expect(holmAdjusted([nil, 0.02, .nan, 0.5, -1, 2]) == [nil, 0.04, nil, 0.5, nil, nil])
}

@Test(arguments: 0..<20)
func holmIgnoresOrderAndOnlyRaises(seed: UInt64) {
  var random = SplitMix(seed)
  let values = (0..<30).map { _ in Double.random(in: 0...0.2, using: &random) }
  let order = Array(values.indices).shuffled(using: &random)
  let adjusted = holmAdjusted(values)
  #expect(holmAdjusted(order.map { values[$0] }) == order.map { adjusted[$0] })
  for (value, result) in zip(values, adjusted) {
    #expect((result ?? -1) >= value && (result ?? 2) <= min(1, 30 * value))
  }
}

/// Permeability of the chorioamnion: Hollander and Wolfe, "Nonparametric Statistical Methods", 1973,
/// p. 69; W = 35, one-sided p = 0.1272, and without ties the two-sided one is twice that.
@Test func rankSumMatchesHollanderAndWolfe() throws {
  let x = Samples([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46])
  let y = Samples([1.15, 0.88, 0.90, 0.74, 1.21])
  let result = try #require(rankSumTest(x, y).value)
  #expect(isClose(result.pValue, 0.2544, within: 4e-4))
  #expect(result.method == "rank-sum test, exact")
  // The probability is a count of deals out of C(15, 5) = 3003.
  #expect(isClose(result.pValue * 3003, (result.pValue * 3003).rounded()))
}

/// Ties against plain enumeration of all C(9, 4) deals of the pooled samples.
@Test(arguments: 0..<20)
func exactRankSumWithTiesMatchesEnumeration(seed: UInt64) throws {
  var random = SplitMix(seed)
  let pooled = (0..<9).map { _ in Double(Int.random(in: 1...5, using: &random)) }
  let sorted = pooled.sorted()
  func rank(_ value: Double) -> Double {
    let before = sorted.filter { $0 < value }.count
    return Double(before) + Double(sorted.filter { $0 == value }.count + 1) / 2
  }
  func distance(_ mask: Int) -> Double {
    abs((0..<9).filter { mask >> $0 & 1 == 1 }.map { rank(pooled[$0]) }.reduce(0, +) - 20)
  }
  let deals = (0..<512).filter { $0.nonzeroBitCount == 4 }
  let far = deals.filter { distance($0) >= distance(0b1111) }
  let first = Samples(pooled.prefix(4))
  let second = Samples(pooled.dropFirst(4))
  let expected = Double(far.count) / 126
  #expect(isClose(rankSumTest(first, second).value?.pValue, expected))
  #expect(isClose(rankSumTest(second, first).value?.pValue, expected))
}

/// One sample larger, the other pooled: the two branches must agree where they meet.
@Test func normalApproximationContinuesTheExactTest() throws {
  var random = SplitMix(2)
  let x = (0..<15).map { _ in 10 + random.normal() }
  let y = (0..<15).map { _ in 10.7 + random.normal() }
  let first = Samples(x)
  let second = Samples(y)
  let more = Samples(y + [10.7])
  let exact = try #require(rankSumTest(first, second).value)
  let normal = try #require(rankSumTest(first, more).value)
  #expect(normal.method == "rank-sum test, normal approximation with tie correction")
  #expect(abs(exact.pValue - normal.pValue) < 0.03)
}

/// The formula written out: 20 and 20 samples on two values, 15 : 5 against 5 : 15. Mid-ranks
/// 10.5 and 30.5 give the rank sum 310, expectation 410, variance
/// 400 / 12 · (41 - 2 (20^3 - 20) / (40 · 39)) = 1025.641; z = 99.5 / 32.02563.
@Test func tieCorrectionMatchesItsFormula() throws {
  let x = repeated([(1, 15), (2, 5)])
  let y = repeated([(1, 5), (2, 15)])
  let z = 99.5 / 1025.641025641025641.squareRoot()
  #expect(
    isClose(rankSumTest(x, y).value?.pValue, 2 * GSL.normalUpperTail(z), within: 1e-9))
}

@Test func rankSumExtremes() throws {
  let empty = Samples()
  let one = Samples([1])
  let same = repeated([(5, 1_000_000_000)])
  let other = repeated([(6, 1_000_000_000)])
  #expect(rankSumTest(empty, one).reason?.contains("none") == true)
  #expect(rankSumTest(one, one).value?.pValue == 1)
  #expect(rankSumTest(same, same).value?.pValue == 1)
  #expect(rankSumTest(same, other).value?.pValue == 0)
  #expect(rankSumTest(one, same).reason?.contains("at least 8") == true)
}

/// Under equality p-values are uniform: at most α of them may fall below α.
@Test func rankSumKeepsItsLevel() throws {
  var random = SplitMix(9)
  var rejected = 0
  let trials = 1000
  for _ in 0..<trials {
    let x = Samples((0..<18).map { _ in (200 + 20 * random.normal()).rounded() })
    let y = Samples((0..<18).map { _ in (200 + 20 * random.normal()).rounded() })
    let result = try #require(rankSumTest(x, y).value)
    if result.pValue < 0.05 { rejected += 1 }
  }
  let share = Double(rejected) / Double(trials)
  #expect(share > 0.02 && share < 0.075, "rejected \(share)")
}
