import MachineModel
import Reference
import Statistics
import Support

/// Why a model takes the cycles it takes on RP2350:
///
///     cycles = CPI x instructions + L x line fills + 60 x new transfers + 9 x transfers cut short
///
/// CPI and L are fitted to the published times by least squares of the relative error; the rest is
/// counted: instructions by an emulator, fills and transfers by a simulation of the XIP cache over the
/// reads of each kernel. 60 and 9 are serial clocks and the pause between transfers (data sheet).
/// L holds the 48 cycles of a line's data and what the cache adds to them.
public struct MachineModel: Sendable {
  /// The board.
  public var machine: Machine
  /// The flash mode it was fitted in, the one after boot.
  public var mode: FlashMode
  /// Cycles per instruction.
  public var cyclesPerInstruction: Estimate
  /// Cycles per line fill, L.
  public var cyclesPerLine: Estimate
  /// The runs that it was fitted to, with what it says of them.
  public var points: [MachineModelPoint]
  /// What the fit made small, in words.
  public var loss: String
  /// What the simulation took into account.
  public var variant: MachineModelVariant

  let fit: OffsetFit
  let reads: FlashReads
  let reference: ReferenceData

  /// Fitted to `runs`; missing when they do not give it.
  static func fit(
    _ runs: [AnalysedRun], board: String, cost: InstructionCost?, reference: ReferenceData,
    variant: MachineModelVariant = .standard, loss: FitLoss = .robust, confidence: Double
  ) -> Outcome<MachineModel> {
    guard let machine = reference.machine(board), let mode = machine.flashModes.first,
      machine.cache?.geometry != nil
    else { return .missing(reason: "the board's flash and cache are not described") }
    guard let cost else {
      return .missing(reason: "no published run gives the cost of an instruction")
    }
    let reads = FlashReads(
      machine: machine, kernels: KernelCosts(reference),
      cyclesPerInstruction: cost.estimate, variant: variant)
    var counted: [(run: AnalysedRun, counts: CycleCounts)] = []
    for run in runs where run.mcu == machine.mcu && run.isModelled {
      guard let model = run.model, let dtype = run.dtype, let weights = run.weights,
        let instructions = reference.instructions(model: model, dtype: dtype),
        let cost = reference.cost(model: model, dtype: dtype)
      else { continue }
      var traffic = LineTraffic()
      if weights == "flash" {
        traffic = reads.traffic(of: cost).total
      }
      counted.append((run, CycleCounts(instructions: Double(instructions), traffic: traffic)))
    }
    let fitted = OffsetFit.fit(
      counted.map { point in
        OffsetFit.Point(
          row: point.counts.row, offset: point.counts.fixedCycles(mode, reads.deselectCycles),
          value: point.run.cycles.value?.value ?? .nan)
      }, loss: loss)
    return fitted.flatMap { fit in
      let estimates = fit.fit.estimates(level: confidence)
      guard estimates.count == 2 else { return .missing(reason: "the fit has no two coefficients") }
      var model = MachineModel(
        machine: machine, mode: mode, cyclesPerInstruction: estimates[0],
        cyclesPerLine: estimates[1], points: [], loss: fit.loss.wording, variant: variant, fit: fit,
        reads: reads, reference: reference)
      let heldOut = fit.heldOut()
      model.points = zip(counted.indices, counted).map { i, point in
        MachineModelPoint(
          run: point.run.id, model: point.run.model ?? "", dtype: point.run.dtype ?? "",
          weights: point.run.weights ?? "", clockHz: point.run.clockHz ?? 0,
          measuredCycles: point.run.cycles.value?.value ?? .nan,
          parts: model.parts(point.counts, mode: mode), heldOutCycles: heldOut[i])
      }
      return .known(model)
    }
  }

