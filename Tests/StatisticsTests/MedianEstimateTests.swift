import Quantiles
import TestSupport
import Testing

@testable import Statistics

@Test func leastSampleCountsAreComputedFromTheBinomial() {
  #expect(minimumSampleCount(level: 0.90) == 5)
  #expect(minimumSampleCount(level: 0.95) == 6)
  #expect(minimumSampleCount(level: 0.99) == 8)
  #expect(minimumSampleCount(level: 0.999) == 11)
  // 1 - 2^(1 - n) reaches these levels exactly.
  #expect(minimumSampleCount(level: 0.75) == 3)
  #expect(minimumSampleCount(level: 0.9375) == 5)
  #expect(minimumSampleCount(level: 1.0.nextDown) == 54)
  #expect(minimumSampleCount(level: 1) == nil)
  #expect(minimumSampleCount(level: 0) == nil)
  #expect(minimumSampleCount(level: .nan) == nil)
}

/// Ranks at 95 %: Conover, "Practical Nonparametric Statistics", 3rd ed. 1999, table A3; the
/// coverages follow from the binomial coefficients, for n = 10: 1 - 2 (1 + 10) / 1024.
@Test func ranksMatchPublishedTables() throws {
  for (n, lower, upper) in [(6, 1, 6), (10, 2, 9), (20, 6, 15), (25, 8, 18), (50, 18, 33)] {
    let ranks = try #require(SignTest.ranks(count: UInt64(n), level: 0.95))
    #expect(ranks.lower == lower && ranks.upper == upper, "n = \(n)")
    #expect(ranks.coverage >= 0.95)
  }
  #expect(isClose(SignTest.ranks(count: 10, level: 0.95)?.coverage, 1 - 22.0 / 1024))
}

/// Every n up to 300 against Pascal's triangle: the next narrower ranks must not do.
@Test func ranksAreTheNarrowest() {
  var row: [Double] = [1]
  for n in 1...300 {
    row = zip([0] + row, row + [0]).map { ($0 + $1) / 2 }  // Probabilities, row by row.
    for level in [0.9, 0.95, 0.99] {
      var below = 0.0
      var expected = 0
      while expected < n, below + row[expected] <= (1 - level) / 2 * (1 + 1e-12) {
        below += row[expected]
        expected += 1
      }
      let lower = SignTest.ranks(count: UInt64(n), level: level)?.lower ?? 0
      #expect(lower == UInt64(expected), "n = \(n), level \(level)")
    }
  }
}

@Test func expansionAgreesWithTheBinomialWhereBothHold() {
  for n: UInt64 in [20_000, 50_000, 100_000] {
    let deviation = Double(n).squareRoot() / 2
    for z in [0.5, 1.0, 2.0, 2.6, 3.3, 4.0] {
      let k = UInt64(Double(n) / 2 - z * deviation)
      let exact = GSL.binomialCDF(UInt32(k), probability: 0.5, trials: UInt32(n))
      #expect(isClose(SignTest.expansion(k, of: n), exact, within: 1e-6))
    }
  }
}

@Test(arguments: [UInt64(100_000), 100_001, 1_000_000_000, 1 << 52])
func ranksOfHugeCountsAreNearTheNormalOnes(count: UInt64) throws {
  let ranks = try #require(SignTest.ranks(count: count, level: 0.95))
  let n = Double(count)
  // 1.959964 is the normal quantile of 0.975.
  let normal = n / 2 - 1.959964 * n.squareRoot() / 2
  #expect(abs(Double(ranks.lower) - normal) < 2 + 1e-6 * n.squareRoot())
  #expect(ranks.lower + ranks.upper == count + 1)
  #expect(ranks.coverage >= 0.95 - 1e-12 && ranks.coverage < 0.951)
}

