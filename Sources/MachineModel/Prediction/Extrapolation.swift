import Core
import Reference
import Support

// What the machine model refuses, and what it says beside a prediction.

extension MachineModel {
  /// What is known of two cores.
  static let twoCores =
    "instructions divide evenly at best, waits for flash do not divide; on RP2040 the second core brought "
    + "1.40 times for int8 person_detect (benchmark_results.txt of pico-tflmicro), not 2"

  /// Why nothing is predicted; nil where something is.
  func refusal(_ cost: ModelCost, _ scenario: Scenario) -> String? {
    guard let mode = scenario.flash.map({ machine.flashMode($0) }) ?? mode else {
      let modes = machine.flashModes.map(\.id).joined(separator: ", ")
      return "flash mode '\(scenario.flash ?? "")' is not described; known are \(modes)"
    }
    if let clock = scenario.clockHz ?? machine.clockHz, let rated = mode.ratedHz,
      clock / mode.divider > rated
    {
      return "the flash clock would be \(Format.clock(clock / mode.divider)) in mode \(mode.id); "
        + "the flash is rated for \(Format.clock(rated))"
    }
    if scenario.weights != .flash, scenario.weights != .sram {
      return "weights in \(scenario.weights.words) are not modelled"
    }
    if scenario.weights == .flash, cost.weightBytes > WeightReader.mappedBytes {
      return
        "\(Format.grouped(cost.weightBytes)) bytes of weights exceed the flash that can be mapped"
    }
    return sramShortage(cost, scenario) ?? cost.unmodelled
  }

  /// Why the weights and the arena do not fit SRAM together; nil where they do.
  private func sramShortage(_ cost: ModelCost, _ scenario: Scenario) -> String? {
    guard scenario.weights == .sram, let sram = machine.sramBytes else { return nil }
    let whole = "\(Format.grouped(UInt64(sram))) bytes of SRAM"
    let weights = "\(Format.grouped(cost.weightBytes)) bytes of weights"
    if cost.weightBytes > sram { return "\(weights) do not fit \(whole)" }
    guard let arena = cost.arenaBytes, cost.weightBytes + arena > sram else { return nil }
    return "\(weights) and \(Format.grouped(arena)) bytes of arena do not fit \(whole) together"
  }

  /// What the prediction rests on beside the fit, in sentences.
  func caveats(_ cost: ModelCost, _ scenario: Scenario, _ source: InstructionSource) -> [String] {
    let streams = scenario.weights == .flash
    var result: [String] = []
    if case .estimated(let worst) = source {
      result.append(
        "instructions are estimated from the costs of kernels, which are up to "
          + "\(Format.percent(worst)) off where they were fitted")
    }
    if streams, cost.dtype == .int8 {
      result.append(
        "no run of an int8 model whose weights exceed the cache was published; the order in which "
          + "CMSIS-NN reads them is taken from its source")
    }
    if let clock = scenario.clockHz, let rated = machine.ratedClockHz, clock > rated {
      result.append(
        "\(Format.clock(clock)) is beyond the \(Format.clock(rated)) that the part is rated for: all "
          + "published runs kept to that, so this is an extrapolation")
    }
    if scenario.flash.map({ $0 != mode.id }) ?? false, streams {
      result.append(
        "the flash mode differs from the one of the published runs: an extrapolation by the clocks of "
          + "the modes alone")
    }
    if scenario.cores > 1 {
      result.append("\(scenario.cores) cores are the best case, a lower bound: \(Self.twoCores)")
    }
    if !scenario.hasCache {
      result.append(
        "without the cache every read of 4 bytes is one of flash; code must run from SRAM")
    }
    if !streams, cost.arenaBytes == nil {
      result.append("the arena is not known, so whether it fits SRAM beside the weights is open")
    }
    return result
  }
}
