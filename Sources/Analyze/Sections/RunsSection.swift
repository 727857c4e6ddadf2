import Core
import Ingest
import Notebook
import Performance
import Statistics
import Support

/// Files, dialects, lines; then the runs.
enum RunsSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    blocks(analysis, listed: analysis.selection.runs)
  }

  /// Many emulated runs are summed up by their files.
  @Sendable static func brief(_ analysis: Analysis) -> [Block] {
    guard EmulatedRuns.areMany(analysis) else { return blocks(analysis) }
    return blocks(analysis, listed: analysis.selection.runs.filter { !$0.isEmulated })
      + [bullets(EmulatedRuns.perFile(analysis)), paragraph("'analyze runs' lists them.")]
  }

  private static func blocks(_ analysis: Analysis, listed runs: [AnalysedRun]) -> [Block] {
    let files = analysis.files
    let count = files.reduce(0) { $0 + $1.runs.count }
    let lines = files.reduce(0) { $0 + $1.account.total }
    let diagnosed = files.reduce(0) { $0 + $1.account.diagnosed }
    var sentence =
      "\(counted(files.count, "file")) with \(Format.grouped(lines)) lines gave \(counted(count, "run")); "
      + (diagnosed > 0
        ? "\(counted(diagnosed, "line")) could not be used; the diagnostics say why."
        : count > 0 && files.allSatisfy { $0.recognition.dialect != .unknown }
          ? "no line was damaged or misunderstood." : "the diagnostics say what could not be read.")
    if runs.contains(where: { $0.boots != nil }) {
      sentence += " Boots of equal configuration stand in one row."
    }
    if analysis.selection.filteredOut > 0 {
      sentence += " \(counted(analysis.selection.filteredOut, "run")) left out by --filter."
    }
    var blocks = [paragraph(sentence), .table(fileTable(files))]
    let prefixes = files.compactMap { file in
      file.recognition.prefix.map { "\(file.path): \($0.sentence)." }
    }
    if !prefixes.isEmpty { blocks.append(bullets(prefixes)) }
    if !runs.isEmpty {
      blocks += runTable(runs, analysis.options.referenceClockHz).withoutEmptyColumns()
    }
    blocks += DistributionFigures.blocks(analysis)
    if let clock = analysis.options.referenceClockHz {
      blocks.append(
        paragraph(
          "Times at \(Format.clock(clock)) are cycles divided by that clock; only "
            + "CPU-bound time scales so."))
    }
    return blocks
  }

  private static func fileTable(_ files: [IngestedFile]) -> Table {
    Table(
      columns: [
        .init(["file"]), .init(["taken for"]), .init(["because of"], priority: 3),
        .init(["lines"], priority: 1), .init(["read"], priority: 1),
        .init(["skipped"], priority: 1), .init(["diagnosed"], priority: 1), .init(["runs"]),
      ],
      rows: files.map { file in
        .init([
          .text(file.path + (file.form.map { " (\($0))" } ?? "")),
          .text(file.recognition.dialect.rawValue),
          file.recognition.evidence.isEmpty
            ? .missing(reason: "no line is one that a known log has")
            : .text(file.recognition.words),
          .count(file.account.total), .count(file.account.read),
          .count(file.account.skippedTotal), .count(file.account.diagnosed),
          .count(file.runs.count),
        ])
      }, caption: ["Files"])
  }

  private static func runTable(_ runs: [AnalysedRun], _ clock: Double?) -> Table {
    var columns: [Table.Column] = [
      .init(["run"]), .init(["model"], priority: 5), .init(["dtype"], priority: 2),
      .init(["time"], unit: "ms"),
    ]
    let showsBoots = runs.contains { $0.boots != nil }
    if showsBoots { columns.append(.init(["boots"], priority: 2)) }
    if let clock {
      columns.append(.init([.text("at \(Format.clock(clock))")], unit: "ms"))
    }
    // Only an emulator counts instructions; without one the column says nothing.
    let counts = runs.contains { $0.instructions.value != nil }
    columns += [
      .interval(unit: "ms", priority: 4), .init(["cycles"], priority: 1),
    ]
    // Ticks say something only where nothing says how long they are.
    let showsTicks = runs.contains { $0.measure == .ticks }
    if showsTicks { columns.append(.init(["ticks"], priority: 1)) }
    if counts {
      columns += [.init(["instructions"], priority: 1), .init(["instr./MAC"], priority: 2)]
    }
    columns += [
      .init(["MAC"], priority: 3),
      .init(["cycles/MAC"], priority: 2), .init(["how"], priority: 4),
      .init(["origin"], priority: 1), .init(["file"], priority: 5),
    ]
    return Table(
      columns: columns,
      of: runs, caption: ["Runs"],
      row: { run in
        var cells: [Table.Cell] = [
          .text(run.id), Cells.text(run.model, missing: "nothing names the model"),
          Cells.text(dtypeWords(run), missing: "nothing says the dtype"),
          Cells.milliseconds(run),
        ]
        if showsBoots { cells.append(.count(run.boots?.count ?? 1)) }
        if let clock {
          cells.append(
            Cells.cell(run.cycles.map { $0.value / clock }) {
              (Format.milliseconds($0), $0 * 1e3)
            })
        }
        cells += [
          Cells.millisecondsInterval(run.seconds),
          Cells.cell(run.cycles.map(\.value)) { (Format.whole($0), $0) },
        ]
        if showsTicks {
          cells.append(Cells.cell(run.ticks.map(\.value)) { (Format.whole($0), $0) })
        }
        if counts {
          cells += [
            Cells.cell(run.instructions.map(\.value)) { (Format.whole($0), $0) },
            perMAC(run, run.instructions),
          ]
        }
        cells += [
          Cells.whole(run.macs, missing: run.costsReason),
          perMAC(run, run.cycles),
          Cells.text(
            run.measure.flatMap { run.quantity($0).value?.method },
            missing: run.seconds.reason ?? "nothing says how it was measured"),
          Cells.word(run.statedOrigin, missing: "nothing was measured"),
          .text("\(run.run.source.file):\(run.run.source.firstLine)"),
        ]
        return .init(cells)
      })
  }

  private static func perMAC(_ run: AnalysedRun, _ amount: Outcome<Quantity>) -> Table.Cell {
    if let reason = amount.reason { return .missing(reason: reason) }
    guard let macs = run.macs, macs > 0 else {
      return .missing(reason: run.macs == nil ? run.costsReason : "the model has no MACs")
    }
    return Cells.cell(amount.map { $0.value / Double(macs) }) {
      (Format.significant($0, digits: 3), $0)
    }
  }
}
