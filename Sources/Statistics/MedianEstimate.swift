import Quantiles
import Support

extension Samples {
  /// The median with its exact order-statistic interval.
  ///
  /// - Parameters:
  ///   - level: the confidence, between 0 and 1.
  ///   - quantum: the resolution of the samples, in their unit; the interval is never narrower
  ///     than half of it to either side.
  ///   - dependence: what is known of the samples' order; where it is evident, the interval is that
  ///     of fewer samples.
  /// - Returns: missing only without samples. The interval is missing when there are too few
  ///   samples for the level. Samples that are all equal show the timer's resolution, however many
  ///   there are: half a quantum to either side, and no confidence.
  public func medianEstimate(
    level: Double = 0.95, quantum: Double = 0, dependence: SerialDependence? = nil
  ) -> Outcome<Estimate> {
    let ordered = ordered
    guard let median = ordered.median else {
      return .missing(reason: "a median needs a sample; there are none")
    }
    if let objection = Wording.objection(toLevel: level) ?? Self.objection(toQuantum: quantum) {
      return .known(Estimate(value: median, interval: .missing(reason: objection)))
    }
    return .known(
      Estimate(
        value: median,
        interval: interval(
          ordered, around: median, level: level, quantum: quantum, dependence?.ifEvident)))
  }

  private func interval(
    _ ordered: OrderedSamples, around median: Double, level: Double, quantum: Double,
    _ dependence: SerialDependence?
  ) -> Outcome<Interval> {
    let floor = (median - quantum / 2)...(median + quantum / 2)
    if areIdentical { return Self.resolution(floor, quantum) }
    if let reason = tooFew(level: level, of: "the median") ?? dependence?.objection {
      return .missing(reason: reason)
    }
    guard
      let ranks = SignTest.ranks(
        count: count, level: level, effective: dependence?.effectiveCount),
      let low = ordered.orderStatistic(ranks.lower), let high = ordered.orderStatistic(ranks.upper)
    else { return .missing(reason: "no ranks enclose the median at this level") }
    let bounds = low...high
    var method = "order statistics \(ranks.lower) and \(ranks.upper) of \(count)"
    if let dependence { method += ", " + dependence.words }
    if floor.lowerBound < bounds.lowerBound || floor.upperBound > bounds.upperBound {
      method += ", " + Wording.widened
    }
    return .known(
      Interval(
        low: min(bounds.lowerBound, floor.lowerBound),
        high: max(bounds.upperBound, floor.upperBound), kind: .confidence, level: level,
        method: method))
  }

  /// What identical samples say: no more than the timer can tell.
  static func resolution(_ bounds: ClosedRange<Double>, _ quanta: Double...) -> Outcome<Interval> {
    guard quanta.contains(where: { $0 > 0 }) else {
      return .missing(
        reason: "identical samples show the timer's resolution alone, which is not known")
    }
    return .known(
      Interval(
        low: bounds.lowerBound, high: bounds.upperBound, kind: .resolution,
        method: Wording.identical))
  }

  /// Why there are too few samples for an interval that rests on a median, nil if there are enough.
  func tooFew(level: Double, of what: String, whose: String = "") -> String? {
    let needed = SignTest.minimumCount(level: level)
    guard count < needed else { return nil }
    return
      "a \(Format.confidence(level)) interval of \(what) needs at least \(needed) \(whose)samples; "
      + Wording.thereAre(count)
  }

  static func objection(toQuantum quantum: Double) -> String? {
    quantum >= 0 && quantum.isFinite
      ? nil : "a quantum is finite and not negative; it is \(Format.shortest(quantum))"
  }
}
