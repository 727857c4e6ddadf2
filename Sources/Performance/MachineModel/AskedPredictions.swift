import Core
import MachineModel
import Reference
import Support

/// What a model would take in a scenario, as far as the machine model can say.
public struct AskedPrediction: Sendable {
  /// What the model costs.
  public var cost: ModelCost
  /// The circumstances.
  public var scenario: Scenario
  /// The prediction, or why there is none.
  public var outcome: Outcome<ModelPrediction>
}

extension Analysis {
  /// Both dtypes from both places, unless something was asked for.
  private static let usualScenarios = [
    Scenario(dtype: .int8, weights: .flash), Scenario(dtype: .int8, weights: .sram),
    Scenario(dtype: .fp32, weights: .flash), Scenario(dtype: .fp32, weights: .sram),
  ]

  /// Every known model in every scenario that it is of the dtype of; of the models that the logs name, where
  /// they name any.
  public var askedPredictions: [AskedPrediction] {
    guard let machineModel = machine.model.value else { return [] }
    // The clock that all runs on the machine share; nil for its own.
    let clocks = Set(
      selection.runs.filter { $0.mcu == machineModel.machine.mcu }.compactMap(\.clockHz))
    let clock = clocks.count == 1 ? clocks.first : nil
    var scenarios: [Scenario] = []
    for var scenario in options.scenarios.isEmpty ? Self.usualScenarios : options.scenarios {
      scenario.clockHz = scenario.clockHz ?? clock
      if !scenarios.contains(scenario) { scenarios.append(scenario) }
    }
    let named = Set(selection.runs.compactMap(\.model))
    if named.isEmpty, selection.filteredOut > 0 { scenarios.removeAll { $0.model == nil } }
    return ModelOrder.sorted(reference.costs, by: \.model).flatMap { cost in
      scenarios.filter { scenario in
        scenario.dtype == cost.dtype
          && (scenario.model.map { $0 == cost.model }
            ?? (named.isEmpty || named.contains(cost.model)))
      }.map { scenario in
        AskedPrediction(
          cost: cost, scenario: scenario, outcome: machineModel.predict(cost, scenario))
      }
    }
  }

  /// The machine model, what it says of the runs, and what it predicts.
  public var explainFields: Fields {
    let model = machine.model.value
    let cpi = model?.cyclesPerInstruction.interval.value
    let line = model?.cyclesPerLine.interval.value
    let clock = model?.machine.clockHz
    let roof = model?.machine.memoryRoof("flash")?.bytesPerCycle
    return [
      "cpi": machine.model.map(\.cyclesPerInstruction.value), "cpi_low": cpi?.low,
      "cpi_high": cpi?.high, "cpi_interval": cpi, "cycles_per_line": model?.cyclesPerLine.value,
      "cycles_per_line_low": line?.low, "cycles_per_line_high": line?.high,
      "cycles_per_line_interval": line,
      "cycles_per_new_transfer": model?.mode.setupCycles,
      "bandwidth": clock.flatMap { model?.sequentialBandwidth(clockHz: $0).value },
      "bandwidth_roof": clock.flatMap { clock in roof.map { $0 * clock } }, "loss": model?.loss,
      "confidence": cpi?.level,
      "leave_one_out": (model?.points ?? []).compactMap { point -> Fields? in
        point.heldOutError.map {
          ["run": point.run.id, "error": $0, "selected": point.selected]
        }
      },
      "accounts": model?.accounts ?? [],
      "points": machine.explanations, "predictions": askedPredictions.compactMap(\.outcome.value),
      "not_explained": Dictionary(
        machine.unexplained.map { ($0.run, $0.reason) }, uniquingKeysWith: { first, _ in first }),
    ]
  }
}
