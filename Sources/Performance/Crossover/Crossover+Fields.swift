import Statistics
import Support

extension Crossover: FieldsEncodable {
  /// The sweep, what it says, and how sure that is: sizes in bytes, costs in cycles per MAC.
  public var fields: Fields {
    let key = sweep.key
    let noFit = fit.reason ?? ""
    let interval = onset.flatMap(\.interval)
    var fields: Fields = [
      "board": key.board, "kind": key.kind, "filter": key.filter, "dtype": key.dtype,
      "weights": key.weights, "origin": key.origin, "setup": key.setupWords,
      "verdict": verdict.word, "statement": statement,
      "onset_bytes": onset.map(\.value), "onset_low": interval.low, "onset_high": interval.high,
      "onset_interval": interval.value, "full_bytes": saturation.map(\.value),
      "full_low": saturation.flatMap(\.interval).low,
      "full_high": saturation.flatMap(\.interval).high,
      "full_interval": saturation.flatMap(\.interval).value,
      "method": interval.value?.method,
      "ramp": "straight in -1 / bytes", "loss": FitLoss.relative.wording,
      "preferred_model": Outcome(modelWords, or: noFit), "comparison": fit.map(\.statement),
      "cycles_per_mac_below": Outcome(model?.before, or: noFit),
      "cycles_per_mac_above": Outcome(
        onset.value == nil ? nil : model?.after, or: onset.reason ?? noFit),
      "even_bytes": bounds.even, "miss_full_bytes": missSaturation.map(\.value),
      "miss_full_low": missSaturation.flatMap(\.interval).low,
      "miss_full_high": missSaturation.flatMap(\.interval).high,
      "miss_full_interval": missSaturation.flatMap(\.interval).value,
      "bound_everywhere": Outcome(
        bounds.everywhere, or: bounds.basis.reason ?? "the bound changes with the size"),
      "bound_basis": bounds.basis.map(\.words),
      "cache_bytes": Outcome(
        cacheBytes, or: "no cache in front of flash is described, or it is off"),
      "onset_interval_holds_cache": onsetComparison?.isWithin,
      "full_interval_holds_twice_cache": saturationComparison?.isWithin,
      "remarks": sweep.remarks,
      "points": sweep.points.enumerated().map { i, point in
        point.fields(waiting: bounds.shares.indices.contains(i) ? bounds.shares[i] : nil)
      },
    ]
    if case .undecided(let reason) = verdict { fields.explain("verdict", reason) }
    return fields
  }
}

extension Crossover.Verdict {
  /// The word for it.
  fileprivate var word: String {
    switch self {
    case .rises: "rises"
    case .level: "level"
    case .undecided: "undecided"
    }
  }
}

extension SweepPoint {
  /// - Parameter waiting: share of the cycles that wait for flash.
  fileprivate func fields(waiting: Double?) -> Fields {
    [
      "weight_bytes": weightBytes, "cycles_per_mac": cyclesPerMAC, "low": interval.value?.low,
      "high": interval.value?.high, "interval": interval.value,
      "instruction_cycles_per_mac": instructionCycles.value,
      "waiting_share": waiting, "fetches_per_weight": fetches, "run": run,
      "operator": operatorWords,
    ]
  }
}
