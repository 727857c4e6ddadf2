import Ingest
import Quantiles
import Statistics
import Support

/// A number with its interval, how many samples it rests on and how it was made.
public struct Quantity: Sendable, Equatable {
  /// The value; its unit is that of the property that holds it.
  public var value: Double
  /// The interval, which says its kind, or why there is none.
  public var interval: Outcome<Interval>
  /// Samples behind it.
  public var count: UInt64
  /// "median of 120 inferences".
  public var method: String

  /// A quantity.
  public init(value: Double, interval: Outcome<Interval>, count: UInt64, method: String) {
    self.value = value
    self.interval = interval
    self.count = count
    self.method = method
  }

  /// In another unit.
  public func scaled(by factor: Double) -> Quantity {
    Quantity(
      value: value * factor, interval: interval.map { $0.scaled(by: factor) }, count: count,
      method: method)
  }
}

/// What a quantity counts.
public enum Measure: Sendable, CaseIterable {
  /// Time, in s.
  case time
  /// Cycles of the CPU clock.
  case cycles
  /// Instructions of an emulator.
  case instructions
  /// Ticks as printed.
  case ticks
}

extension Latency {
  /// The time of one inference in the latency's own unit.
  func quantity(
    confidence: Double, dependence: SerialDependence? = nil
  ) -> Outcome<Quantity> {
    if unit == .instructions, let counted = samples.counted(inferences) { return .known(counted) }
    if let openReason { return .missing(reason: openReason) }
    return samples.quantity(
      kind: kind, quantum: quantum, inferences: inferences, spread: spread,
      confidence: confidence, dependence: dependence)
  }

  /// How far its samples depend on each other; nil where that cannot be told.
  var dependence: SerialDependence? { samples.dependence(order) }
}

extension OperatorRecord {
  /// How much one inference takes of the operator, in `unit`.
  func quantity(_ unit: TimeUnit, published: Bool, confidence: Double) -> Outcome<Quantity> {
    if samples.isEmpty, let reason { return .missing(reason: reason) }
    if unit == .instructions,
      let counted = samples.counted(
        statistics?.count, differ: statistics.map { $0.minimum != $0.maximum } ?? false)
    {
      return .known(counted)
    }
    return samples.quantity(
      kind: published ? .published : samplesAre, quantum: quantum, inferences: statistics?.count,
      spread: statistics.map { PrintedSpread(low: $0.minimum, high: $0.maximum) },
      confidence: confidence)
  }
}

extension Samples {
  /// An emulator's count. Each is exact: a program that takes the same path takes as many instructions
  /// again, so that one is as good as many and none has an interval. Counts differ with the input alone.
  ///
  /// - Parameter differ: whether counts behind a single sample are known to.
  fileprivate func counted(_ inferences: UInt64?, differ: Bool = false) -> Quantity? {
    guard let median, let minimum, let maximum else { return nil }
    let inferences = max(count, inferences ?? count)
    let method =
      differ || minimum != maximum
      ? "median of the counts of \(inferences) inferences, which differ"
      : inferences == 1
        ? "exact count of 1 inference" : "exact count, the same in \(inferences) inferences"
    return Quantity(
      value: median, interval: .missing(reason: RatioBasis.countsAreExact), count: count,
      method: method)
  }
}

extension Samples {
  /// What the samples say of the location, by what a sample is.
  func quantity(
    kind: LatencyKind, quantum: Double, inferences: UInt64? = nil, spread: PrintedSpread? = nil,
    confidence: Double, dependence: SerialDependence? = nil
  ) -> Outcome<Quantity> {
    guard let median else {
      return .missing(reason: "there are no samples")
    }
    switch kind {
    case .published, .dutyCycle:
      let method = kind == .dutyCycle ? kind.rawValue : "published figure"
      let bounds = roundingBounds(median, lastDigit: quantum)
      return .known(
        Quantity(
          value: median,
          interval: bounds.map {
            Interval(
              low: $0.lowerBound, high: $0.upperBound, kind: .rounding,
              method: "rounding of the published figure")
          }, count: count, method: method))
    case .mean:
      return .known(
        Quantity(
          value: median,
          interval: meanInterval(
            median, spread, inferences ?? count, quantum, confidence, dependence),
          count: count,
          method: count == 1
            ? "mean that the tool printed\(over(inferences ?? 1))"
            : "median of \(count) printed means"))
    case .median:
      let estimate =
        count >= 2
        ? medianEstimate(level: confidence, quantum: quantum, dependence: dependence).value?
          .interval
        : .missing(
          reason:
            "the tool printed a median\(over(inferences ?? 0)), and a median alone has no interval")
      return .known(
        Quantity(
          value: median, interval: estimate ?? .missing(reason: "no samples"), count: count,
          method: count == 1
            ? "median that the tool printed\(over(inferences ?? 0))"
            : "median of \(count) printed medians"))
    case .inference, .window, .operatorSum:
      let what =
        switch kind {
        case .window: count == 1 ? "window" : "windows"
        case .operatorSum: count == 1 ? "sum of operators" : "sums of operators"
        default: count == 1 ? "inference" : "inferences"
        }
      let estimate = medianEstimate(
        level: confidence, quantum: quantum, dependence: dependence)
      return .known(
        Quantity(
          value: median, interval: estimate.value?.interval ?? .missing(reason: "no samples"),
          count: count, method: "median of \(count) \(what)"))
    }
  }

  /// " over 50 inferences"; nothing where the tool does not say over how many.
  private func over(_ inferences: UInt64) -> String {
    inferences == 0 ? "" : " over \(inferences) \(plural("inference", inferences))"
  }

  private func meanInterval(
    _ mean: Double, _ spread: PrintedSpread?, _ inferences: UInt64, _ quantum: Double,
    _ confidence: Double, _ dependence: SerialDependence?
  ) -> Outcome<Interval> {
    if count >= 2 {
      return medianEstimate(level: confidence, quantum: quantum, dependence: dependence).value?
        .interval
        ?? .missing(reason: "no samples")
    }
    guard let deviation = spread?.standardDeviation, inferences > 1 else {
      return .missing(
        reason: "the tool printed a mean\(over(inferences)) without a standard deviation"
      )
    }
    let summary = MeanSummary(mean: mean, standardDeviation: deviation, count: inferences)
    let exact = MeanSummary(mean: 1, standardDeviation: 0, count: inferences)
    let interval =
      ratioOfMeans(summary, over: exact, level: confidence).value?.interval
      ?? .missing(reason: "the printed spread makes no interval")
    // The last printed digit is a floor under it.
    return interval.map {
      Interval(
        low: min($0.low, mean - quantum / 2), high: max($0.high, mean + quantum / 2),
        kind: $0.kind, level: $0.level, method: $0.method)
    }
  }
}

extension Outcome<Quantity> {
  /// The number alone.
  var number: Outcome<Double> { map(\.value) }
  /// Its interval, or why there is none.
  var interval: Outcome<Interval> { flatMap(\.interval) }
}

extension Quantity {
  /// The fields of a time: its interval's, with the time itself and where it is from.
  var timeFields: Fields {
    [
      "seconds": value, "low": interval.low, "high": interval.high,
      "kind": interval.value?.kind.rawValue, "level": interval.value?.level, "n": count,
      "method": method, "interval_method": interval.value?.method,
    ]
  }
}
