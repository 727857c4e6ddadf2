import Core
import MachineModel
import Models
import Reference
import Statistics
import Support

extension MachineModel {
  /// Sweeps of synthetic operators: convolutions and matrices, int8 and fp32, from flash and from SRAM.
  /// No board is used.
  ///
  /// The operators of a sweep make one model, so between two turns of one of them the others read many
  /// times the cache. A benchmark that runs one small operator in a loop would find all of it there.
  ///
  /// - Parameter flash: id of the flash mode; nil for the one after boot.
  /// - Returns: missing when the machine does not describe that mode or has no cache.
  func predictedSweeps(flash: String? = nil) -> Outcome<[Sweep]> {
    guard let cache = machine.cache else {
      return .missing(reason: "\(machine.short) has no cache in front of flash")
    }
    guard let mode = flash.map({ machine.flashMode($0) }) ?? mode else {
      let modes = machine.flashModes.map(\.id).joined(separator: ", ")
      return .missing(
        reason: "flash mode '\(flash ?? "")' is not described; known are \(modes)")
    }
    let operators: [SyntheticOperator] = [.general, .pointwise, .matrix]
    return .known(
      operators.flatMap { one in
        [Dtype.int8, .fp32].flatMap { dtype in
          [WeightsPlace.flash, .sram].map { weights in
            PredictedSweep(
              operation: one, dtype: dtype, weights: weights, mode: mode, cache: cache,
              model: self
            ).sweep
          }
        }
      })
  }
}

/// Predicts one sweep.
private struct PredictedSweep {
  let operation: SyntheticOperator
  let dtype: Dtype
  let weights: WeightsPlace
  let mode: FlashMode
  let cache: CacheDescription
  let model: MachineModel

  var sweep: Sweep {
    let key = SweepKey(
      board: model.machine.id, boardWords: model.machine.short, kind: operation.kind,
      filter: operation.filterWords, dtype: dtype, weights: weights, origin: .predicted,
      setup: "tflm, 1 core", flash: weights == .flash ? mode.id : nil)
    let outputs = operation.outputs(dtype: dtype, cacheBytes: cache.bytes)
    let whole = ModelCost(
      model: "synthetic", dtype: dtype,
      operators: outputs.enumerated().map { i, count in
        operation.cost(outputs: count, dtype: dtype, index: i)
      }, source: "synthetic")
    let traffic =
      weights == .flash
      ? model.reads.traffic(of: whole) : whole.operators.map { _ in LineTraffic() }
    let points = zip(outputs, zip(whole.operators, traffic)).compactMap { point($0, $1.0, $1.1) }
    let remarks = remarks(whole)
    return Sweep(key: key, points: points, remarks: remarks)
  }

  private func remarks(_ whole: ModelCost) -> [String] {
    let growth =
      "\(operation.words), more and more of them, so that the work per MAC hardly changes"
    guard weights == .flash else { return [growth] }
    let tens = Int((Double(whole.weightBytes) / 10_240).rounded())
    return [
      growth,
      "the operators of a sweep make one model with about \(tens * 10) KiB of weights, so in each "
        + "inference each weight is fetched from flash at least once",
    ]
  }

  private func point(
    _ outputs: Int, _ cost: OperatorCost, _ traffic: LineTraffic
  ) -> SweepPoint? {
    guard let instructions = model.reads.kernels.instructions(cost, dtype: dtype) else {
      return nil
    }
    let counts = CycleCounts(instructions: instructions, traffic: traffic)
    let parts = model.parts(counts, mode: mode)
    let macs = Double(cost.macs)
    let interval = model.interval(of: counts, total: parts.total)
    let isCounted = traffic.fills > 0
    return SweepPoint(
      weightBytes: Double(cost.weightBytes), cyclesPerMAC: parts.total / macs,
      interval: interval.map { $0.scaled(by: 1 / macs) },
      instructionCycles: .known(parts.instructions / macs),
      fetches: isCounted
        ? traffic.fills * Double(cache.lineBytes) / Double(cost.weightBytes) : nil,
      scattered: isCounted ? traffic.newTransfers / traffic.fills : nil,
      run: operation.words(outputs: outputs))
  }
}
