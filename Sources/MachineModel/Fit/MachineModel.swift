import Core
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
  /// Cycles more of a fill that begins a new transfer.
  public var cyclesPerNewTransfer: Estimate
  /// The runs that it was fitted to, with what it says of them.
  public var points: [MachineModelPoint]
  /// What the fit made small, in words.
  public var loss: String
  /// What the simulation took into account.
  public var variant: MachineModelVariant
  /// Other accounts of the same times, and whether they fit these too.
  public internal(set) var accounts: [OtherAccount] = []

  let account: FlashAccount
  package let fit: OffsetFit
  package let reads: FlashReads
  package let reference: ReferenceData

  /// Fitted to `runs`, which are of one MCU; missing when they do not give it.
  ///
  /// - Parameter cyclesPerInstruction: what the work between reads is timed with in the simulation.
  package static func fit(
    _ runs: [MeasuredRun], board: String, cyclesPerInstruction: Double?, reference: ReferenceData,
    account: FlashAccount = .chosen, loss: FitLoss = .robust, confidence: Double
  ) -> Outcome<MachineModel> {
    guard let machine = reference.machine(board), let usual = machine.flashModes.first,
      machine.cache?.geometry != nil
    else { return .missing(reason: "the board's flash and cache are not described") }
    guard let cyclesPerInstruction else {
      return .missing(reason: "no published run gives the cost of an instruction")
    }
    let mode = account.divider.map(usual.at(divider:)) ?? usual
    let reads = FlashReads(
      machine: machine, kernels: KernelCosts(reference),
      cyclesPerInstruction: cyclesPerInstruction, variant: account.variant)
    let counted = runs.compactMap { run -> (run: MeasuredRun, counts: CycleCounts)? in
      guard let instructions = reference.instructions(model: run.model, dtype: run.dtype),
        let cost = reference.cost(model: run.model, dtype: run.dtype)
      else { return nil }
      let traffic = run.weights == .flash ? reads.traffic(of: cost).total : LineTraffic()
      return (run, CycleCounts(instructions: Double(instructions), traffic: traffic))
    }
    let fitted = OffsetFit.fit(
      counted.map { point in
        OffsetFit.Point(
          row: [point.counts.instructions] + account.columns(point.counts.traffic),
          offset: account.knownCycles(point.counts.traffic, mode, reads.deselectCycles),
          value: point.run.cycles)
      }, loss: loss)
    return fitted.flatMap { fit in
      var estimates = fit.fit.estimates(level: confidence)[...]
      guard let perInstruction = estimates.popFirst() else {
        return .missing(reason: "the fit has no coefficients")
      }
      func known(_ cycles: Double) -> Estimate {
        Estimate(value: cycles, interval: .missing(reason: "it is not fitted"))
      }
      let line = account.fitsLine ? estimates.popFirst() : nil
      let transfer = account.fitsTransfer ? estimates.popFirst() : nil
      var model = MachineModel(
        machine: machine, mode: mode, cyclesPerInstruction: perInstruction,
        cyclesPerLine: line ?? known(mode.dataCycles),
        cyclesPerNewTransfer: transfer ?? known(mode.setupCycles), points: [],
        loss: fit.loss.wording, variant: account.variant, account: account, fit: fit, reads: reads,
        reference: reference)
      model.points = zip(counted, fit.heldOut()).map { point, heldOut in
        MachineModelPoint(
          run: point.run, parts: model.parts(point.counts, mode: mode), heldOutCycles: heldOut)
      }
      return .known(model)
    }
  }

  /// Cycles of a run by cause.
  package func parts(_ counts: CycleCounts, mode: FlashMode) -> CycleParts {
    // What a line or a new transfer costs beside its clocks is the cache's, whatever the mode of the flash.
    let extra = cyclesPerLine.value - self.mode.dataCycles
    let late = cyclesPerNewTransfer.value - self.mode.setupCycles
    return CycleParts(
      instructions: cyclesPerInstruction.value * counts.instructions,
      data: (mode.dataCycles + extra) * counts.traffic.fills,
      transfers: (mode.setupCycles + late) * counts.traffic.newTransfers
        + reads.deselectCycles * counts.traffic.cutTransfers)
  }

  /// Where one new measurement of such a run would lie in this account, cycles; `total` is what it says.
  package func interval(of counts: CycleCounts, total: Double) -> Outcome<Interval> {
    let row = [counts.instructions] + account.columns(counts.traffic)
    let fitted = zip(row, fit.fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    return fit.interval(row: row, offset: total - fitted, level: level)
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
      interval: cyclesPerLine.interval.flatMap { $0.dividing(line * clockHz) })
  }

  /// Root of the mean square of the leave-one-out errors (PRESS); nil where a refit failed.
  var heldOutRootMeanSquare: Double? {
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
