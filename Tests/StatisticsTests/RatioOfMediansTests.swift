import Quantiles
import TestSupport
import Testing

@testable import Statistics

private func samples(_ count: Int, seed: UInt64, around centre: Double) -> Samples {
  var random = SplitMix(seed)
  let values = (0..<count).map { _ in (centre * (1 + 0.05 * random.normal())).rounded() }
  return Samples(values)
}

@Test func bootstrapIsAFunctionOfItsSeed() throws {
  let a = samples(31, seed: 1, around: 6000)
  let b = samples(25, seed: 2, around: 1000)
  let first = ratioOfMedians(a, over: b, seed: 7)
  #expect(first == ratioOfMedians(a, over: b, seed: 7))
  let others = (8...12).map { ratioOfMedians(a, over: b, seed: $0).interval }
  #expect(others.contains { $0?.low != first.interval?.low })
  // Seeds that differ in their upper half only are different seeds too.
  let far = ratioOfMedians(a, over: b, seed: 7 + 1 << 32).interval
  #expect(far?.low != first.interval?.low || far?.high != first.interval?.high)
  let interval = try #require(first.interval)
  #expect(interval.contains(6) && interval.low > 5.5 && interval.high < 6.5)
  #expect(
    interval.method == "percentile bootstrap of the ratio of medians, 2000 resamples, seed 7")
}

/// Efron, "Bootstrap methods", Ann. Stat. 7 (1979), section 3: for odd n = 2m - 1 the resampled
/// median is at or below the k-th sample with probability P(binomial(n, k/n) >= m). For even n
/// the same sum over pairs has no closed form; there, plain resampling is the yardstick.
@Test(arguments: [3, 7, 15])
func resampledMedianHasEfronsDistribution(n: Int) throws {
  let set = Samples((1...n).map(Double.init)).ordered
  let generator = try #require(GSL.Generator(seed: 3))
  let draws = 20_000
  var counts = [Int](repeating: 0, count: n + 1)
  for _ in 0..<draws { counts[Int(resampledMedian(of: set, generator))] += 1 }
  var below = 0
  for k in 1..<n {
    below += counts[k]
    let expected =
      1
      - GSL.binomialCDF(
        UInt32(n / 2), probability: Double(k) / Double(n), trials: UInt32(n))
    let error = (expected * (1 - expected) / Double(draws)).squareRoot()
    #expect(abs(Double(below) / Double(draws) - expected) < 5 * error + 1e-9, "k = \(k)")
  }
}

@Test(arguments: [2, 6, 12])
func resampledMedianOfAnEvenCountMatchesPlainResampling(n: Int) throws {
  // From six samples on two values tie, so that counts above one are exercised.
  let values = (1...n).map { Double(n > 2 ? max($0, 2) : $0) }
  let set = Samples(values).ordered
  let generator = try #require(GSL.Generator(seed: 5))
  var random = SplitMix(11)
  let draws = 10_000
  var fast: [Double: Int] = [:]
  var plain: [Double: Int] = [:]
  for _ in 0..<draws {
    fast[resampledMedian(of: set, generator), default: 0] += 1
    let resample = (0..<n).map { _ in values[Int.random(in: 0..<n, using: &random)] }.sorted()
    plain[(resample[n / 2 - 1] + resample[n / 2]) / 2, default: 0] += 1
  }
  for median in Set(fast.keys).union(plain.keys) {
    let p = Double(fast[median] ?? 0) / Double(draws)
    let q = Double(plain[median] ?? 0) / Double(draws)
    let error = (2 * max((p + q) / 2, 1e-4) / Double(draws)).squareRoot()
    #expect(abs(p - q) < 5 * error, "median \(median)")
  }
}

@Test func ratioFollowsScale() throws {
  let a = samples(20, seed: 3, around: 500)
  let b = samples(21, seed: 4, around: 800)
  let fourfold = repeated(a.sorted.map { ($0.value * 4, $0.count) })
  let plain = try #require(ratioOfMedians(a, over: b).value)
  let scaled = try #require(ratioOfMedians(fourfold, over: b).value)
  #expect(scaled.value == 4 * plain.value)
  #expect(scaled.interval.value == plain.interval.value?.scaled(by: 4))
}

/// The interval of b / a is that of a / b turned upside down, up to the noise of resampling:
/// a log-ratio has no preferred side.
@Test func logRatioIsSymmetric() throws {
  let a = samples(40, seed: 5, around: 500)
  let b = samples(30, seed: 6, around: 800)
  let forth = try #require(ratioOfMedians(a, over: b, resamples: 20_000).value)
  let back = try #require(ratioOfMedians(b, over: a, resamples: 20_000).value)
  #expect(isClose(forth.value, 1 / back.value))
  let there = try #require(forth.interval.value)
  let here = try #require(back.interval.value)
  #expect(isClose(there.low, 1 / here.high, within: 0.005))
  #expect(isClose(there.high, 1 / here.low, within: 0.005))
}

