import Core
import Ingest
import MachineModel
import Reference
import Statistics
import Support

extension MachineModel {
  /// Fitted to those of `runs` on the board's MCU that the counts of the tables hold for; missing when
  /// they do not give it.
  static func fit(
    _ runs: [AnalysedRun], board: String, cost: InstructionCost?, reference: ReferenceData,
    loss: FitLoss = .robust, confidence: Double
  ) -> Outcome<MachineModel> {
    let mcu = reference.machine(board)?.mcu
    let measured = runs.compactMap { run -> MeasuredRun? in
      guard run.mcu == mcu, run.isModelled(on: reference.machine(board)), let model = run.model,
        let dtype = run.dtype,
        let weights = run.weights
      else { return nil }
      return MeasuredRun(
        id: run.id, model: model, dtype: dtype, weights: weights, clockHz: run.clockHz ?? 0,
        cycles: run.cycles.value?.value ?? .nan)
    }
    return choose(
      measured, board: board, cyclesPerInstruction: cost?.estimate, reference: reference,
      loss: loss, confidence: confidence)
  }

  /// What the model says of `run`, or why nothing.
  func explain(_ run: AnalysedRun) -> Outcome<Explanation> {
    guard run.mcu == machine.mcu else {
      return .missing(reason: "the machine model is of \(machine.short)")
    }
    guard let measured = run.cycles.value?.value, measured > 0 else {
      return .missing(reason: run.cycles.reason ?? "its cycles are not known")
    }
    if let reason = run.platformObjection(machine) { return .missing(reason: reason) }
    guard run.isModelled(on: machine) else {
      return .missing(
        reason:
          "its instructions were counted for TFLM with CMSIS-NN at -O3 on one core, with flash as "
          + "the boot ROM leaves it; the log says otherwise")
    }
    guard let model = run.model, let dtype = run.dtype else {
      return .missing(reason: "model or dtype are not known")
    }
    guard let weights = run.weights else {
      return .missing(reason: "nothing says where the weights are")
    }
    guard let cost = reference.cost(model: model, dtype: dtype) else {
      return .missing(reason: "the operators of \(model) in \(dtype) are not known")
    }
    if let reason = cost.unmodelled { return .missing(reason: reason) }
    guard let instructions = instructions(of: cost) else {
      return .missing(reason: "the instructions of \(model) in \(dtype) are not known")
    }
    let traffic = weights == .flash ? self.traffic(of: cost).total : LineTraffic()
    let parts = parts(CycleCounts(instructions: instructions.count, traffic: traffic), mode: mode)
    let point = points.first {
      $0.run.model == model && $0.run.dtype == dtype && $0.run.weights == weights
        && abs($0.run.cycles / measured - 1) < 1e-9
    }
    return .known(
      Explanation(
        run: run.id, model: model, dtype: dtype, weights: weights, boardWords: run.boardWords,
        clockHz: run.clockHz ?? machine.clockHz ?? 0, measuredCycles: measured,
        resolution: run.publishedResolution, origin: run.origin,
        parts: parts, isFitted: point != nil,
        heldOutCycles: point == nil ? parts.total : point?.heldOutCycles, traffic: traffic,
        lineBytes: machine.cache?.lineBytes ?? 8))
  }
}

extension MachineModel: MissByteSource {
  /// Simulated misses times the length of a line.
  public func missBytes(run: AnalysedRun, operatorIndex: Int?) -> Double? {
    guard run.mcu == machine.mcu, run.isModelled(on: machine), let model = run.model,
      let dtype = run.dtype,
      let cost = reference.cost(model: model, dtype: dtype), let cache = machine.cache
    else { return nil }
    let traffic = traffic(of: cost)
    guard let index = operatorIndex else { return traffic.total.fills * Double(cache.lineBytes) }
    guard traffic.indices.contains(index) else { return nil }
    return traffic[index].fills * Double(cache.lineBytes)
  }
}

extension AnalysedRun {
  /// Whether the counts of the tables hold for this run: TFLM with CMSIS-NN at -O3, one core, the flash
  /// mode after boot, and a whole inference that was timed.
  func isModelled(on machine: Machine?) -> Bool {
    guard cycles.value != nil, platformObjection(machine) == nil, hasDefaultFlash,
      runtime == nil || runtime == "tflm"
    else {
      return false
    }
    if let cores = configuration.number(.cores), cores > 1 { return false }
    if let code = configuration.code, code != .flash { return false }
    return LabelCheck.hasKnownKernels(self)
  }
}
