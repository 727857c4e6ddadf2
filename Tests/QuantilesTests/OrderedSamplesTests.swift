import TestSupport
import Testing

@testable import Quantiles

@Test func orderAddsUpEqualValues() {
  var samples = Samples([3, 3, 1, -0.0, 0])
  samples.add(3, times: 1)
  let ordered = samples.ordered
  #expect(ordered.values == [0, 1, 3])
  #expect(ordered.counts == [2, 1, 3])
  #expect(ordered.values[0].sign == .plus)
  #expect(ordered.count == 6)
  #expect((1...6).map { ordered.orderStatistic($0) } == [0, 0, 1, 3, 3, 3])
  #expect(ordered.orderStatistic(0) == nil)
  #expect(ordered.orderStatistic(7) == nil)
  #expect(Samples().ordered.count == 0 && Samples().ordered.orderStatistic(1) == nil)
}

/// Hyndman and Fan's definition 7, the default of R: quantile(c(1, 2, 4, 8), c(.1, .25, .5, .9)).
@Test func quantilesFollowDefinitionSeven() {
  let set = Samples([8, 1, 4, 2])
  #expect(isClose(set.quantile(0.1), 1.3))
  #expect(isClose(set.quantile(0.25), 1.75))
  #expect(set.quantile(0.5) == 3)
  #expect(isClose(set.quantile(0.9), 6.8))
  #expect(set.quantile(0) == 1)
  #expect(set.quantile(1) == 8)
  #expect(set.quantile(1.1) == nil)
  #expect(set.quantile(.nan) == nil)
  #expect(set.median == 3)
  #expect(Samples([5, 1, 2]).median == 2)
}

@Test func hugeCountsCostNothing() {
  var samples = Samples()
  let half = UInt64.max / 2
  samples.add(1, times: half)
  samples.add(3, times: half)
  #expect(samples.median == 2)
  #expect(samples.quantile(0.9) == 3)
  #expect(samples.quantile(1) == 3)
}

@Test func identicalSamplesAreSo() {
  #expect(Samples([5, 5]).areIdentical)
  #expect(!Samples([5]).areIdentical && !Samples([5, 6]).areIdentical && !Samples().areIdentical)
}

/// Exact or not, the ranks are those of the sorted samples, within the accuracy.
@Test(arguments: [0, 40, 4096])
func ranksAreThoseOfTheSortedSamples(limit: Int) throws {
  var random = SplitMix(UInt64(limit))
  var samples = Samples(distinctLimit: limit)
  let values = (0..<500).map { _ in Double.random(in: 0..<1000, using: &random).rounded() }
  for value in values { samples.add(value) }
  #expect(samples.isExact == (limit == 4096))
  let ordered = samples.ordered
  #expect(ordered.count == 500)
  for (index, value) in values.sorted().enumerated() {
    let statistic = try #require(ordered.orderStatistic(UInt64(index + 1)))
    #expect(
      abs(statistic - value) <= (samples.isExact ? 0 : Samples.relativeAccuracy * value))
  }
  for probability in [0, 0.1, 0.5, 0.9, 1] {
    #expect(isClose(samples.quantile(probability), quantile(values, probability), within: 1e-3))
  }
}
