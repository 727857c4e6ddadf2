import Support

extension MeanSummary {
  /// The mean over boots, each by its median, where boots are the unit: what differs from boot to
  /// boot (memory layout, temperature, clock) is the same for all inferences of one.
  public init?(bootMedians: [Double]) {
    guard let mean = bootMedians.mean else { return nil }
    self.init(
      mean: mean, standardDeviation: bootMedians.standardDeviation ?? 0,
      count: UInt64(bootMedians.count))
  }

  /// The mean with Student's interval: mean ± t s / sqrt(boots), boots - 1 degrees of freedom.
  ///
  /// The ratio of two rows of boots is `ratioOfMeans` of two such summaries.
  ///
  /// - Parameter quantum: the resolution of the medians; the interval reaches half of it at least.
  public func estimate(level: Double = 0.95, quantum: Double = 0) -> Estimate {
    Estimate(value: mean, interval: interval(level: level, quantum: quantum))
  }

  private func interval(level: Double, quantum: Double) -> Outcome<Interval> {
    if let objection = Wording.objection(toLevel: level) { return .missing(reason: objection) }
    guard count >= 2 else {
      return .missing(
        reason: "an interval over boots needs at least 2 boots; \(Wording.thereAre(count))")
    }
    let freedom = Double(count - 1)
    let t = GSL.studentT(level: level, degreesOfFreedom: freedom)
    let reach = t * standardDeviation / Double(count).squareRoot()
    var method = "Student's t over the medians of \(count) boots, \(Wording.freedom(freedom))"
    if quantum / 2 > reach { method += ", " + Wording.widened }
    let half = max(reach, quantum / 2)
    return .known(
      Interval(low: mean - half, high: mean + half, kind: .confidence, level: level, method: method)
    )
  }
}
