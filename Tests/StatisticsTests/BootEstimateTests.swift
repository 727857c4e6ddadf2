import TestSupport
import Testing

@testable import Statistics

@Test func bootsGiveStudentsInterval() throws {
  let summary = try #require(MeanSummary(bootMedians: [10, 12, 14]))
  #expect(summary == MeanSummary(mean: 12, standardDeviation: 2, count: 3))
  let estimate = summary.estimate()
  let interval = try #require(estimate.interval.value)
  // t(0.975, 2) = 4.302652729911.
  #expect(abs(interval.high - (12 + 4.302652729911 * 2 / 3.0.squareRoot())) < 1e-9)
  #expect(abs(interval.low + interval.high - 24) < 1e-9)
  #expect(interval.method == "Student's t over the medians of 3 boots, 2 degrees of freedom")
  #expect(summary.estimate(quantum: 40).interval.value?.low == -8)
}

@Test func oneBootShowsNoScatter() throws {
  #expect(MeanSummary(bootMedians: []) == nil)
  let one = try #require(MeanSummary(bootMedians: [5])).estimate()
  #expect(one.value == 5)
  #expect(one.interval.reason == "an interval over boots needs at least 2 boots; there is 1")
  let two = try #require(MeanSummary(bootMedians: [5, 6]))
  #expect(two.estimate(level: 1).interval.reason?.contains("level") == true)
}

@Test(arguments: [2, 5, 12])
func intervalsOverBootsCover(boots: Int) throws {
  var random = SplitMix(UInt64(boots))
  let trials = 1000
  var (covered, ratios) = (0, 0)
  for _ in 0..<trials {
    func boot() -> Double { 60_000 + 300 * random.normal() }
    let a = try #require(MeanSummary(bootMedians: (0..<boots).map { _ in boot() }))
    let b = try #require(MeanSummary(bootMedians: (0..<boots).map { _ in boot() }))
    if a.estimate().interval.value?.contains(60_000) == true { covered += 1 }
    if ratioOfMeans(a, over: b).interval?.contains(1) == true { ratios += 1 }
  }
  #expect((0.92...0.98).contains(Double(covered) / Double(trials)), "\(covered)")
  // Welch's degrees of freedom are too few rather than too many.
  #expect(Double(ratios) / Double(trials) >= 0.92, "\(ratios)")
}