@Test func tooFewSamplesHaveAReason() throws {
  let three = Samples([1, 2, 3]).medianEstimate(level: 0.95)
  #expect(three.value?.value == 2)
  #expect(three.why == "a 95 % interval of the median needs at least 6 samples; there are 3")
  let one = Samples([7]).medianEstimate(level: 0.999)
  #expect(one.why == "a 99.9 % interval of the median needs at least 11 samples; there is 1")
  let none = Samples().medianEstimate()
  #expect(none.why == "a median needs a sample; there are none")
  #expect(none.value == nil)
}

@Test func nonsensicalArgumentsHaveAReason() throws {
  let set = Samples((1...9).map(Double.init))
  for level in [0, 1, -0.5, 95, .nan, .infinity] {
    #expect(set.medianEstimate(level: level).why?.contains("confidence level") == true)
  }
  for quantum in [-1, .nan, .infinity] {
    #expect(set.medianEstimate(quantum: quantum).why?.contains("quantum") == true)
  }
}

@Test func quantumIsAFloorAndTheMethodSaysSo() throws {
  let set = Samples((1...10).map { 100 + Double($0) / 10 })
  let plain = try #require(set.medianEstimate().interval)
  #expect(plain.low == 100.2 && plain.high == 100.9)
  #expect(plain.method == "order statistics 2 and 9 of 10")
  let fine = try #require(set.medianEstimate(quantum: 0.5).interval)
  #expect(fine == plain)
  let coarse = try #require(set.medianEstimate(quantum: 1).interval)
  #expect(coarse.low == 100.05 && coarse.high == 101.05)
  #expect(coarse.method == plain.method + ", widened to the timer's quantum")
}

@Test(arguments: [2, 3, 100]) func identicalSamplesShowTheTimersResolution(count: Int) throws {
  let same = Samples(Array(repeating: 42, count: count))
  #expect(same.medianEstimate().value?.interval.reason?.contains("is not known") == true)
  for level in [0.5, 0.95, 0.999] {
    let ticks = try #require(same.medianEstimate(level: level, quantum: 1).interval)
    #expect(ticks.low == 41.5 && ticks.high == 42.5)
    #expect(ticks.kind == .resolution && ticks.level == nil)
    #expect(ticks.method == "identical samples: the timer's resolution")
  }
  // One sample cannot agree with another.
  #expect(Samples([42]).medianEstimate().interval == nil)
}

/// Why two equal samples have no level: what their interval covers hangs on a scatter that they do not show.
/// These are the figures of docs/method.md.
@Test(arguments: [(0.5, 0.77), (1, 0.50), (2, 0.27)])
func equalSamplesCoverLittle(scatter: Double, share: Double) throws {
  var random = SplitMix(3)
  var (equal, covered) = (0, 0)
  for _ in 0..<40_000 {
    let truth = Double.random(in: 100..<101, using: &random)
    let pair = (0..<2).map { _ in (truth + scatter * random.normal()).rounded() }
    guard pair[0] == pair[1] else { continue }
    equal += 1
    let interval = try #require(Samples(pair).medianEstimate(quantum: 1).interval)
    if interval.contains(truth) { covered += 1 }
  }
  #expect(abs(Double(covered) / Double(equal) - share) < 0.02)
}

/// Simulated coverage must equal the computed one, for a skewed distribution as for any other:
/// with 4000 trials five standard errors are below 0.02.
@Test(arguments: [6, 11, 30])
func coverageIsWhatTheBinomialSays(n: Int) throws {
  var random = SplitMix(UInt64(n))
  let trials = 4000
  var covered = 0
  for _ in 0..<trials {
    // u^4 for uniform u has the median 1/16.
    let samples = (0..<n).map { _ in
      let u = Double.random(in: 0..<1, using: &random)
      return u * u * u * u
    }
    let interval = try #require(Samples(samples).medianEstimate(level: 0.95).interval)
    if interval.contains(1.0 / 16) { covered += 1 }
  }
  let expected = try #require(SignTest.ranks(count: UInt64(n), level: 0.95)).coverage
  let error = (expected * (1 - expected) / Double(trials)).squareRoot()
  #expect(abs(Double(covered) / Double(trials) - expected) < 5 * error)
}