  /// Cycles of a run by cause.
  func parts(_ counts: CycleCounts, mode: FlashMode) -> CycleParts {
    // What a line costs beside its data is the cache's, whatever the mode of the flash.
    let extra = cyclesPerLine.value - self.mode.dataCycles
    return CycleParts(
      instructions: cyclesPerInstruction.value * counts.instructions,
      data: (mode.dataCycles + extra) * counts.traffic.fills,
      transfers: mode.setupCycles * counts.traffic.newTransfers
        + reads.deselectCycles * counts.traffic.cutTransfers)
  }

  /// Line fills of each operator of a model with its weights in flash.
  public func traffic(of cost: ModelCost) -> [LineTraffic] {
    reads.traffic(of: cost)
  }

  /// Bytes per second that a sequential stream reaches at a clock, by the fitted L.
  public func sequentialBandwidth(clockHz: Double) -> Estimate {
    let line = Double(machine.cache?.lineBytes ?? 8)
    let value = line * clockHz / cyclesPerLine.value
    return Estimate(
      value: value,
      interval: cyclesPerLine.interval.map {
        Interval(
          low: line * clockHz / $0.high, high: line * clockHz / $0.low, level: $0.level,
          method: $0.method)
      })
  }

  /// Root of the mean square of the leave-one-out errors (PRESS); nil where a refit failed.
  public var heldOutRootMeanSquare: Double? {
    let errors = points.compactMap(\.heldOutError)
    guard errors.count == points.count, !errors.isEmpty else { return nil }
    return (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
  }

  /// Relative errors of leave-one-out: the largest and the median; nil where a refit failed.
  public var heldOutErrors: (worst: Double, median: Double)? {
    let errors = points.compactMap(\.heldOutError).map(abs).sorted()
    guard errors.count == points.count, let worst = errors.last else { return nil }
    let middle = errors.count / 2
    let median = errors.count % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2
    return (worst, median)
  }
}

/// What one inference needs, as counted.
struct CycleCounts: Sendable {
  var instructions: Double
  var traffic: LineTraffic

  /// The row of the fit: what CPI and L are multiplied with.
  var row: [Double] { [instructions, traffic.fills] }
  /// Cycles that are known without a fit.
  func fixedCycles(_ mode: FlashMode, _ deselect: Double) -> Double {
    mode.setupCycles * traffic.newTransfers + deselect * traffic.cutTransfers
  }
}

/// Predicted cycles by cause.
public struct CycleParts: Sendable, Equatable {
  /// Spent on instructions.
  public var instructions: Double
  /// Spent waiting for the data of lines.
  public var data: Double
  /// Spent waiting for transfers to begin.
  public var transfers: Double

  /// All of them.
  public var total: Double { instructions + data + transfers }
  /// Spent waiting for flash.
  public var waiting: Double { data + transfers }
}

/// One run that the model was fitted to.
public struct MachineModelPoint: Sendable {
  /// Id of the run.
  public var run: String
  /// Model id, dtype and placement.
  public var model, dtype, weights: String
  /// CPU clock, Hz.
  public var clockHz: Double
  /// What it took.
  public var measuredCycles: Double
  /// What the model says, by cause.
  public var parts: CycleParts
  /// What the model says when it is fitted without this run; nil where that fails.
  public var heldOutCycles: Double?

  /// (predicted - measured) / measured.
  public var error: Double { parts.total / measuredCycles - 1 }
  /// The same without this run in the fit.
  public var heldOutError: Double? { heldOutCycles.map { $0 / measuredCycles - 1 } }
}

extension AnalysedRun {
  /// Whether the counts of the tables hold for this run: TFLM with CMSIS-NN at -O3, one core, the flash
  /// mode after boot, and a whole inference that was timed.
  var isModelled: Bool {
    guard cycles.value != nil, hasDefaultFlash, runtime == nil || runtime == "tflm" else {
      return false
    }
    if let cores = configuration.number(.cores), cores > 1 { return false }
    if let code = configuration.text(.code), code != "flash" { return false }
    return LabelCheck.hasKnownKernels(self)
  }
}
