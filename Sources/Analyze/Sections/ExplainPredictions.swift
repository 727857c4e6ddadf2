import Core
import Ingest
import MachineModel
import Notebook
import Performance
import Reference
import Statistics
import Support

/// What models would take in other circumstances.
enum ExplainPredictions {
  static func blocks(_ analysis: Analysis) -> [Block] {
    let asked = analysis.options.scenarios
    let rows = analysis.askedPredictions
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
    return
      "The operators of \(listed(unknown)) are not known; known are \(listed(known.uniqued())). A .tflite file is "
      + "read with --models."
  }

  private static func table(_ analysis: Analysis, _ rows: [AskedPrediction]) -> Table {
    Table(
      columns: [
        .init(["model"]), .init(["dtype"]), .init(["weights"]), .init(["setting"], priority: 2),
        .init(["predicted"], unit: "ms"), .init(["by account"], unit: "ms", priority: 1),
        .interval(unit: "ms", priority: 1),
        .init(["waiting"], unit: "%"), .init(["against int8 reference"], priority: 1),
        .init(["instructions"], priority: 3),
      ],
      rows: rows.map { row in
        let fixed: [Table.Cell] = [
          .text(ModelName.words(row.cost.model)), .text("\(row.cost.dtype)"),
          .text(row.scenario.weights.words), .text(setting(row.scenario)),
        ]
        switch row.outcome {
        case .missing(let reason):
          return .init(fixed + Array(repeating: .missing(reason: reason), count: 6))
        case .known(let value): return .init(fixed + cells(value, analysis))
        }
      },
      caption: [
        .text(
          "Predicted times of one inference; no board was used. By account: from the least to the most that the "
            + "accounts say which fit the published times; the interval spans theirs")
      ])
  }

  private static func cells(_ value: ModelPrediction, _ analysis: Analysis) -> [Table.Cell] {
    let waiting = value.parts.waiting / value.parts.total * 100
    return [
      predicted(value), span(value), Cells.interval(value.interval.map { $0.scaled(by: 1e3) }),
      .number(Format.fixed(waiting, places: 0), sortValue: waiting), ratio(value, analysis),
      .text(value.instructionSource == .counted ? "counted" : "estimated"),
    ]
  }

  private static func ratio(_ value: ModelPrediction, _ analysis: Analysis) -> Table.Cell {
    let reference = analysis.selection.references.first {
      $0.model == value.model && $0.dtype == .int8 && $0.seconds.value != nil
    }?.seconds.value?.value
    guard let reference else {
      return .missing(
        reason: analysis.selection.references.isEmpty
          ? "there is no reference" : "the reference has no int8 result for this model")
    }
    let ratio = value.seconds / reference
    return .number((value.isLowerBound ? "≥ " : "") + Format.ratio(ratio), sortValue: ratio)
  }

  private static func predicted(_ value: ModelPrediction) -> Table.Cell {
    let milliseconds = Format.significant(value.seconds * 1e3, digits: 3)
    return .number(
      (value.isLowerBound ? "≥ " : "") + milliseconds, sortValue: value.seconds * 1e3)
  }

  private static func span(_ value: ModelPrediction) -> Table.Cell {
    guard !value.others.isEmpty else { return .missing(reason: "no other account fits the times") }
    let span = value.span
    return .number(
      Format.range(span.lowerBound * 1e3, span.upperBound * 1e3), sortValue: span.upperBound * 1e3)
  }

  private static func setting(_ scenario: Scenario) -> String {
    let words = scenario.words.split(separator: ",").dropFirst(2).joined(separator: ",")
    let text = words.isEmpty ? "" : words.trimmingPrefix(" ").description
    return scenario.flash == nil && scenario.cores == 1 && scenario.hasCache
      ? (text.isEmpty ? "as after boot" : text + ", as after boot") : text
  }
}
