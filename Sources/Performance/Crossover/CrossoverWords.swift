import Core
import Statistics
import Support

/// What a crossover says, as sentences.
struct CrossoverWords {
  let crossover: Crossover

  private var sweep: Sweep { crossover.sweep }
  private var bounds: SweepBounds { crossover.bounds }

  /// "10.7 cycles/MAC".
  private static func cost(_ cycles: Double) -> String {
    "\(Format.significant(cycles, digits: 3)) cycles/MAC"
  }

  /// "15.8 KiB [15.5, 16.2]", the ends rounded outward.
  private static func size(_ found: BreakEstimate) -> String {
    guard let interval = found.interval.value else { return Format.kibibytes(found.value) }
    let low = (interval.low / 102.4).rounded(.down) / 10
    let high = (interval.high / 102.4).rounded(.up) / 10
    return
      "\(Format.kibibytes(found.value)) [\(Format.fixed(low, places: 1)), \(Format.fixed(high, places: 1))]"
  }

  var statement: String { "\(sweep.key.words): \(verdict)" }

  private var verdict: String {
    switch crossover.verdict {
    case .undecided(let reason): "undecided: \(reason)"
    case .level: level
    case .rises: rise + comparison
    }
  }

  // MARK: No rise

  private var costs: String {
    let values = sweep.points.map(\.cyclesPerMAC)
    guard let low = values.min(), let high = values.max() else { return "" }
    let ends = [low, high].map { Format.significant($0, digits: 3) }
    // What is done once per operator is shared by ever more MACs.
    if values.first == high, values.last == low, high > 1.01 * low {
      return "falling from \(ends[1]) to \(ends[0]) cycles/MAC"
    }
    return ends[0] == ends[1] ? Self.cost(low) : "\(ends[0]) to \(ends[1]) cycles/MAC"
  }

  /// "81 to 83 % of the time".
  private var waitingShares: String {
    guard let low = bounds.shares.min(), let high = bounds.shares.max() else { return "" }
    let ends = [low, high].map { Format.significant($0 * 100, digits: 2) }
    return ends[0] == ends[1] ? "\(ends[0]) %" : "\(ends[0]) to \(ends[1]) %"
  }

  private var level: String {
    guard sweep.key.weights == .flash else {
      return "no crossover, compute-bound at every size (\(costs)): nothing waits for flash"
    }
    if bounds.everywhere == .flash {
      return
        "bandwidth-bound at every size of this sweep: \(waitingShares) of the time waits for flash (\(costs))"
    }
    let bound = bounds.everywhere == .compute ? ", compute-bound at every size" : ""
    let fetches = sweep.points.compactMap(\.fetches)
    if fetches.count == sweep.points.count, let most = fetches.max(), most < 1.1 {
      return
        "no crossover\(bound) (\(costs)): each weight is fetched once per inference, for which "
        + "\(waitingShares) of the time is spent waiting"
    }
    return "no crossover\(bound) (\(costs))"
  }

  // MARK: A rise

  /// Whether points at or above a size, or at or below it, wait longer than they compute; nil where that
  /// is not known.
  private func waits(_ holds: (Double) -> Bool) -> Bool? {
    let chosen = zip(sweep.points, bounds.shares).filter { holds($0.0.weightBytes) }.map(\.1)
    guard !chosen.isEmpty else { return nil }
    return 2 * chosen.filter { $0 > 0.5 }.count > chosen.count
  }

