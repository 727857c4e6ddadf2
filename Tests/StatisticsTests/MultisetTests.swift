import TestSupport
import Testing

@testable import Statistics

@Test func multisetSortsAndMergesEqualValues() throws {
  let pairs: [(value: Double, count: UInt64)] = [(3, 2), (1, 1), (3, 1), (2, 0), (-0.0, 1), (0, 1)]
  let set = try #require(Multiset(pairs: pairs))
  #expect(set.values == [0, 1, 3])
  #expect(set.counts == [2, 1, 3])
  #expect(set.values[0].sign == .plus)
  #expect(set.count == 6)
  #expect((1...6).map { set.orderStatistic($0) } == [0, 0, 1, 3, 3, 3])
  #expect(set.orderStatistic(0) == nil)
  #expect(set.orderStatistic(7) == nil)
}

@Test func multisetRefusesWhatIsNotFiniteAndWhatOverflows() {
  #expect(Multiset([1, .nan]) == nil)
  #expect(Multiset([.infinity]) == nil)
  #expect(Multiset([-.infinity, 1]) == nil)
  #expect(Multiset(pairs: [(value: 1, count: UInt64.max), (value: 2, count: 1)]) == nil)
  #expect(Multiset(pairs: [(value: .nan, count: 0)])?.isEmpty == true)
}

@Test func emptyMultisetHasNoStatistics() throws {
  let empty = try #require(Multiset([Double]()))
  #expect(empty.isEmpty)
  #expect(empty.count == 0)
  #expect(empty.min == nil)
  #expect(empty.max == nil)
  #expect(empty.median == nil)
  #expect(empty.mean == nil)
  #expect(empty.standardDeviation == nil)
  #expect(empty.quantile(0.5) == nil)
}

/// Hyndman and Fan's definition 7, the default of R: quantile(c(1, 2, 4, 8), c(.1, .25, .5, .9)).
@Test func quantilesFollowDefinitionSeven() throws {
  let set = try #require(Multiset([8, 1, 4, 2]))
  #expect(close(set.quantile(0.1), 1.3))
  #expect(close(set.quantile(0.25), 1.75))
  #expect(set.quantile(0.5) == 3)
  #expect(close(set.quantile(0.9), 6.8))
  #expect(set.quantile(0) == 1)
  #expect(set.quantile(1) == 8)
  #expect(set.quantile(1.1) == nil)
  #expect(set.quantile(.nan) == nil)
  #expect(set.median == 3)
  #expect(Multiset([5, 1, 2])?.median == 2)
}

/// 4, 7, 13 and 16, each + 1e9, the usual trap of the one-pass variance formula:
/// mean 1e9 + 10, variance 30 (Chan, Golub, LeVeque, Am. Stat. 37, 1983, discuss such data).
@Test func varianceSurvivesALargeMean() throws {
  let set = try #require(Multiset([4, 7, 13, 16].map { $0 + 1e9 }))
  #expect(set.mean == 1e9 + 10)
  #expect(close(set.standardDeviation, 30.0.squareRoot()))
  // One unit in the last place apart: the mean itself cannot be represented.
  let neighbours = try #require(Multiset([1, 1.0.nextUp]))
  #expect(close(neighbours.standardDeviation, 1.0.ulp / 2.0.squareRoot()))
}

@Test func momentsNeitherOverflowNorUnderflow() throws {
  let huge = try #require(Multiset([1.7e308, 1.7e308, -1.7e308]))
  #expect(close(huge.mean, 1.7e308 / 3))
  #expect(huge.median == 1.7e308)
  let opposite = try #require(Multiset([1.7e308, -1.7e308]))
  #expect(opposite.median == 0)
  let least = Double.leastNonzeroMagnitude
  let tiny = try #require(Multiset([least, least, 4 * least]))
  #expect(tiny.mean == 2 * least)
  #expect(tiny.median == least)
  let spread = try #require(Multiset([1, 3].map { $0 * 0x1p-1040 }))
  #expect(close(spread.standardDeviation, 2.0.squareRoot() * 0x1p-1040, within: 1e-9))
}

@Test func hugeCountsCostNothing() throws {
  let half = UInt64.max / 2
  let set = try #require(Multiset(pairs: [(value: 1, count: half), (value: 3, count: half)]))
  #expect(set.median == 2)
  #expect(set.mean == 2)
  #expect(close(set.standardDeviation, 1))
  #expect(set.quantile(0.9) == 3)
  #expect(set.quantile(1) == 3)
}

@Test(arguments: 0..<20)
func statisticsIgnoreOrderAndFollowScale(seed: UInt64) throws {
  var random = SplitMix(seed)
  let samples = (0..<Int.random(in: 2...60, using: &random)).map { _ in
    Double.random(in: 1..<1000, using: &random).rounded()
  }
  let set = try #require(Multiset(samples))
  #expect(Multiset(samples.shuffled(using: &random)) == set)
  // A power of two scales without rounding, so equality is exact.
  let scaled = try #require(Multiset(samples.map { $0 * 0.25 }))
  #expect(scaled.median == set.median.map { $0 * 0.25 })
  #expect(scaled.mean == set.mean.map { $0 * 0.25 })
  #expect(scaled.standardDeviation == set.standardDeviation.map { $0 * 0.25 })
  #expect(scaled.quantile(0.3) == set.quantile(0.3).map { $0 * 0.25 })
  // Against the definition, in the plainest way.
  let mean = samples.reduce(0, +) / Double(samples.count)
  let squares = samples.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
  #expect(close(set.mean, mean))
  #expect(close(set.standardDeviation, (squares / Double(samples.count - 1)).squareRoot()))
}
