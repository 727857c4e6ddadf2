// Cycles of a model on a machine: reads of each kernel, fills of the flash cache, instructions,
// the fit to published times, predictions. Knows nothing of logs and figures.

import Core
import Reference
import Statistics
import Support

/// What to predict: a model in a dtype, its weights somewhere, on the board as it may be set up.
public struct Scenario: Sendable, Equatable {
  /// Model id; nil for every model that is known.
  public var model: String?
  /// `int8` or `fp32`.
  public var dtype: Dtype
  /// Where its weights are.
  public var weights: WeightsPlace
  /// CPU clock, Hz; nil for the board's own.
  public var clockHz: Double?
  /// Id of the flash mode; nil for the one after boot.
  public var flash: String?
  /// Cores that share the work.
  public var cores: Int
  /// Whether the cache in front of flash is on.
  public var hasCache: Bool

  /// A scenario; int8 from flash on one core unless said otherwise.
  public init(
    model: String? = nil, dtype: Dtype = .int8, weights: WeightsPlace = .flash,
    clockHz: Double? = nil, flash: String? = nil, cores: Int = 1, hasCache: Bool = true
  ) {
    self.model = model
    self.dtype = dtype
    self.weights = weights
    self.clockHz = clockHz
    self.flash = flash
    self.cores = cores
    self.hasCache = hasCache
  }

  /// "int8, weights in flash, 150 MHz".
  public var words: String {
    var parts = ["\(dtype)", "weights in \(weights.words)"]
    if let clockHz { parts.append(Format.clock(clockHz)) }
    if let flash { parts.append("flash \(flash)") }
    if cores > 1 { parts.append("\(cores) cores") }
    if !hasCache { parts.append("cache off") }
    return parts.joined(separator: ", ")
  }
}

/// Where the number of instructions of a prediction comes from.
public enum InstructionSource: Sendable, Equatable {
  /// Counted by an emulator.
  case counted
  /// Estimated from the costs of kernels; the largest relative error these have where they were fitted.
  case estimated(worst: Double)
}

/// A time that no board was used for.
public struct ModelPrediction: Sendable {
  /// What was predicted.
  public var scenario: Scenario
  /// Model id.
  public var model: String
  /// Clock that it holds for, Hz.
  public var clockHz: Double
  /// Cycles by cause.
  public var parts: CycleParts
  /// Time of one inference, s.
  public var seconds: Double
  /// Where one new measurement would lie, s; missing where the data give none.
  public var interval: Outcome<Interval>
  /// Instructions of one inference, and how they are known.
  public var instructions: Double
  /// How the number of instructions is known.
  public var instructionSource: InstructionSource
  /// Bytes fetched from flash in one inference.
  public var flashBytes: Double
  /// What the prediction rests on beside the fit, in sentences.
  public var caveats: [String]
}

extension ModelPrediction: FieldsEncodable {
  /// What was predicted and what it rests on.
  public var fields: Fields {
    [
      "model": model, "dtype": scenario.dtype, "weights": scenario.weights, "clock_hz": clockHz,
      "flash": scenario.flash, "cores": scenario.cores, "cache": scenario.hasCache,
      "origin": Origin.predicted, "seconds": seconds,
      "instructions": instructions, "instructions_estimated": instructionSource != .counted,
      "flash_bytes": flashBytes, "caveats": caveats,
    ] + interval.fields
  }
}

extension MachineModel {
  /// Predicts one model.
  public func predict(_ cost: ModelCost, _ scenario: Scenario) -> Outcome<ModelPrediction> {
    guard let clock = scenario.clockHz ?? machine.clockHz else {
      return .missing(reason: "no clock is given")
    }
    guard let mode = scenario.flash.map({ machine.flashMode($0) }) ?? mode else {
      let modes = machine.flashModes.map(\.id).joined(separator: ", ")
      return .missing(
        reason: "flash mode '\(scenario.flash ?? "")' is not described; known are \(modes)")
    }
    if scenario.weights == .sram, let sram = machine.sramBytes, cost.weightBytes > sram {
      return .missing(
        reason: "\(Format.grouped(cost.weightBytes)) bytes of weights do not fit "
          + "\(Format.grouped(UInt64(sram))) bytes of SRAM")
    }
    guard let instructions = instructions(of: cost) else {
      return .missing(reason: "the instructions of some of its operators are not known")
    }
    let streams = scenario.weights == .flash
    let traffic =
      !streams
      ? LineTraffic()
      : scenario.hasCache
        ? self.traffic(of: cost).total : reads.traffic(of: cost, hasCache: false).total
    let counts = CycleCounts(instructions: instructions.count, traffic: traffic)
    var parts = parts(counts, mode: mode)
    // A read past the cache fetches 4 bytes, half a line.
    if !scenario.hasCache { parts.data -= mode.dataCycles / 2 * traffic.fills }
    parts.instructions /= Double(max(scenario.cores, 1))
    // Whatever another mode costs more or less is known; the interval is that of CPI and L.
    let fittedCycles = parts.instructions + cyclesPerLine.value * traffic.fills
    let interval = fit.interval(
      row: [counts.instructions / Double(max(scenario.cores, 1)), counts.traffic.fills],
      offset: parts.total - fittedCycles, level: level
    ).map { interval in
      guard case .estimated(let worst) = instructions.source else {
        return interval.scaled(by: 1 / clock)
      }
      // The count itself may be off by as much as the kernels' costs are where they were fitted.
      let reach = worst * parts.instructions
      return Interval(
        low: max(interval.low - reach, 0) / clock, high: (interval.high + reach) / clock,
        kind: .model, method: interval.method + ", instructions estimated")
    }
    return .known(
      ModelPrediction(
        scenario: scenario, model: cost.model, clockHz: clock, parts: parts,
        seconds: parts.total / clock, interval: interval, instructions: instructions.count,
        instructionSource: instructions.source,
        flashBytes: traffic.fills * Double(scenario.hasCache ? machine.cache?.lineBytes ?? 8 : 4),
        caveats: caveats(scenario, streams: streams, instructions.source, cost)))
  }

  /// Confidence that intervals are made for.
  package var level: Double {
    cyclesPerInstruction.interval.value?.level ?? 0.95
  }

  private func caveats(
    _ scenario: Scenario, streams: Bool, _ source: InstructionSource, _ cost: ModelCost
  ) -> [String] {
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
    if scenario.flash.map({ $0 != mode.id }) ?? false, streams {
      result.append("the flash mode differs from the one of the published runs")
    }
    if scenario.cores > 1 {
      result.append(
        "\(scenario.cores) cores are the best case: instructions divide evenly, waits for flash do not; "
          + "no published run used more than one")
    }
    if !scenario.hasCache {
      result.append(
        "without the cache every read of 4 bytes is one of flash; code must run from SRAM")
    }
    return result
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
