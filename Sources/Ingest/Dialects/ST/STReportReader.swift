import Support

/// Reads analyze, generate and validate reports (X-CUBE-AI v5 to v9, ST Edge AI Core): what a network
/// costs, without any time.
struct STReportReader: DialectReader {
  static let dialect = Dialect(rawValue: "ST analyze or generate report")

  private let file: String
  private var summary: STSummary?
  private var table: STReportTable?
  private var operators: [OperatorRecord] = []
  /// Rows of the table of layers that a title announced; 0 where it does not say how many.
  private var announced: (rows: UInt64, place: TextPlace)?
  private var isRefused = false
  private var runs = 0

  init(file: String) { self.file = file }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    var i = 0
    Scan.blanks(line, &i)
    if Scan.literal(line, &i, "Exec/report summary (") {
      return Evidence(16, "a line 'Exec/report summary (...)'")
    }
    if Scan.literal(line, &i, "Neural Network Tools for STM32")
      || Scan.literal(line, &i, "ST Edge AI Core v") || Scan.literal(line, &i, "STEdgeAI Core ")
    {
      return Evidence(4, "the tool's name and version")
    }
    return nil
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    if isRefused { return .diagnosed }
    var i = 0
    Scan.blanks(line, &i)
    if i == line.count { return .skipped(.blank) }
    if STText.isCollapsed(line) {
      isRefused = true
      (summary, table) = (nil, nil)
      sink.reportCollapsed(at: place)
      return .diagnosed
    }
    if let title = STSummary(title: line, at: place) {
      endReport(into: &sink)
      summary = title
      return .read
    }
    if let fate = row(line, at: place, into: &sink) { return fate }
    if STReportTable.isCollapsedHeader(line, from: i) {
      isRefused = true
      (summary, table) = (nil, nil)
      sink.reportCollapsed(at: place)
      return .diagnosed
    }
    if let header = STReportTable(header: line, at: place) {
      table = header
      return .read
    }
    guard var open = summary else { return .skipped(.prose) }
    if let title = Self.announcement(line, i) {
      announced = announced ?? (title, place)
      return .skipped(.frame)
    }
    let fate = open.read(line, at: place, into: &sink)
    summary = open
    if let fate { return fate }
    if STText.isRule(line, from: i) { return .skipped(.frame) }
    guard NearMiss.begins(line, at: i, like: STSummary.damagedKeys), !Self.isProse(line, i) else {
      return .skipped(.notMeasurement)
    }
    return sink.reportDamage(at: place, "a line of the summary")
  }

  /// Rows that `C-Layers (N)` announces; 0 for v5's chart of the layers, which follows the table.
  private static func announcement(_ line: Span<UInt8>, _ start: Int) -> UInt64? {
    var i = start
    if Scan.literal(line, &i, "Complexity per-layer") { return 0 }
    guard Scan.literal(line, &i, "C-Layers ("), let rows = Scan.whole(line, &i),
      Scan.literal(line, &i, ")"), Scan.atEnd(line, i)
    else { return nil }
    return rows
  }

  /// Names that begin like a key and are none.
  private static func isProse(_ line: Span<UInt8>, _ start: Int) -> Bool {
    [
      "model_hash", "model file", "model name", "Model name", "model/c-model", "macc=", "weights  ",
      "activations  ",
    ].contains { (word: StaticString) in
      var i = start
      return Scan.literal(line, &i, word)
    }
  }

  private mutating func row(
    _ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    guard var open = table else { return nil }
    let fate = open.read(line, at: place, into: &sink)
    table = open
    if fate == nil { endTable(into: &sink) }
    return fate
  }

  private mutating func endTable(into sink: inout Sink) {
    guard let ended = table else { return }
    table = nil
    guard operators.isEmpty, !ended.isEmpty else { return }
    guard !ended.isDamaged else { return sink.retract(lines: ended.linesRead) }
    let totals = ended.totals
    guard var open = summary else { return }
    let agrees = open.enterTotals(
      macs: totals.macs, weights: totals.weights, at: ended.place, into: &sink)
    summary = open
    guard agrees else { return sink.retract(lines: ended.linesRead) }
    operators = ended.operators
  }

  mutating func finish(into sink: inout Sink) {
    endReport(into: &sink)
    guard runs == 0, !isRefused else { return }
    sink.report(
      .warning, at: nil, rule: "no-results", "the report holds no summary, so there is no run",
      remedy: "Write the report again with the tool's analyze or generate command.")
  }

  private mutating func endReport(into sink: inout Sink) {
    endTable(into: &sink)
    defer { (summary, operators, announced) = (nil, [], nil) }
    guard let summary else { return }
    if let announced, operators.isEmpty || ![0, UInt64(operators.count)].contains(announced.rows) {
      operators = []
      sink.report(
        .warning, at: announced.place, rule: "incomplete-table",
        "the table of layers is cut off or damaged; it is not used",
        remedy: "Copy the report again from its source.")
    }
    var run = Run(
      source: RunSource(
        file: file, firstLine: summary.header.line, lastLine: summary.lastLine,
        dialect: Self.dialect))
    run.operatorUnit = .seconds
    summary.describe(&run)
    run.operators = operators
    run.observations.append(
      Observation(
        .costsOnly, "The report counts MACs and bytes; it holds no time.",
        line: summary.header.line))
    if let line = summary.percentageLine {
      run.observations.append(
        Observation(
          .percentageDurations, "The column 'c_dur' holds percentages, not times; it is not used.",
          line: line))
    }
    if let failure = summary.failure {
      run.observations.append(
        STText.failedRun(summary.failureText, line: failure.line))
      sink.report(
        .error, at: failure, rule: "failed-run", "the tool says that this run failed",
        remedy: "Correct what the tool complains of and run it again.")
    }
    sink.add(run)
    runs += 1
  }
}