@Test func smallSamplesHaveAReason() throws {
  let few = Samples([1, 2, 3])
  let many = samples(20, seed: 7, around: 100)
  #expect(
    ratioOfMedians(few, over: many).why
      == "a 95 % interval of the ratio of medians needs at least 6 subject samples; there are 3")
  #expect(
    ratioOfMedians(many, over: few, level: 0.99).why
      == "a 99 % interval of the ratio of medians needs at least 8 reference samples; there are 3")
  #expect(ratioOfMedians(few, over: many).value?.value == 2 / (many.median ?? 0))
}

@Test func impossibleRatiosHaveAReason() throws {
  let empty = Samples()
  let zeros = Samples([0, 0, 0, 0, 0, 0, 1])
  let some = samples(20, seed: 8, around: 100)
  #expect(ratioOfMedians(empty, over: some).reason?.contains("the subject has none") == true)
  #expect(ratioOfMedians(some, over: empty).reason?.contains("the reference has none") == true)
  #expect(ratioOfMedians(some, over: zeros).reason?.contains("zero") == true)
  #expect(ratioOfMedians(zeros, over: some).value?.value == 0)
  #expect(ratioOfMedians(some, over: some, level: 1).why?.contains("level") == true)
  #expect(ratioOfMedians(some, over: some, level: 0.9999).why?.contains("ask for more") == true)
  #expect(ratioOfMedians(some, over: some, resamples: 0).why?.contains("ask for more") == true)
  #expect(ratioOfMedians(some, over: some, referenceQuantum: 300).why?.contains("quantum") == true)
  #expect(ratioOfMedians(some, over: some, subjectQuantum: .nan).why?.contains("quantum") == true)
  // Half of the reference is zero: some resampled medians are, and the ratio has no upper end.
  let coarse = Samples([0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9])
  #expect(ratioOfMedians(some, over: coarse).why?.contains("told from zero") == true)
}

@Test func identicalSidesLeaveTheQuantum() throws {
  let a = Samples([300, 300])
  let b = Samples([100, 100, 100])
  #expect(ratioOfMedians(a, over: b).why?.contains("is not known") == true)
  let floored = try #require(
    ratioOfMedians(a, over: b, subjectQuantum: 2, referenceQuantum: 4).interval)
  #expect(isClose(floored.low, 299.0 / 102) && isClose(floored.high, 301.0 / 98))
  #expect(floored.kind == .resolution && floored.level == nil)
  // Beside scattered samples two equal ones are no more than two.
  let scattered = samples(20, seed: 9, around: 100)
  #expect(
    ratioOfMedians(a, over: scattered, subjectQuantum: 2).why?.contains("6 subject samples") == true
  )
}

@Test func hugeCountsAreResampledInNoTime() throws {
  let a = repeated((1...9).map { (100 + Double($0), 1_000_000_000) })
  let estimate = try #require(ratioOfMedians(a, over: a).value)
  #expect(estimate.value == 1)
  // Nine values with a ninth of 9e9 samples each: the median is certain.
  #expect(estimate.interval.value?.low == 1 && estimate.interval.value?.high == 1)
}

/// Simulated coverage of the ratio bootstrap, from the smallest samples that get an interval. The
/// percentile interval of a median tends to cover a little more than asked for; five standard
/// errors of 1000 trials are 0.034 at 95 %.
@Test(arguments: [
  (5, 5, 0.9), (6, 6, 0.95), (8, 12, 0.95), (25, 25, 0.95), (6, 40, 0.95), (8, 8, 0.99),
])
func ratioBootstrapCovers(subjects: Int, references: Int, level: Double) throws {
  var random = SplitMix(UInt64(subjects))
  let trials = 1000
  var covered = 0
  for trial in 0..<trials {
    // Normal with means 600 and 100, so that the true ratio of medians is 6; ticks are whole.
    let a = (0..<subjects).map { _ in (600 + 30 * random.normal()).rounded() }
    let b = (0..<references).map { _ in 100 + 3 * random.normal() }
    let subject = Samples(a)
    let reference = Samples(b)
    let estimate = ratioOfMedians(
      subject, over: reference, level: level, resamples: 199, seed: UInt64(trial))
    let interval = try #require(estimate.interval)
    if interval.contains(6) { covered += 1 }
  }
  let share = Double(covered) / Double(trials)
  let error = (level * (1 - level) / Double(trials)).squareRoot()
  #expect(share > level - 5 * error && share < level + 5 * error, "covered \(share)")
}
