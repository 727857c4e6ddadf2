import Core
import Ingest
import Notebook
import OrderedCollections
import Performance
import Support

/// What an emulator counted: instructions for each MAC, against TFLM.
enum InstructionsSection {
  /// Operators shown of one run, and the least share of its instructions that a difference must have.
  private static let mostOperators = 3
  private static let leastShare = 0.01
  /// Whether there is anything to show.
  @Sendable static func applies(_ analysis: Analysis) -> Bool {
    !analysis.instructions.counts.isEmpty
      || MicroBenchmarksTable.rates(analysis).contains(where: \.isEmulated)
  }

  /// Every run, the operators that differ most, and the micro-benchmarks.
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    guard applies(analysis) else { return nothing(analysis) }
    let rows = rows(analysis)
    var blocks = opening(rows) + InstructionSweepsTable.blocks(analysis)
    if !rows.isEmpty { blocks += table(rows, isBrief: false).withoutEmptyColumns() }
    if let operators = operators(rows) { blocks.append(.table(operators)) }
    return blocks + MicroBenchmarksTable.emulated(analysis)
  }

  /// The runs that are compared with something; what makes a sweep is summed up.
  @Sendable static func brief(_ analysis: Analysis) -> [Block] {
    guard applies(analysis) else { return nothing(analysis) }
    let rows = rows(analysis)
    let swept = Set(analysis.instructions.sweeps.flatMap(\.runs))
    let shown = rows.filter { !swept.contains($0.run.id) }
    var blocks = opening(rows)
    if !shown.isEmpty {
      blocks += table(Array(shown.prefix(mostBrief)), isBrief: true).withoutEmptyColumns()
    }
    blocks += InstructionSweepsTable.blocks(analysis)
    var more: [String] = []
    if !shown.isEmpty { more.append("operators") }
    if shown.count < rows.count || shown.count > mostBrief {
      more.append("all \(Format.grouped(rows.count)) runs")
    }
    let benches = MicroBenchmarksTable.rates(analysis).count(where: \.isEmulated)
    if benches > 0 { more.append(counted(benches, "micro-benchmark")) }
    if !more.isEmpty { blocks.append(paragraph("'analyze instructions' shows \(listed(more)).")) }
    return blocks
  }

  /// Rows of the brief table.
  private static let mostBrief = 24

  private static func nothing(_ analysis: Analysis) -> [Block] {
    let lost = analysis.selection.runs.filter { $0.isEmulated && $0.lostReason != nil }
    guard lost.isEmpty else {
      return [
        paragraph("No whole inference was counted on an emulator."),
        bullets(UnsettledRuns.sentences(lost)),
      ]
    }
    return [
      paragraph(
        "No run was counted on an emulator. 'make emulate' makes a log of such runs without a board."
      )
    ]
  }

  private static func rows(_ analysis: Analysis) -> [Row] {
    let runs = Dictionary(
      analysis.selection.all.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    return analysis.instructions.counts.compactMap { counts in
      runs[counts.run].map { (run: $0, counts: counts) }
    }
  }

  private static func opening(_ rows: [Row]) -> [Block] {
    let lines = sentences(rows)
    return [paragraph(method)] + (lines.isEmpty ? [] : [bullets(lines)])
  }

  private static let method =
    "An emulator counted these instructions. A count is exact and the same every time, but it is no time: "
    + "cycles per instruction and waits for memory show on a board only. Counts are compared with counts, "
    + "never with a time."

  private typealias Row = (run: AnalysedRun, counts: InstructionCounts)

  /// For each runtime and dtype how it stands against TFLM, and the operator that differs most.
  private static func sentences(_ rows: [Row]) -> [String] {
    standings(rows, withOperators: true)
  }

  /// How the runs stand against TFLM, for the summary.
  static func standings(_ analysis: Analysis) -> [String] {
    standings(rows(analysis), withOperators: false)
  }

  private static func standings(_ rows: [Row], withOperators: Bool) -> [String] {
    let compared = rows.filter {
      $0.run.runtime != "tflm" && $0.counts.comparison.value != nil
    }
    let groups = OrderedDictionary(grouping: compared) {
      [$0.run.runtime, $0.run.dtype?.description]
    }
    return groups.compactMap { key, rows in
      let ratios = rows.compactMap(\.counts.comparison.value?.ratio)
      guard let low = ratios.min(), let high = ratios.max() else { return nil }
      let ends = [low, high].map(Format.ratio)
      let subject = key[0] ?? "what the logs hold"
      var text = key[1].map { "In \($0) \(subject) takes " } ?? "\(subject) takes "
      text += (ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])")
      text += " times the instructions of \(tflmWords(rows[0].run.dtype))"
      let models = rows.compactMap { $0.run.model.map(ModelName.words) }.uniqued()
      if models.count > 1 {
        text += " (\(models.count > 8 ? "\(models.count) models" : listed(models)))"
      } else if let model = models.first {
        text += " for \(model)"
      }
      return text + (withOperators ? farthest(rows) : "") + "."
    }
  }

  /// The operator whose count is the smallest share of TFLM's, or the largest where all take more.
  private static func farthest(_ rows: [Row]) -> String {
    let operators = rows.flatMap { row in
      (row.counts.comparison.value?.operators ?? []).filter {
        $0.baseline > 0 && $0.own > 0 && abs($0.difference) >= leastShare * row.counts.instructions
      }.map { (row: row, one: $0, ratio: $0.own / $0.baseline) }
    }
    guard let least = operators.min(by: { $0.ratio < $1.ratio }),
      let most = operators.max(by: { $0.ratio < $1.ratio })
    else { return "" }
    let found = least.ratio < 1 ? least : most
    let model = found.row.run.model.map { " of \(ModelName.words($0))" } ?? ""
    return "; \(found.one.words)\(model) stands out with \(Format.whole(found.one.own)) against "
      + "\(Format.whole(found.one.baseline)), \(Format.ratio(found.ratio)) times"
  }

  /// Of a brief table the model and the dtype name the run.
  private static func table(_ rows: [Row], isBrief: Bool) -> Table {
    let columns: [Table.Column] = [
      .init(["run"]), .init(["model"], priority: isBrief ? 0 : 3),
      .init(["dtype"], priority: isBrief ? 0 : 2), .init(["runtime"], priority: 1),
      .init(["kernels"], priority: 3), .init(["instructions"]), .init(["MAC"], priority: 2),
      .init(["per MAC"]), .init(["TFLM"], priority: isBrief ? 0 : 1), .init(["ratio"]),
      .init(["TFLM's count from"], priority: 4),
    ]
    // What all rows share is said once, above.
    var left: Set<Int> = isBrief ? [0, 4, 6, 10] : []
    if isBrief, common(rows.map { $0.run.runtime ?? "" }) != nil { left.insert(3) }
    let kept = columns.indices.filter { !left.contains($0) }
    return Table(
      columns: kept.map { columns[$0] },
      rows: rows.map { run, counts in
        let other = counts.comparison
        let cells: [Table.Cell] = [
          .text(run.id),
          Cells.text(run.model.map(ModelName.words), missing: "nothing names the model"),
          Cells.text(dtypeWords(run), missing: "nothing says the dtype"),
          Cells.text(run.runtime, missing: "the log does not name it"),
          Cells.text(
            run.configuration.text(.kernels), missing: "the log does not name them"),
          .number(Format.whole(counts.instructions), sortValue: counts.instructions),
          Cells.whole(run.macs, missing: run.costsReason),
          Cells.cell(counts.perMAC) { (Format.significant($0, digits: 3), $0) },
          Cells.cell(other.map(\.instructions)) { (Format.whole($0), $0) },
          Cells.cell(other.map(\.ratio)) { (Format.ratio($0), $0) },
          Cells.text(
            other.value.map { baseline($0.baseline) }, missing: other.reason ?? ""),
        ]
        return .init(kept.map { cells[$0] })
      },
      caption: [
        .text(
          "Instructions per MAC (emulated); ratio to TFLM, below 1 fewer: in int8 with CMSIS-NN, in fp32 "
            + "with its reference C code")
      ])
  }

  private static func baseline(_ baseline: InstructionComparison.Baseline) -> String {
    switch baseline {
    case .bundled: "bundled counts"
    case .run(let id): id
    }
  }

  /// Where the differences are.
  private static func operators(_ rows: [Row]) -> Table? {
    let lines = rows.flatMap { run, counts -> [Table.Row] in
      guard run.runtime != "tflm", let other = counts.comparison.value else { return [] }
      return other.operators.prefix(mostOperators).filter {
        abs($0.difference) >= leastShare * counts.instructions
      }.map { line(run, $0) }
    }
    guard !lines.isEmpty else { return nil }
    return Table(
      columns: [
        .init(["run"]), .init(["operator"]), .init(["instructions"]),
        .init(["per MAC"], priority: 1), .init(["TFLM"]),
        .init(["TFLM per MAC"], priority: 2), .init(["ratio"]),
        .init(["difference"], priority: 1),
      ],
      rows: lines,
      caption: [
        .text(
          "Operators of the largest difference, at most \(mostOperators) of a run and none below "
            + "\(Format.number(leastShare * 100)) % of it (emulated)")
      ])
  }

  private static func line(_ run: AnalysedRun, _ one: OperatorInstructions) -> Table.Row {
    func perMAC(_ count: Double) -> Table.Cell {
      guard let macs = one.macs else {
        return .missing(reason: "the costs of this operator are not known")
      }
      guard macs > 0 else { return .missing(reason: "the operator has no MACs") }
      let value = count / Double(macs)
      return .number(Format.significant(value, digits: 3), sortValue: value)
    }
    return .init([
      .text(run.id), .text(one.words), .number(Format.whole(one.own), sortValue: one.own),
      perMAC(one.own), .number(Format.whole(one.baseline), sortValue: one.baseline),
      perMAC(one.baseline),
      one.baseline > 0
        ? .number(Format.ratio(one.own / one.baseline), sortValue: one.own / one.baseline)
        : .missing(reason: "TFLM's count is 0"),
      .number(
        Format.signed(one.difference, Format.whole),
        sortValue: one.difference),
    ])
  }
}
