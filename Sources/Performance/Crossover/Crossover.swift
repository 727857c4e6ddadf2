import Core
import Statistics
import Support

/// What a sweep says of the size at which weights outgrow the cache: flat, ramp, plateau.
public struct Crossover: Sendable, Equatable {
  /// Whether cycles per MAC rise with the size of the weights.
  public enum Verdict: Sendable, Equatable {
    /// They rise from an onset on.
    case rises
    /// They do not, though the sweep is wide enough to show it.
    case level
    /// The sweep cannot tell, with the reason.
    case undecided(String)
  }

  /// The points.
  public var sweep: Sweep
  /// Capacity of the cache in front of flash, bytes: the expected onset. Nil where none is described.
  public var cacheBytes: Double?
  /// Fits with two breaks, one and none of cycles per MAC against -1 / bytes, by the relative error.
  public var fit: Outcome<SegmentedFit>
  /// What follows.
  public var verdict: Verdict
  /// Size from which cycles per MAC rise, bytes.
  public var onset: Outcome<BreakEstimate>
  /// Size from which they rise no more, bytes.
  public var saturation: Outcome<BreakEstimate>
  /// Instructions against waiting for flash.
  public var bounds: SweepBounds
  /// Size from which the share of reads that miss the cache grows no more, bytes; of simulated sweeps.
  /// Time saturates elsewhere where fills become cheaper or dearer along the ramp.
  var missSaturation: Outcome<BreakEstimate>

  /// Less than this share is no rise worth the name: it is below what the machine model explains, and
  /// it changes no bound.
  static let leastRise = 0.05

  /// Fits a sweep.
  ///
  /// - Parameters:
  ///   - cacheBytes: capacity of the cache in front of flash; nil for none.
  ///   - sram: the same operators with their weights in SRAM; nil where there is no such sweep.
  ///   - level: confidence of the intervals.
  public init(_ sweep: Sweep, cacheBytes: Double?, sram: Sweep? = nil, level: Double = 0.95) {
    self.sweep = sweep
    self.cacheBytes = cacheBytes
    // Straight in -1 / x: of a two-way cache of C bytes with random replacement, weights of x bytes that
    // are read in turn miss a share of 2 (1 - C / x) from C to 1.5 C; past it the share bends down.
    let fit = SegmentedFit.fit(
      sweep.points.map { (x: $0.weightBytes, y: $0.cyclesPerMAC) }, variable: .reciprocal,
      loss: .relative, level: level)
    self.fit = fit
    let rising = fit.value.map(\.preferred).flatMap { Self.rises($0) ? $0 : nil }
    bounds = SweepBounds(sweep, flat: rising?.before, sram: sram)
    missSaturation =
      rising == nil
      ? .missing(reason: "cycles per MAC do not rise with the size of the weights")
      : Self.missSaturation(sweep, level)
    verdict = Self.verdict(fit, rising, sweep, cacheBytes, bounds)
    switch verdict {
    case .rises:
      onset = fit.flatMap(\.onset).map(sweep.ofOrigin)
      saturation = fit.flatMap { fit in
        fit.preferred.saturation != nil
          ? fit.saturation
          : .missing(
            reason: fit.twoBreaks.reason ?? "the ramp does not end within the sizes of the sweep")
      }.map(sweep.ofOrigin)
    case .level:
      let reason = "cycles per MAC do not rise with the size of the weights"
      onset = .missing(reason: reason)
      saturation = .missing(reason: reason)
    case .undecided(let reason):
      onset = .missing(reason: reason)
      saturation = .missing(reason: reason)
    }
  }

  /// The model that the verdict rests on: a fall, or a rise too small to count, is no break.
  public var model: SegmentedModel? {
    verdict == .rises ? fit.value?.preferred : fit.value?.constant
  }

  private static func missSaturation(_ sweep: Sweep, _ level: Double) -> Outcome<BreakEstimate> {
    let fetches = sweep.points.compactMap(\.fetches)
    guard fetches.count == sweep.points.count else {
      return .missing(reason: "nobody counted the misses of the cache")
    }
    // Every operator is read in the same number of passes, so fetches are proportional to the share.
    return SegmentedFit.fit(
      zip(sweep.points, fetches).map { (x: $0.weightBytes, y: $1) }, variable: .reciprocal,
      loss: .absolute, level: level
    ).flatMap(\.saturation).map(sweep.ofOrigin)
  }

  private static func rises(_ model: SegmentedModel) -> Bool {
    model.onset != nil && model.after > model.before * (1 + leastRise)
  }

  private static func verdict(
    _ fit: Outcome<SegmentedFit>, _ rising: SegmentedModel?, _ sweep: Sweep, _ cache: Double?,
    _ bounds: SweepBounds
  ) -> Verdict {
    guard case .known(let fit) = fit else { return .undecided(fit.reason ?? "") }
    if let reason = fit.oneBreak.reason { return .undecided(reason) }
    if rising != nil { return .rises }
    guard sweep.key.weights == .flash, bounds.everywhere != .flash, let cache,
      let range = sweep.range
    else { return .level }
    if range.lowerBound > cache || range.upperBound < 2 * cache {
      return .undecided(
        "the weights have from \(Format.kibibytes(range.lowerBound)) to "
          + "\(Format.kibibytes(range.upperBound)), but a sweep has to reach from the cache of "
          + "\(Format.kibibytes(cache)) to its double to show that nothing changes there")
    }
    return .level
  }

  /// The size that was expected for a break, against what was found.
  public struct Comparison: Sendable, Equatable {
    /// The cache or its double, bytes.
    public var expected: Double
    /// Whether it lies in the interval of the break; nil without an interval.
    var isWithin: Bool?
    /// found / expected - 1.
    public var difference: Double
  }

  /// Onset against the cache.
  var onsetComparison: Comparison? { compare(onset, cacheBytes) }
  /// Saturation against twice the cache.
  var saturationComparison: Comparison? { compare(saturation, cacheBytes.map { 2 * $0 }) }

  private func compare(_ found: Outcome<BreakEstimate>, _ expected: Double?) -> Comparison? {
    guard sweep.key.weights == .flash, let found = found.value, let expected, expected > 0 else {
      return nil
    }
    return Comparison(
      expected: expected, isWithin: found.interval.value.map { $0.contains(expected) },
      difference: found.value / expected - 1)
  }
}

extension Sweep {
  /// A break of the sweep. Nothing in a predicted one is random: how far a ramp is from the model's curve
  /// is no confidence.
  fileprivate func ofOrigin(_ found: BreakEstimate) -> BreakEstimate {
    guard key.origin == .predicted else { return found }
    var found = found
    found.interval = found.interval.map(\.ofModel)
    return found
  }
}
