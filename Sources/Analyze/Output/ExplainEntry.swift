import Performance
import Statistics

/// The place of the machine model in the JSON document.
struct ExplainEntry: Encodable {
  struct Point: Encodable {
    let run: String
    let origin: String
    /// Times of one inference, s.
    let measured: Double
    let predicted: Double
    /// (predicted - measured) / measured.
    let error: Double
    let isFitted: Bool
    let instructionCycles: Double
    let dataCycles: Double
    let transferCycles: Double
    let flashBytes: Double
    let lineFills: Double
    let newTransfers: Double
  }

  struct HeldOut: Encodable {
    let run: String
    let error: Double
  }

  struct Predicted: Encodable {
    let model: String
    let dtype: String
    let weights: String
    let clockHz: Double
    let flash: String?
    let cores: Int
    let cache: Bool
    let origin = "predicted"
    let seconds: Double
    let low: Double?
    let high: Double?
    let instructions: Double
    let instructionsEstimated: Bool
    let flashBytes: Double
    let caveats: [String]
    let reasons: [String: String]?
  }

  let cpi: Double?
  let cpiLow: Double?
  let cpiHigh: Double?
  let cyclesPerLine: Double?
  let cyclesPerLineLow: Double?
  let cyclesPerLineHigh: Double?
  let cyclesPerNewTransfer: Double?
  /// Of a sequential stream of lines, B/s.
  let bandwidth: Double?
  let bandwidthRoof: Double?
  let loss: String?
  let confidence: Double?
  let leaveOneOut: [HeldOut]
  let points: [Point]
  let predictions: [Predicted]
  let notExplained: [String: String]
  let reasons: [String: String]?

  init(_ analysis: Analysis) {
    var reasons = Reasons()
    let model = reasons.value(analysis.machineModel, "cpi")
    cpi = model?.cyclesPerInstruction.value
    cpiLow = model?.cyclesPerInstruction.interval.value?.low
    cpiHigh = model?.cyclesPerInstruction.interval.value?.high
    cyclesPerLine = model?.cyclesPerLine.value
    cyclesPerLineLow = model?.cyclesPerLine.interval.value?.low
    cyclesPerLineHigh = model?.cyclesPerLine.interval.value?.high
    cyclesPerNewTransfer = model?.mode.setupCycles
    let clock = model?.machine.clockHz
    bandwidth = clock.flatMap { model?.sequentialBandwidth(clockHz: $0).value }
    bandwidthRoof = clock.flatMap { clock in
      model?.machine.memoryRoof("flash").map { $0.bytesPerCycle * clock }
    }
    loss = model?.loss
    confidence = model?.cyclesPerInstruction.interval.value?.level
    leaveOneOut =
      model?.points.compactMap { point in
        point.heldOutError.map { HeldOut(run: point.run, error: $0) }
      } ?? []
    points = analysis.explanations.map { row in
      Point(
        run: row.run, origin: row.origin, measured: row.measuredCycles / row.clockHz,
        predicted: row.parts.total / row.clockHz, error: row.error, isFitted: row.isFitted,
        instructionCycles: row.parts.instructions, dataCycles: row.parts.data,
        transferCycles: row.parts.transfers, flashBytes: row.flashBytes,
        lineFills: row.traffic.fills, newTransfers: row.traffic.newTransfers)
    }
    predictions =
      model.map { model in
        ExplainPredictions.pairs(analysis, analysis.options.scenarios).compactMap {
          cost, scenario in
          model.predict(cost, scenario).value.map { Self.entry($0, dtype: cost.dtype) }
        }
      } ?? []
    notExplained = Dictionary(
      analysis.unexplained.map { ($0.run, $0.reason) }, uniquingKeysWith: { first, _ in first })
    self.reasons = reasons.orNil
  }

  private static func entry(_ value: ModelPrediction, dtype: String) -> Predicted {
    var reasons = Reasons()
    let interval = reasons.interval(value.interval)
    return Predicted(
      model: value.model, dtype: dtype, weights: value.scenario.weights, clockHz: value.clockHz,
      flash: value.scenario.flash, cores: value.scenario.cores, cache: value.scenario.hasCache,
      seconds: value.seconds, low: interval?.low, high: interval?.high,
      instructions: value.instructions,
      instructionsEstimated: value.instructionSource != .counted, flashBytes: value.flashBytes,
      caveats: value.caveats, reasons: reasons.orNil)
  }
}
