import Quantiles
import TestSupport
import Testing

@testable import Statistics

/// Ticks of an autoregressive process of order 1 around 60,000, with a deviation of 200.
private func autoregressive(_ rho: Double, _ count: Int, _ random: inout SplitMix) -> [UInt64] {
  var state = random.normal()
  return (0..<count).map { _ in
    defer { state = rho * state + (1 - rho * rho).squareRoot() * random.normal() }
    return UInt64(60_000 + 200 * state)
  }
}

private struct Series {
  var samples: Samples
  var dependence: SerialDependence?

  init(_ ticks: [UInt64]) {
    samples = Samples(ticks.map { Double($0) })
    dependence = samples.dependence(SuccessiveDifferences(ticks))
  }
}

private enum Kind: CaseIterable {
  case normal, coarse, twoModes, outliers, slowFirst

  func ticks(_ count: Int, _ random: inout SplitMix) -> [UInt64] {
    (0..<count).map { i in
      let noise = random.normal()
      return switch self {
      case .normal: UInt64(60_000 + 200 * noise)
      case .coarse: UInt64(60 + 0.5 * noise)
      case .twoModes: UInt64(60_000 + noise) + (Bool.random(using: &random) ? 500 : 0)
      case .outliers:
        UInt64(60_000 + noise) * (Int.random(in: 0..<20, using: &random) == 0 ? 9 : 1)
      case .slowFirst: UInt64(60_000 + 200 * noise) * (i == 0 ? 2 : 1)
      }
    }
  }
}

@Test(arguments: Kind.allCases, [6, 10, 30, 200])
private func independentSamplesRaiseFewAlarms(kind: Kind, count: Int) {
  var random = SplitMix(UInt64(count))
  let trials = 1000
  let alarms = (0..<trials).count { _ in
    Series(kind.ticks(count, &random)).dependence?.isEvident == true
  }
  #expect(alarms <= trials / 50, "\(alarms) of \(trials)")
}

@Test(arguments: [(0.9, 100, 0.95), (0.95, 30, 0.9), (0.5, 100, 0.95)])
func dependentSamplesAreSeen(rho: Double, count: Int, share: Double) {
  var random = SplitMix(7)
  let trials = 300
  let seen = (0..<trials).count { _ in
    Series(autoregressive(rho, count, &random)).dependence?.isEvident == true
  }
  #expect(Double(seen) >= share * Double(trials), "\(seen) of \(trials)")
}

@Test(arguments: [(0.9, 100), (0.9, 300), (0.5, 100)])
func intervalsOfDependentSamplesCover(rho: Double, count: Int) {
  var random = SplitMix(11)
  let trials = 300
  var (medians, medianIntervals, ratios, ratioIntervals) = (0, 0, 0, 0)
  for trial in 0..<trials {
    let a = Series(autoregressive(rho, count, &random))
    let b = Series(autoregressive(rho, count, &random))
    if let interval = a.samples.medianEstimate(dependence: a.dependence).interval {
      medianIntervals += 1
      if interval.contains(60_000) { medians += 1 }
    }
    if let interval = ratioOfMedians(
      a.samples, over: b.samples, subjectDependence: a.dependence,
      referenceDependence: b.dependence, resamples: 199, seed: UInt64(trial)
    ).interval {
      ratioIntervals += 1
      if interval.contains(1) { ratios += 1 }
    }
  }
  #expect(medianIntervals > trials * 3 / 4 && ratioIntervals > trials * 3 / 4)
  #expect(Double(medians) >= 0.9 * Double(medianIntervals), "\(medians) of \(medianIntervals)")
  #expect(Double(ratios) >= 0.9 * Double(ratioIntervals), "\(ratios) of \(ratioIntervals)")
}

@Test func intervalsOfIndependentSamplesStayAsTheyAre() {
  var random = SplitMix(1)
  let a = Series(Kind.normal.ticks(40, &random))
  let b = Series(Kind.normal.ticks(40, &random))
  #expect(a.dependence?.isEvident == false)
  #expect(a.samples.medianEstimate(dependence: a.dependence) == a.samples.medianEstimate())
  #expect(
    ratioOfMedians(
      a.samples, over: b.samples, subjectDependence: a.dependence,
      referenceDependence: b.dependence) == ratioOfMedians(a.samples, over: b.samples))
}

@Test func theMethodSaysThatItWasWidened() throws {
  var random = SplitMix(5)
  let a = Series(autoregressive(0.8, 100, &random))
  let dependence = try #require(a.dependence)
  let plain = try #require(a.samples.medianEstimate().interval)
  let wide = try #require(a.samples.medianEstimate(dependence: dependence).interval)
  #expect(wide.low < plain.low && wide.high > plain.high)
  let words =
    "widened because samples depend on each other (100 count as \(dependence.countWords))"
  #expect(wide.method.hasSuffix(words))
  let ratio = ratioOfMedians(a.samples, over: a.samples, subjectDependence: dependence)
  #expect(ratio.interval?.method.hasSuffix(words) == true)
}

@Test func tooFewIndependentSamplesHaveNoInterval() {
  let drift = Series((0..<50).map { 60_000 + $0 })
  #expect(drift.dependence?.isEvident == true)
  #expect(
    drift.samples.medianEstimate(dependence: drift.dependence).why
      == "the samples depend on each other: 50 of them say no more of the median than "
      + "one independent sample, which shows no spread")
  #expect(
    ratioOfMedians(drift.samples, over: drift.samples, referenceDependence: drift.dependence)
      .why?.contains("depend on each other") == true)
}

@Test func dependenceNeedsTheOrderOfTheSameSamples() {
  let samples = Samples([1, 2, 3, 4, 5, 7])
  #expect(samples.dependence(SuccessiveDifferences([1, 2, 3, 4, 5])) == nil)
  #expect(samples.dependence(SuccessiveDifferences()) == nil)
  #expect(Samples([5, 5, 5, 5, 5, 5]).dependence(.init([5, 5, 5, 5, 5, 5])) == nil)
  let few = Samples([1, 2, 3, 4, 5])
  #expect(few.dependence(SuccessiveDifferences([1, 2, 3, 4, 5])) == nil)
}

@Test func theTestIsExact() throws {
  // As high an autocorrelation have 16 of the 720 orders, found by trying all.
  let samples = Samples([1, 2, 3, 4, 5, 6])
  let p = try #require(samples.dependence(SuccessiveDifferences([1, 2, 3, 4, 5, 6]))).pValue
  #expect(abs(p - 16.0 / 720) < 0.015)
  let alternating = try #require(
    samples.dependence(SuccessiveDifferences([1, 6, 2, 5, 3, 4])))
  #expect(alternating.pValue > 0.5 && alternating.autocorrelation < 0.3)
}
