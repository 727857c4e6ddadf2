import MachineModel
import Reference
import Statistics
import Support

/// Where the cycles of one run go, by the machine model.
public struct Explanation: Sendable {
  /// Id of the run.
  public var run: String
  /// Model id, dtype and placement.
  public var model, dtype, weights: String
  /// How sentences call the board.
  public var boardWords: String
  /// CPU clock, Hz.
  public var clockHz: Double
  /// What it took; of whatever origin the run is.
  public var measuredCycles: Double
  /// Origin of `measuredCycles`.
  public var origin: String
  /// What the model says, by cause.
  public var parts: CycleParts
  /// Whether the model was fitted to this very time.
  public var isFitted: Bool
  /// What the model says when fitted without this time: for a run that it was not fitted to, what it
  /// says anyway.
  public var heldOutCycles: Double?
  /// Lines fetched from flash in one inference.
  public var traffic: LineTraffic
  /// Bytes of a line.
  public var lineBytes: Int

  /// (predicted - measured) / measured.
  public var error: Double { parts.total / measuredCycles - 1 }
  /// The same for the fit without this run.
  public var heldOutError: Double? { heldOutCycles.map { $0 / measuredCycles - 1 } }
  /// Bytes fetched from flash in one inference.
  public var flashBytes: Double { traffic.fills * Double(lineBytes) }
  /// Bytes per second of the waiting time, which is what was measured less the instructions; nil where
  /// nothing is fetched or nothing is left.
  public var bandwidth: Double? {
    let waiting = measuredCycles - parts.instructions
    return waiting > 0 && flashBytes > 0 ? flashBytes / waiting * clockHz : nil
  }
}

extension Explanation: FieldsEncodable {
  /// Times, and cycles by cause.
  public var fields: Fields {
    [
      "run": run, "origin": origin, "measured": measuredCycles / clockHz,
      "predicted": parts.total / clockHz, "error": error, "is_fitted": isFitted,
      "instruction_cycles": parts.instructions, "data_cycles": parts.data,
      "transfer_cycles": parts.transfers, "flash_bytes": flashBytes,
      "line_fills": traffic.fills, "new_transfers": traffic.newTransfers,
    ]
  }
}

extension MachineModel {
  /// What the model says of `run`, or why nothing.
  func explain(_ run: AnalysedRun) -> Outcome<Explanation> {
    guard run.mcu == machine.mcu else {
      return .missing(reason: "the machine model is of \(machine.short)")
    }
    guard let measured = run.cycles.value?.value, measured > 0 else {
      return .missing(reason: run.cycles.reason ?? "its cycles are not known")
    }
    guard run.isModelled else {
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
    guard let instructions = instructions(of: cost) else {
      return .missing(reason: "the instructions of \(model) in \(dtype) are not known")
    }
    let traffic = weights == "flash" ? self.traffic(of: cost).total : LineTraffic()
    let parts = parts(CycleCounts(instructions: instructions.count, traffic: traffic), mode: mode)
    let point = points.first {
      $0.model == model && $0.dtype == dtype && $0.weights == weights
        && abs($0.measuredCycles / measured - 1) < 1e-9
    }
    return .known(
      Explanation(
        run: run.id, model: model, dtype: dtype, weights: weights, boardWords: run.boardWords,
        clockHz: run.clockHz ?? machine.clockHz ?? 0, measuredCycles: measured, origin: run.origin,
        parts: parts, isFitted: point != nil,
        heldOutCycles: point == nil ? parts.total : point?.heldOutCycles, traffic: traffic,
        lineBytes: machine.cache?.lineBytes ?? 8))
  }
}

extension MachineModel: MissByteSource {
  /// Simulated misses times the length of a line.
  public func missBytes(run: AnalysedRun, operatorIndex: Int?) -> Double? {
    guard run.mcu == machine.mcu, run.isModelled, let model = run.model, let dtype = run.dtype,
      let cost = reference.cost(model: model, dtype: dtype), let cache = machine.cache
    else { return nil }
    let traffic = traffic(of: cost)
    guard let index = operatorIndex else { return traffic.total.fills * Double(cache.lineBytes) }
    guard traffic.indices.contains(index) else { return nil }
    return traffic[index].fills * Double(cache.lineBytes)
  }
}