  private var rise: String {
    guard let onset = crossover.onset.value, let model = crossover.model else { return "" }
    let before = Self.cost(model.before)
    let after = Self.cost(model.after)
    guard sweep.key.weights == .flash else {
      return
        "cycles per MAC rise from \(before) at \(Self.size(onset)) to \(after), which the cache in "
        + "front of flash does not explain"
    }
    let end = crossover.saturation.value
    let top = end?.value ?? sweep.range?.upperBound ?? onset.value
    let low = waits { $0 <= onset.value }
    let high = waits { $0 >= top }
    let from =
      end.map { "from \(Self.size($0)) on" }
      ?? "at the end of the sweep, \(Format.kibibytes(top))"
    var text: String
    switch (low, high) {
    case (false, true):
      text =
        "compute-bound (\(before)) up to \(Self.size(onset)) of weights per operator, "
        + (bounds.even.value.map {
          "bandwidth-bound from \(Format.kibibytes($0)) on, where both are even, saturated "
        } ?? "bandwidth-bound ") + "\(from) (\(after)\(waitingAfter(top)))"
    case (true, true):
      text =
        "bandwidth-bound at every size of this sweep, and more so with more weights: \(before) up to "
        + "\(Self.size(onset)) per operator, \(after) \(from)"
    case (_, false):
      text =
        "compute-bound at every size, though cycles per MAC rise from \(before) up to "
        + "\(Self.size(onset)) of weights per operator to \(after) \(from)\(waitingAfter(top))"
    default:
      text =
        "cycles per MAC rise from \(before) up to \(Self.size(onset)) of weights per operator to "
        + "\(after) \(from)"
    }
    if end == nil, let reason = crossover.saturation.reason { text += "; no saturation: \(reason)" }
    return text
  }

  private func waitingAfter(_ top: Double) -> String {
    let shares = zip(sweep.points, bounds.shares).filter { $0.0.weightBytes >= top }.map(\.1)
    guard !shares.isEmpty else { return "" }
    let mean = shares.reduce(0, +) / Double(shares.count)
    return ", \(Format.percent(mean)) of them waiting for flash"
  }

  // MARK: Against the cache

  private var comparison: String {
    guard let onset = crossover.onsetComparison else { return "" }
    var text = ". The cache holds \(Format.capacity(onset.expected)), \(place(onset)) of the onset"
    if let saturation = crossover.saturationComparison {
      text += "; twice that is \(place(saturation)) of the saturation" + scattering(saturation)
    }
    return text
  }

  private func place(_ comparison: Crossover.Comparison) -> String {
    switch comparison.isWithin {
    case true?: "within the interval"
    case false?: "\(comparison.difference < 0 ? "above" : "below") the interval"
    case nil:
      "\(Format.percent(abs(comparison.difference))) \(comparison.difference < 0 ? "above" : "below") the value"
    }
  }

  /// Why the time of a simulated sweep saturates elsewhere than the misses do.
  private func scattering(_ comparison: Crossover.Comparison) -> String {
    guard comparison.isWithin == false, let onset = crossover.onset.value?.value,
      let end = crossover.saturation.value?.value, let misses = crossover.missSaturation.value,
      let last = sweep.points.last?.scattered
    else { return "" }
    let ramp = sweep.points.filter { $0.weightBytes > onset && $0.weightBytes < end }
      .compactMap(\.scattered)
    guard let first = ramp.first, first > 1.1 * last || last > 1.1 * first else { return "" }
    let shares = [first, last].map { Format.percent($0) }
    return ". The misses saturate at \(Self.size(misses)), the time "
      + "\(misses.value > end ? "sooner" : "later"), for \(shares[0]) of the fills begin a transfer of "
      + "their own at the foot of the ramp and \(shares[1]) at the largest size"
  }
}

extension Crossover {
  /// One sentence, or a few, without a full stop: bounds, sizes, and how they compare with the cache.
  public var statement: String { CrossoverWords(crossover: self).statement }

  /// How a reader must take the intervals; nil where the data are of a board and have noise.
  public static let predictedIntervals =
    "Nothing in a predicted sweep is random: its intervals describe how far a straight ramp is from the "
    + "simulated curve, not measurement noise. Single sizes below the cache miss too, where the loop's code "
    + "falls on sets that the weights fill; another build shifts them"

  /// "two breaks", of the model that the verdict rests on; nil without a fit.
  public var modelWords: String? {
    model.map { ["no break", "one break", "two breaks"][$0.kind.rawValue] }
  }
}
