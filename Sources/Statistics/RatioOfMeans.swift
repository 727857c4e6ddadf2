import Support

/// What a publication often gives of a measurement: mean, standard deviation, number of samples.
public struct MeanSummary: Sendable, Hashable {
  /// The arithmetic mean.
  public var mean: Double
  /// The standard deviation of one sample (divisor n - 1), not of the mean.
  public var standardDeviation: Double
  /// The number of samples.
  public var count: UInt64

  /// A summary from its parts.
  public init(mean: Double, standardDeviation: Double, count: UInt64) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.count = count
  }

  fileprivate func objection(as role: String) -> String? {
    guard mean.isFinite, standardDeviation.isFinite, standardDeviation >= 0 else {
      return "the \(role)'s mean and standard deviation must be finite, and the latter not negative"
    }
    guard count >= 2 else {
      return "an interval of a ratio of means needs at least 2 \(role) samples; "
        + Wording.thereAre(count)
    }
    return nil
  }
}

/// The ratio of two independent means, subject / reference, with Fieller's interval (Fieller, "Some
/// problems in interval estimation", J. R. Stat. Soc. B 16, 1954). Degrees of freedom after
/// Welch and Satterthwaite, at the estimated ratio, for the two variances need not be equal.
///
/// - Returns: missing when the reference's mean is zero or a figure is not finite. The interval is
///   missing below two samples and when the reference's mean cannot be told from zero at the
///   level: then the set of ratios that fit the data is unbounded.
public func ratioOfMeans(
  _ subject: MeanSummary, over reference: MeanSummary, level: Double = 0.95
) -> Outcome<Estimate> {
  let ratio = subject.mean / reference.mean
  guard reference.mean != 0, ratio.isFinite else {
    return .missing(reason: "the ratio of means is not a finite number")
  }
  if let objection = Wording.objection(toLevel: level) ?? subject.objection(as: "subject")
    ?? reference.objection(as: "reference")
  {
    return .known(Estimate(value: ratio, interval: .missing(reason: objection)))
  }
  return .known(Estimate(value: ratio, interval: fieller(subject, reference, level: level)))
}

private func fieller(
  _ subject: MeanSummary, _ reference: MeanSummary, level: Double
) -> Outcome<Interval> {
  // Subject and reference each in a unit of their own size, so that no square leaves the range.
  let largest = max(abs(subject.mean), subject.standardDeviation)
  let unit = largest > 0 ? largest : 1
  let ratio = subject.mean / unit * (reference.mean < 0 ? -1 : 1)
  let scale = unit / abs(reference.mean)
  let subjectError = subject.standardDeviation / unit
  let referenceError = reference.standardDeviation / abs(reference.mean)
  let subjectVariance = subjectError * subjectError / Double(subject.count)
  let referenceVariance = referenceError * referenceError / Double(reference.count)

  let scaledReference = ratio * ratio * referenceVariance
  let variance = subjectVariance + scaledReference
  guard subjectVariance > 0 || referenceVariance > 0 else {
    let exact = subject.mean / reference.mean
    return .known(
      Interval(low: exact, high: exact, kind: .resolution, method: "both means without spread"))
  }
  // The subject's share of the variance; a subject that is exactly zero has none of it.
  let share = variance > 0 ? subjectVariance / variance : 0
  let freedom =
    1
    / (share * share / Double(subject.count - 1)
      + (1 - share) * (1 - share) / Double(reference.count - 1))
  let t = GSL.studentT(level: level, degreesOfFreedom: freedom)
  let g = t * t * referenceVariance
  guard g < 1 else {
    return .missing(
      reason: "the reference's mean cannot be told from zero at \(Format.confidence(level)), "
        + "so no ratio can be ruled out (Fieller's interval is unbounded)")
  }
  let reach = t * ((1 - g) * subjectVariance + scaledReference).squareRoot()
  let low = (ratio - reach) / (1 - g) * scale
  let high = (ratio + reach) / (1 - g) * scale
  guard low.isFinite, high.isFinite else {
    return .missing(reason: "Fieller's interval is not finite for these figures")
  }
  return .known(
    Interval(
      low: low, high: high, kind: .confidence, level: level,
      method: "Fieller, " + Wording.freedom(freedom)))
}
