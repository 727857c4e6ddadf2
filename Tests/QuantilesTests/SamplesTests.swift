import Testing

@testable import Quantiles

@Test func samplesCountAndOrder() {
  var samples = Samples([3, 1, 2, 2])
  #expect(samples.count == 4 && samples.minimum == 1 && samples.maximum == 3)
  #expect(samples.median == 2 && samples.isExact && !samples.isEmpty)
  #expect(samples.sorted.map(\.value) == [1, 2, 3])
  #expect(samples.sorted.map(\.count) == [1, 2, 1])
  samples.add(9, times: 5)
  #expect(samples.median == 9 && samples.count == 9)
}

@Test func emptySamples() {
  let samples = Samples()
  #expect(samples.isEmpty && samples.count == 0 && samples.isExact)
  #expect(samples.minimum == nil && samples.maximum == nil && samples.median == nil)
  #expect(samples.sorted.isEmpty)
  #expect(samples == Samples([-1, .nan, .infinity, -.infinity]))
}

@Test func samplesRefuseWhatIsNoTime() {
  var samples = Samples([1])
  let refused = [
    samples.add(-1), samples.add(.nan), samples.add(.infinity), samples.add(2, times: 0),
  ]
  #expect(refused == [false, false, false, false])
  #expect(samples == Samples([1]))
  let overflow = samples.add(2, times: .max)
  #expect(!overflow && samples.count == 1)
}

@Test func medianOfAnEvenNumber() {
  #expect(Samples([1, 2]).median == 1.5)
  #expect(Samples([1, 1, 4, 8]).median == 2.5)
  #expect(Samples([0.05895]).median == 0.05895)
}

/// Past the limit: few entries, counts and extremes exact, the median close; any order gives the same.
@Test func manyDistinctValuesStayBounded() throws {
  let values = (1...20_000).map { Double($0) }
  var samples = Samples(values.prefix(Samples.distinctLimit))
  #expect(samples.isExact)
  for value in values.dropFirst(Samples.distinctLimit) { samples.add(value) }
  #expect(!samples.isExact && samples.count == 20_000)
  #expect(samples.minimum == 1 && samples.maximum == 20_000)
  let median = try #require(samples.median)
  #expect(abs(median - 10_000.5) <= Samples.relativeAccuracy * 10_000.5)
  #expect(samples.sorted.count < 16_000)
  #expect(samples.sorted.map(\.count).reduce(0, +) == 20_000)
  #expect(samples == Samples(values.reversed()))
  var merged = Samples(values.suffix(15_000))
  merged.merge(Samples(values.prefix(5000)))
  #expect(merged == samples)
}
