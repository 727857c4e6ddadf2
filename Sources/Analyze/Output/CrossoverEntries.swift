import Performance
import Statistics
import Support

extension AnalysisDocument {
  /// One sweep: sizes in bytes, costs in cycles of the CPU clock per MAC.
  struct CrossoverEntry: Encodable {
    struct PointEntry: Encodable {
      let weightBytes: Double
      let cyclesPerMac: Double
      let low: Double?
      let high: Double?
      let instructionCyclesPerMac: Double?
      let waitingShare: Double?
      let fetchesPerWeight: Double?
      let run: String
      let `operator`: String?
    }

    let board: String
    let kind: String
    let filter: String?
    let dtype: String
    let weights: String
    let origin: String
    let setup: String
    let verdict: String
    let statement: String
    let onsetBytes: Double?
    let onsetLow: Double?
    let onsetHigh: Double?
    let fullBytes: Double?
    let fullLow: Double?
    let fullHigh: Double?
    let level: Double?
    let method: String?
    let ramp: String
    let loss: String
    let preferredModel: String?
    let comparison: String?
    let cyclesPerMacBelow: Double?
    let cyclesPerMacAbove: Double?
    let evenBytes: Double?
    let missFullBytes: Double?
    let missFullLow: Double?
    let missFullHigh: Double?
    let boundEverywhere: String?
    let boundBasis: String?
    let cacheBytes: Double?
    let onsetIntervalHoldsCache: Bool?
    let fullIntervalHoldsTwiceCache: Bool?
    let remarks: [String]
    let points: [PointEntry]
    let reasons: [String: String]?

    init(_ crossover: Crossover) {
      var reasons = Reasons()
      let key = crossover.sweep.key
      board = key.board
      kind = key.kind
      filter = key.filter
      dtype = key.dtype
      weights = key.weights
      origin = key.origin
      setup = key.setupWords
      statement = crossover.statement
      let noFit = crossover.fit.reason ?? ""
      switch crossover.verdict {
      case .rises: verdict = "rises"
      case .level: verdict = "level"
      case .undecided(let reason):
        verdict = "undecided"
        _ = reasons.value(nil as Double?, "verdict", reason)
      }
      let onset = Self.ends(crossover.onset, "onset_low", "onset_high", &reasons)
      onsetBytes = reasons.value(crossover.onset, "onset_bytes")?.value
      (onsetLow, onsetHigh) = (onset?.low, onset?.high)
      let full = Self.ends(crossover.saturation, "full_low", "full_high", &reasons)
      fullBytes = reasons.value(crossover.saturation, "full_bytes")?.value
      (fullLow, fullHigh) = (full?.low, full?.high)
      level = onset?.level
      method = onset?.method
      ramp = "straight in -1 / bytes"
      loss = FitLoss.relative.wording
      preferredModel = reasons.value(crossover.modelWords, "preferred_model", noFit)
      comparison = reasons.value(crossover.fit.map(\.statement), "comparison")
      cyclesPerMacBelow = reasons.value(crossover.model?.before, "cycles_per_mac_below", noFit)
      cyclesPerMacAbove = reasons.value(
        crossover.onset.value == nil ? nil : crossover.model?.after, "cycles_per_mac_above",
        crossover.onset.reason ?? noFit)
      evenBytes = reasons.value(crossover.bounds.even, "even_bytes")
      let misses = Self.ends(
        crossover.missSaturation, "miss_full_low", "miss_full_high", &reasons)
      missFullBytes = reasons.value(crossover.missSaturation, "miss_full_bytes")?.value
      (missFullLow, missFullHigh) = (misses?.low, misses?.high)
      boundEverywhere = reasons.value(
        crossover.bounds.everywhere?.rawValue, "bound_everywhere",
        crossover.bounds.basis.reason ?? "the bound changes with the size")
      boundBasis = reasons.value(crossover.bounds.basis, "bound_basis")?.words
      cacheBytes = reasons.value(
        crossover.cacheBytes, "cache_bytes", "no cache in front of flash is described, or it is off"
      )
      onsetIntervalHoldsCache = crossover.onsetComparison?.isWithin
      fullIntervalHoldsTwiceCache = crossover.saturationComparison?.isWithin
      remarks = crossover.sweep.remarks
      let shares = crossover.bounds.shares
      points = crossover.sweep.points.enumerated().map { i, point in
        PointEntry(
          weightBytes: point.weightBytes, cyclesPerMac: point.cyclesPerMAC,
          low: point.interval.value?.low, high: point.interval.value?.high,
          instructionCyclesPerMac: point.instructionCycles.value,
          waitingShare: shares.indices.contains(i) ? shares[i] : nil,
          fetchesPerWeight: point.fetches, run: point.run, operator: point.operatorWords)
      }
      self.reasons = reasons.orNil
    }

    private static func ends(
      _ found: Outcome<BreakEstimate>, _ low: String, _ high: String, _ reasons: inout Reasons
    ) -> Interval? {
      let interval = found.flatMap(\.interval)
      _ = reasons.value(interval, low)
      return reasons.value(interval, high)
    }
  }
}
