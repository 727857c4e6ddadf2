import Ingest
import Notebook
import Performance

/// What an emulator counted: instructions for each MAC, against TFLM with CMSIS-NN.
enum InstructionsSection {
  /// Operators shown of one run, and the least share of its instructions that a difference must have.
  private static let mostOperators = 3
  private static let leastShare = 0.01
  /// Runs said in words; beyond this many the table says it better.
  private static let mostSentences = 10

  /// Whether there is anything to show.
  @Sendable static func applies(_ analysis: Analysis) -> Bool {
    !analysis.instructionCounts.isEmpty
      || MicroBenchmarksTable.rates(analysis).contains(where: \.isEmulated)
  }

  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    guard applies(analysis) else {
      return [
        paragraph(
          "No run was counted on an emulator. 'make emulate' makes a log of such runs without a board."
        )
      ]
    }
    let runs = Dictionary(
      (analysis.runs + analysis.references).map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    let rows = analysis.instructionCounts.compactMap { counts in
      runs[counts.run].map { (run: $0, counts: counts) }
    }
    var blocks = [paragraph(method)]
    let lines = rows.compactMap { sentence($0.run, $0.counts) }
    if !lines.isEmpty { blocks.append(bullets(Array(lines.prefix(mostSentences)))) }
    if !rows.isEmpty { blocks += table(rows).withoutEmptyColumns() }
    if let operators = operators(rows) { blocks.append(.table(operators)) }
    return blocks + MicroBenchmarksTable.emulated(analysis)
  }

  private static let method =
    "An emulator counted these instructions. A count is exact and the same every time, but it is no time: "
    + "cycles per instruction and waits for memory show on a board only. Counts are compared with counts, "
    + "never with a time."

  private typealias Row = (run: AnalysedRun, counts: InstructionCounts)

  private static func sentence(_ run: AnalysedRun, _ counts: InstructionCounts) -> String? {
    guard run.runtime != "tflm", let other = counts.comparison.value else { return nil }
    let what = [run.model.map(modelWords), run.dtype].compactMap { $0 }.joined(separator: " ")
    var text =
      "\(what) takes \(Format.ratio(other.ratio)) times the instructions of TFLM with CMSIS-NN"
    if let first = other.operators.first, first.difference != 0 {
      text +=
        "; the largest difference is \(first.words): \(Format.whole(abs(first.difference))) "
        + (first.difference > 0 ? "more" : "fewer")
    }
    return text + " (\(run.id))."
  }

  private static func table(_ rows: [Row]) -> Table {
    Table(
      columns: [
        .init(["run"]), .init(["model"], priority: 3), .init(["dtype"], priority: 2),
        .init(["runtime"], priority: 1), .init(["kernels"], priority: 3),
        .init(["instructions"]), .init(["MAC"], priority: 2), .init(["per MAC"]),
        .init(["TFLM"], priority: 1), .init(["ratio"]), .init(["TFLM's count from"], priority: 4),
      ],
      rows: rows.map { run, counts in
        let other = counts.comparison
        return .init([
          .text(run.id), Cells.text(run.model, missing: "nothing names the model"),
          Cells.text(dtypeWords(run), missing: "nothing says the dtype"),
          Cells.text(run.runtime, missing: "the log does not name it"),
          Cells.text(
            run.configuration.text(.kernels), missing: "the log does not name them"),
          .text(Format.whole(counts.instructions), sortValue: counts.instructions),
          Cells.whole(run.macs, missing: run.costsReason),
          Cells.cell(counts.perMAC) { (Format.significant($0, digits: 3), $0) },
          Cells.cell(other.map(\.instructions)) { (Format.whole($0), $0) },
          Cells.cell(other.map(\.ratio)) { (Format.ratio($0), $0) },
          Cells.text(
            other.value.map { baseline($0.baseline) }, missing: other.reason ?? ""),
        ])
      },
      caption: ["Instructions per MAC (emulated); ratio to TFLM with CMSIS-NN, below 1 fewer"])
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
      return .text(Format.significant(value, digits: 3), sortValue: value)
    }
    return .init([
      .text(run.id), .text(one.words), .text(Format.whole(one.own), sortValue: one.own),
      perMAC(one.own), .text(Format.whole(one.baseline), sortValue: one.baseline),
      perMAC(one.baseline),
      one.baseline > 0
        ? .text(Format.ratio(one.own / one.baseline), sortValue: one.own / one.baseline)
        : .missing(reason: "TFLM's count is 0"),
      .text(
        (one.difference < 0 ? "−" : "+") + Format.whole(abs(one.difference)),
        sortValue: one.difference),
    ])
  }
}
