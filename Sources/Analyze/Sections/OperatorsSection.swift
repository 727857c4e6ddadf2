import Core
import Ingest
import Notebook
import Performance
import Statistics
import Support

/// int8 against fp32, then the operators of each run.
enum OperatorsSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    blocks(analysis, analysis.comparison.allPrecision, analysis.selection.runs)
      + tables(analysis.selection.runs)
  }

  /// Many emulated runs are counted; their operators stand in tables of the command alone, and so do those of
  /// timed runs behind the first.
  @Sendable static func brief(_ analysis: Analysis) -> [Block] {
    let rows = analysis.comparison.allPrecision
    guard EmulatedRuns.areMany(analysis) else {
      return blocks(analysis, rows, analysis.selection.runs)
        + firstTables(analysis.selection.runs)
    }
    let counts = rows.filter { $0.ratio.basis == .instructions }
    let timed = analysis.selection.runs.filter { !$0.isEmulated }
    var result: [Block] = []
    if !timed.isEmpty {
      result =
        blocks(analysis, rows.filter { $0.ratio.basis == .time }, timed)
        + firstTables(timed)
    }
    if !counts.isEmpty { result += [paragraph(summedUp(counts))] }
    return result
  }

  /// "On an emulator, int8 takes 0.2 to 0.6 times the instructions of fp32 ..."
  private static func summedUp(_ rows: [PrecisionRatio]) -> String {
    let whole = rows.filter { $0.operatorWords == nil }.map(\.ratio.value)
    let parts = rows.filter { $0.operatorWords != nil }
    var text = ""
    if let low = whole.min(), let high = whole.max() {
      text =
        "By an emulator's counts int8 takes \(EmulatedRuns.range(low...high, digits: 3)) times the "
        + "instructions of fp32 in \(counted(whole.count, "model")). "
    }
    let more = parts.filter { $0.ratio.value > 1 }.count
    return text
      + "\(more) of \(counted(parts.count, "operator")) \(more == 1 ? "takes" : "take") more in "
      + "int8; 'analyze operators' has them all."
  }

  private static func blocks(
    _ analysis: Analysis, _ rows: [PrecisionRatio], _ runs: [AnalysedRun]
  ) -> [Block] {
    var blocks: [Block] = []
    if rows.isEmpty {
      blocks.append(
        paragraph(
          "No model was run in int8 and in fp32 under the same conditions, so the two cannot be compared."
        ))
    } else {
      // Times and an emulator's counts each have a table of their own.
      for basis in [RatioBasis.time, .instructions] {
        let alike = rows.filter { $0.ratio.basis == basis }
        guard !alike.isEmpty else { continue }
        blocks += sentences(alike) + ComparisonFigures.precision(analysis, basis)
        blocks.append(.table(precisionTable(alike, basis)))
      }
    }
    let boards = Set(runs.map(\.boardWords))
    for one in analysis.comparison.unaligned where boards.contains(one.boardWords) {
      blocks.append(
        paragraph(
          "\(one.boardWords), \(ModelName.words(one.model)): only the \(one.dtype) graph has "
            + "\(listed(one.words))."))
    }
    return blocks
  }

  private static func firstTables(_ runs: [AnalysedRun]) -> [Block] {
    let runs = runs.filter { !$0.operators.isEmpty }
    let hidden = runs.count - Table.mostShown
    guard hidden > 0 else { return tables(runs) }
    return tables(runs.prefix(Table.mostShown)) + [
      paragraph(
        "\(counted(hidden, "more run")) \(hidden == 1 ? "has" : "have") operators; "
          + "'analyze operators' lists those of all runs.")
    ]
  }

  private static func tables(_ runs: some Sequence<AnalysedRun>) -> [Block] {
    runs.filter { !$0.operators.isEmpty }.flatMap { operatorTable($0).withoutEmptyColumns() }
  }

  /// Rows said in words; beyond this many the table says it better.
  private static let mostSentences = 12

  private static func sentences(_ rows: [PrecisionRatio]) -> [Block] {
    let parts = rows.filter { $0.operatorWords != nil }
    guard parts.count <= mostSentences else {
      let open = parts.filter { $0.ratio.nullWords() != nil }.count
      let slower = parts.filter { $0.ratio.value > 1 && $0.ratio.nullWords() == nil }.count
      let verb = parts.contains { $0.ratio.basis == .instructions } ? "take more" : "are slower"
      return [
        paragraph(
          "\(slower) of \(parts.count) operators \(verb) in int8"
            + (open > 0 ? ", and \(open) show no difference" : "")
            + "; the table has all of them.")
      ]
    }
    return parts.isEmpty ? [] : [bullets(parts.map(sentence))]
  }

  private static func sentence(_ row: PrecisionRatio) -> String {
    let what = "\(row.boardWords), \(row.operatorWords ?? "") of '\(row.model)'"
    let value = row.ratio.value
    if row.ratio.basis == .instructions {
      return "\(what): int8 takes \(Format.ratio(value)) times the instructions of fp32."
    }
    if let null = row.ratio.nullWords(p: row.adjustedP.value) {
      return "\(what): no difference between int8 and fp32 is shown (\(null))."
    }
    if value > 1 { return "\(what): int8 is \(Format.ratio(value)) times slower than fp32." }
    return "\(what): int8 is \(Format.significant(1 / value, digits: 3)) times faster than fp32 "
      + "(ratio \(Format.ratio(value)))."
  }

  private static func precisionTable(_ rows: [PrecisionRatio], _ basis: RatioBasis) -> Table {
    let unit = basis == .time ? "µs" : nil
    func amount(_ value: Double) -> Table.Cell {
      basis == .time
        ? .number(Format.number(value * 1e6), sortValue: value * 1e6)
        : .number(Format.whole(value), sortValue: value)
    }
    return Table(
      columns: [
        .init(["board"]), .init(["model"]), .init(["operator"]), .init(["int8"], unit: unit),
        .init(["fp32"], unit: unit), .init(["int8/fp32"]),
        // Counts are exact.
      ] + (basis == .time ? [.interval(priority: 2), .init(["p (Holm)"], priority: 3)] : []) + [
        .init(["weights"], priority: 3),
        .init(["origin"], priority: 2),
      ],
      rows: rows.map { row in
        .init(
          [
            .text(row.boardWords), .text(ModelName.words(row.model)),
            .text(row.operatorWords ?? "whole inference"), amount(row.int8),
            amount(row.fp32), .number(Format.ratio(row.ratio.value), sortValue: row.ratio.value),
          ]
            + (basis == .time
              ? [
                Cells.interval(row.ratio.interval),
                Cells.cell(row.adjustedP) { (Format.significant($0, digits: 2), $0) },
              ] : []) + [
              Cells.word(row.weights, missing: "nothing says where the weights are"),
              .text("\(row.origin)"),
            ])
      },
      caption: [
        basis == .time
          ? "int8 against fp32; above 1, int8 is slower"
          : "int8 against fp32, instructions of one inference (emulated); above 1, int8 takes more"
      ])
  }

  /// Amounts in the best unit that the log gives: time, else cycles, instructions or ticks.
  private static func operatorTable(_ run: AnalysedRun) -> Table {
    let best = run.operatorMeasure ?? .time
    let values = run.operators.map { $0.quantity(best).map(\.value) }
    let whole = whole(run, best, values)
    let counted = best == .instructions
    var columns: [Table.Column] = [.init(["operator"]), .init(["time"], unit: "µs")]
    if let title = title(best) { columns.append(.init([.text(title)])) }
    columns += [
      .init(["share"], unit: "%"), .init(["MAC"], priority: 1),
      .init([.text(counted ? "instructions/MAC" : "cycles/MAC")]),
      .init(["weight bytes"], priority: 1), .init(["n"], priority: 3),
    ]
    return Table(
      columns: columns,
      rows: zip(run.operators, values).map { one, value in
        var cells: [Table.Cell] = [
          .text(one.words),
          Cells.cell(one.seconds.map(\.value)) {
            (Format.number($0 * 1e6, digits: 5), $0 * 1e6)
          },
        ]
        if title(best) != nil { cells.append(Cells.cell(value) { (Format.whole($0), $0) }) }
        cells += [
          share(value, of: whole),
          Cells.whole(one.macs, missing: one.costsReason),
          perMAC(one.macs, counted ? one.instructions : one.cycles, one.costsReason),
          Cells.whole(one.weightBytes, missing: one.costsReason),
          Cells.cell(one.quantity(best).map { Double($0.count) }) { (Format.whole($0), $0) },
        ]
        return .init(cells)
      }, caption: [.text(caption(run))])
  }

  private static func caption(_ run: AnalysedRun) -> String {
    if run.isIncomplete { return "Operators of \(run.id), of an incomplete inference" }
    return run.hasSumsOfKinds
      ? "Operators of \(run.id) by kind: each row is the sum over all operators of a kind"
      : "Operators of \(run.id)"
  }

  /// What the operators are parts of: the whole inference, or their sum where all of them are known.
  private static func whole(
    _ run: AnalysedRun, _ measure: Measure, _ values: [Outcome<Double>]
  ) -> Outcome<Double> {
    if let whole = run.quantity(measure).value { return .known(whole.value) }
    if run.isIncomplete { return .missing(reason: "the inference is not whole") }
    if let missing = values.first(where: { $0.value == nil }) {
      return .missing(reason: missing.reason ?? "")
    }
    return .known(values.compactMap(\.value).reduce(0, +))
  }

  private static func share(_ value: Outcome<Double>, of whole: Outcome<Double>) -> Table.Cell {
    Cells.cell(
      whole.flatMap { whole in
        whole > 0
          ? value.map { 100 * $0 / whole } : .missing(reason: "the operators add up to nothing")
      }
    ) { (Format.fixed($0, places: 1), $0) }
  }

  /// The column beside the time; nil where the time is known.
  private static func title(_ measure: Measure) -> String? {
    switch measure {
    case .time: nil
    case .cycles: "cycles"
    case .instructions: "instructions"
    case .ticks: "ticks"
    }
  }

  private static func perMAC(
    _ macs: UInt64?, _ amount: Outcome<Quantity>, _ unknown: String
  ) -> Table.Cell {
    if let reason = amount.reason { return .missing(reason: reason) }
    guard let macs else { return .missing(reason: unknown) }
    guard macs > 0 else { return .missing(reason: "the operator has no MACs") }
    return Cells.cell(amount.map { $0.value / Double(macs) }) {
      (Format.significant($0, digits: 3), $0)
    }
  }
}
