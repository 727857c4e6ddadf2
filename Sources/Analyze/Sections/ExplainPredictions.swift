import Ingest
import Notebook
import Performance
import Reference
import Statistics
import Support

/// What models would take in other circumstances.
enum ExplainPredictions {
  /// Both dtypes from both places, unless something was asked for.
  private static let usual = [
    Scenario(dtype: "int8", weights: "flash"), Scenario(dtype: "int8", weights: "sram"),
    Scenario(dtype: "fp32", weights: "flash"), Scenario(dtype: "fp32", weights: "sram"),
  ]

  static func blocks(
    _ analysis: Analysis, _ model: MachineModel, _ asked: [Scenario]
  ) -> [Block] {
    var rows: [(cost: ModelCost, scenario: Scenario, outcome: Outcome<ModelPrediction>)] = []
    for (cost, scenario) in pairs(analysis, asked) {
      rows.append((cost, scenario, model.predict(cost, scenario)))
    }
    guard !rows.isEmpty else {
      return asked.isEmpty ? [] : [paragraph(nothing(analysis, asked))]
    }
    var blocks: [Block] = [.table(table(analysis, rows))]
    var caveats: [String] = []
    for row in rows {
      for caveat in row.outcome.value?.caveats ?? [] where !caveats.contains(caveat) {
        caveats.append(caveat)
      }
    }
    if !caveats.isEmpty {
      blocks.append(paragraph("Predicted, no board was used: \(caveats.joined(separator: "; "))."))
    }
    return blocks
  }

  private static func nothing(_ analysis: Analysis, _ asked: [Scenario]) -> String {
    let known = analysis.reference.costs.map(\.model)
    let unknown = asked.compactMap(\.model).filter { !known.contains($0) }
    guard !unknown.isEmpty else { return "No model of the logs is of the dtype to predict." }
    var names: [String] = []
    for name in known where !names.contains(name) { names.append(name) }
    return
      "The operators of \(listed(unknown)) are not known; known are \(listed(names)). A .tflite file is "
      + "read with --models."
  }

  /// The clock that all runs on the machine share; nil for its own.
  private static func clock(_ analysis: Analysis) -> Double? {
    let mcu = analysis.machineModel.value?.machine.mcu
    let clocks = Set(analysis.runs.filter { $0.mcu == mcu }.compactMap(\.clockHz))
    return clocks.count == 1 ? clocks.first : nil
  }

  /// Every known model in every scenario that it is of the dtype of; what logs name comes first.
  static func pairs(
    _ analysis: Analysis, _ asked: [Scenario]
  ) -> [(cost: ModelCost, scenario: Scenario)] {
    let clock = clock(analysis)
    var scenarios: [Scenario] = []
    for var scenario in asked.isEmpty ? usual : asked {
      scenario.clockHz = scenario.clockHz ?? clock
      if !scenarios.contains(scenario) { scenarios.append(scenario) }
    }
    let named = Set(analysis.runs.compactMap(\.model))
    if named.isEmpty, analysis.filteredOut > 0 { scenarios.removeAll { $0.model == nil } }
    var result: [(cost: ModelCost, scenario: Scenario)] = []
    let costs = analysis.reference.costs.enumerated().sorted {
      (ModelOrder.rank($0.element.model), $0.offset) < (
        ModelOrder.rank($1.element.model), $1.offset
      )
    }.map(\.element)
    for cost in costs {
      for scenario in scenarios where scenario.dtype == cost.dtype {
        if let wanted = scenario.model {
          guard wanted == cost.model else { continue }
        } else if !named.isEmpty, !named.contains(cost.model) {
          continue
        }
        result.append((cost, scenario))
      }
    }
    return result
  }

  private static func table(
    _ analysis: Analysis,
    _ rows: [(cost: ModelCost, scenario: Scenario, outcome: Outcome<ModelPrediction>)]
  ) -> Table {
    Table(
      columns: [
        .init(["model"]), .init(["dtype"]), .init(["weights"]), .init(["setting"], priority: 2),
        .init(["predicted"], unit: "ms"), .init(["interval"], unit: "ms", priority: 1),
        .init(["waiting"], unit: "%"), .init(["against int8 reference"], priority: 1),
        .init(["instructions"], priority: 3),
      ],
      rows: rows.map { row in
        let fixed: [Table.Cell] = [
          .text(ModelName.words(row.cost.model)), .text(row.cost.dtype),
          .text(ExplainSection.placeWords(row.scenario.weights)), .text(setting(row.scenario)),
        ]
        switch row.outcome {
        case .missing(let reason):
          return .init(fixed + Array(repeating: .missing(reason: reason), count: 5))
        case .known(let value):
          let reference = analysis.references.first {
            $0.model == row.cost.model && $0.dtype == "int8" && $0.seconds.value != nil
          }?.seconds.value?.value
          return .init(
            fixed + [
              ExplainSection.milliseconds(value.seconds, digits: 3),
              Cells.interval(value.interval.map { $0.scaled(by: 1e3) }),
              .text(
                Format.fixed(value.parts.waiting / value.parts.total * 100, places: 0),
                sortValue: value.parts.waiting / value.parts.total * 100),
              reference.map {
                .text(Format.ratio(value.seconds / $0), sortValue: value.seconds / $0)
              }
                ?? .missing(
                  reason: analysis.references.isEmpty
                    ? "there is no reference" : "the reference has no int8 result for this model"),
              .text(
                value.instructionSource == .counted ? "counted" : "estimated"),
            ])
        }
      }, caption: ["Predicted times of one inference; no board was used"])
  }

  private static func setting(_ scenario: Scenario) -> String {
    let words = scenario.words.split(separator: ",").dropFirst(2).joined(separator: ",")
    let text = words.isEmpty ? "" : words.trimmingPrefix(" ").description
    return scenario.flash == nil && scenario.cores == 1 && scenario.hasCache
      ? (text.isEmpty ? "as after boot" : text + ", as after boot") : text
  }
}
