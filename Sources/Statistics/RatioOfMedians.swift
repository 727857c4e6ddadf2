import Quantiles
import Support

/// The ratio of two medians, subject / reference, with a seeded percentile bootstrap interval
/// (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13). The interval of
/// the log-ratio is the logarithm of this one: percentiles follow monotone transformations.
///
/// Not BCa: its acceleration comes from the jackknife, which for the median of quantised ticks is
/// often zero over zero. The resampling is exact and its cost grows with neither the samples nor
/// their counts: see `resampledMedian`.
///
/// - Parameters:
///   - level: the confidence, between 0 and 1.
///   - subjectQuantum: the resolution of the subject's samples: the floor under their median's error.
///   - referenceQuantum: likewise for the reference.
///   - subjectDependence: what is known of the order of the subject's samples; where it is evident,
///     resamples are as small as the number of independent samples that would say as much.
///   - referenceDependence: likewise for the reference.
///   - resamples: how many bootstrap resamples to draw.
///   - seed: the result is a function of it and of the other arguments.
/// - Returns: missing when a side is empty or the reference's median is zero; the interval alone is
///   missing when a side has too few samples for an interval of its median. Where the samples of
///   either side are all equal, the interval is what both timers can tell, and no confidence.
public func ratioOfMedians(
  _ subject: Samples, over reference: Samples, level: Double = 0.95,
  subjectQuantum: Double = 0, referenceQuantum: Double = 0,
  subjectDependence: SerialDependence? = nil, referenceDependence: SerialDependence? = nil,
  resamples: Int = 2000, seed: UInt64 = 1
) -> Outcome<Estimate> {
  guard let subjectMedian = subject.median, let referenceMedian = reference.median else {
    return .missing(
      reason: "a ratio of medians needs samples of both; the "
        + (subject.isEmpty ? "subject" : "reference") + " has none")
  }
  let ratio = subjectMedian / referenceMedian
  guard referenceMedian > 0, ratio.isFinite else {
    return .missing(reason: "the reference's median is zero or too small to divide by")
  }
  let bootstrap = RatioBootstrap(
    subject: subject, reference: reference, subjectDependence: subjectDependence?.ifEvident,
    referenceDependence: referenceDependence?.ifEvident, level: level, resamples: resamples,
    seed: seed)
  let interval = bootstrap.interval(
    flooredBy: (subjectMedian, subjectQuantum), over: (referenceMedian, referenceQuantum))
  return .known(Estimate(value: ratio, interval: interval))
}

private struct RatioBootstrap {
  let subject: Samples
  let reference: Samples
  let subjectDependence: SerialDependence?
  let referenceDependence: SerialDependence?
  let level: Double
  let resamples: Int
  let seed: UInt64

  /// The bootstrap interval, widened to the ratio that the quanta around both medians allow.
  func interval(
    flooredBy numerator: (median: Double, quantum: Double),
    over denominator: (median: Double, quantum: Double)
  ) -> Outcome<Interval> {
    if let objection = Wording.objection(toLevel: level) ?? Samples.objection(
      toQuantum: numerator.quantum)
      ?? Samples.objection(toQuantum: denominator.quantum)
    {
      return .missing(reason: objection)
    }
    let least = denominator.median - denominator.quantum / 2
    guard least > 0 else {
      return .missing(reason: "the reference's median is not above half its timer's quantum")
    }
    let floorLow =
      max(numerator.median - numerator.quantum / 2, 0)
      / (denominator.median + denominator.quantum / 2)
    let floorHigh = (numerator.median + numerator.quantum / 2) / least

    if subject.areIdentical, reference.areIdentical {
      return Samples.resolution(floorLow...floorHigh, numerator.quantum, denominator.quantum)
    }
    let what = "the ratio of medians"
    if let reason = subject.tooFew(level: level, of: what, whose: "subject ")
      ?? reference.tooFew(level: level, of: what, whose: "reference ")
      ?? subjectDependence?.objection ?? referenceDependence?.objection
    {
      return .missing(reason: reason)
    }
    switch percentiles {
    case .missing(let reason): return .missing(reason: reason)
    case .known((let low, let high)):
      guard high.isFinite, floorHigh.isFinite else {
        return .missing(reason: "the reference's median cannot be told from zero")
      }
      var method =
        "percentile bootstrap of the ratio of medians, \(resamples) resamples, seed \(seed)"
      for dependence in [subjectDependence, referenceDependence].compactMap(\.self) {
        method += ", " + dependence.words
      }
      if floorLow < low || floorHigh > high { method += ", " + Wording.widened }
      return .known(
        Interval(
          low: min(low, floorLow), high: max(high, floorHigh), kind: .confidence, level: level,
          method: method))
    }
  }

  /// The k-th least and k-th greatest of the resampled ratios, k = (B + 1)(1 - level) / 2.
  private var percentiles: Outcome<(Double, Double)> {
    // A tail a few units in the last place too small must not cost a rank.
    let rank = (Double(resamples) + 1) * (1 - level) / 2 + 1e-9
    guard resamples > 0, rank >= 1 else {
      return .missing(
        reason: "\(resamples) resamples do not reach the tails of a \(Format.confidence(level)) "
          + "interval; ask for more")
    }
    guard let generator = GSL.Generator(seed: seed) else {
      return .missing(reason: "there is no memory for a random number generator")
    }
    var ratios: [Double] = []
    ratios.reserveCapacity(resamples)
    let (above, below) = (subject.ordered, reference.ordered)
    for _ in 0..<resamples {
      let numerator = resampledMedian(
        of: above, effective: subjectDependence?.effectiveCount, generator)
      let denominator = resampledMedian(
        of: below, effective: referenceDependence?.effectiveCount, generator)
      ratios.append(denominator > 0 ? numerator / denominator : .infinity)
    }
    ratios.sort()
    let k = min(Int(rank), (resamples + 1) / 2)
    return .known((ratios[k - 1], ratios[resamples - k]))
  }
}

/// The median of one bootstrap resample of n samples, without drawing the other n - 1.
///
/// A resample is the empirical quantile function at n uniform numbers, so its median is that
/// function at their median: the m-th least of n uniforms is beta(m, n + 1 - m), and given it the
/// next one splits the rest as beta(1, n - m) (David and Nagaraja, "Order Statistics", 2003,
/// section 2.5). The distribution is exactly that of multinomial resampling.
///
/// - Parameter effective: how many are drawn where that is fewer than there are samples; need not be
///   whole.
func resampledMedian(
  of samples: OrderedSamples, effective: Double? = nil, _ generator: GSL.Generator
) -> Double {
  let count = samples.count
  guard let first = samples.values.first, samples.values.count > 1 else {
    return samples.values.first ?? 0
  }
  let n = Double(count)
  func sample(_ uniform: Double) -> Double {
    let rank = UInt64(exactly: (uniform * n).rounded(.up)) ?? count
    return samples.orderStatistic(min(max(rank, 1), count)) ?? first
  }
  if let effective {
    let middle = (effective + 1) / 2
    return sample(generator.beta(middle, middle))
  }
  if count % 2 == 1 {
    let middle = Double(count / 2 + 1)
    return sample(generator.beta(middle, middle))
  }
  let half = Double(count / 2)
  let lower = generator.beta(half, half + 1)
  let upper = lower + (1 - lower) * generator.beta(1, half)
  return OrderedSamples.interpolate(sample(lower), sample(upper), 0.5)
}
