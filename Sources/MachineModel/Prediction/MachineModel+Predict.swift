import Core
import Reference
import Statistics
import Support

extension MachineModel {
  /// Predicts one model, or says why nothing can be said of it.
  ///
  /// The interval is the widest of the chosen account and of all others that fit the published times within
  /// its error: nothing that was measured tells which of them is true.
  public func predict(_ cost: ModelCost, _ scenario: Scenario) -> Outcome<ModelPrediction> {
    if let reason = refusal(cost, scenario) { return .missing(reason: reason) }
    guard let clock = scenario.clockHz ?? machine.clockHz else {
      return .missing(reason: "no clock is given")
    }
    guard let instructions = instructions(of: cost) else {
      return .missing(reason: "the instructions of some of its operators are not known")
    }
    guard let chosen = told(cost, scenario, clock, instructions) else {
      return .missing(reason: "its reads of flash are not known")
    }
    let others = accounts.filter(\.isAdmissible).compactMap { other in
      other.model.told(cost, scenario, clock, instructions).map { (other.name, $0) }
    }
    let isBound = scenario.cores > 1
    let interval =
      isBound
      ? .missing(reason: "it is a lower bound: \(Self.twoCores)")
      : chosen.interval.map { $0.widened(by: others.compactMap(\.1.interval.value)) }
    return .known(
      ModelPrediction(
        scenario: scenario, model: cost.model, clockHz: clock, parts: chosen.parts,
        seconds: chosen.parts.total / clock, isLowerBound: isBound, interval: interval,
        ownInterval: chosen.interval,
        others: others.map { .init(name: $0, seconds: $1.parts.total / clock) },
        instructions: instructions.count, instructionSource: instructions.source,
        flashBytes: chosen.flashBytes, caveats: caveats(cost, scenario, instructions.source)))
  }

  /// What one account says.
  private struct Told {
    var parts: CycleParts
    /// Where one new measurement would lie, s.
    var interval: Outcome<Interval>
    var flashBytes: Double
  }

  /// What this account alone says; nil for a flash mode that is not described.
  private func told(
    _ cost: ModelCost, _ scenario: Scenario, _ clock: Double,
    _ instructions: (count: Double, source: InstructionSource)
  ) -> Told? {
    // The mode after boot is as this account has it.
    let usual = machine.flashModes.first?.id
    let named = scenario.flash.flatMap { $0 == usual ? nil : $0 }
    guard let mode = named.map({ machine.flashMode($0) }) ?? mode else { return nil }
    let traffic =
      scenario.weights == .flash
      ? reads.traffic(of: cost, hasCache: scenario.hasCache).total : LineTraffic()
    // Cores share the instructions at best.
    let counts = CycleCounts(
      instructions: instructions.count / Double(max(scenario.cores, 1)), traffic: traffic)
    var parts = parts(counts, mode: mode)
    // A read past the cache fetches 4 bytes, half a line.
    if !scenario.hasCache { parts.data -= mode.dataCycles / 2 * traffic.fills }
    // Whatever another mode costs more or less is known; the interval is that of what is fitted.
    let interval = interval(of: counts, total: parts.total).map { interval in
      guard case .estimated(let worst) = instructions.source else {
        return interval.scaled(by: 1 / clock)
      }
      // The count itself may be off by as much as the kernels' costs are where they were fitted.
      let reach = worst * parts.instructions
      return Interval(
        low: max(interval.low - reach, 0) / clock, high: (interval.high + reach) / clock,
        kind: .model, method: interval.method + ", instructions estimated")
    }
    return Told(
      parts: parts, interval: interval,
      flashBytes: traffic.fills * Double(scenario.hasCache ? machine.cache?.lineBytes ?? 8 : 4))
  }

  /// Confidence that intervals are made for.
  package var level: Double {
    cyclesPerInstruction.interval.value?.level ?? 0.95
  }

  /// Counted instructions of a model, else estimated ones.
  package func instructions(of cost: ModelCost) -> (count: Double, source: InstructionSource)? {
    if let counted = reference.instructions(model: cost.model, dtype: cost.dtype),
      reference.cost(model: cost.model, dtype: cost.dtype) == cost
    {
      return (Double(counted), .counted)
    }
    var sum = 0.0
    var worst = 0.0
    for operation in cost.operators where operation.kind != "RESHAPE" {
      guard let count = reads.kernels.instructions(operation, dtype: cost.dtype) else { return nil }
      sum += count
      let kernel = KernelClass(operation, dtype: cost.dtype)
      worst = max(worst, reads.kernels[kernel]?.worst ?? 0)
    }
    return (sum, .estimated(worst: worst))
  }
}

extension Interval {
  /// The least interval that holds this one and all others: what several accounts allow.
  fileprivate func widened(by others: [Interval]) -> Interval {
    guard !others.isEmpty else { return self }
    return Interval(
      low: others.map(\.low).reduce(low, min), high: others.map(\.high).reduce(high, max),
      kind: .model,
      method: "\(method); the widest of \(others.count + 1) accounts of the published times")
  }
}
