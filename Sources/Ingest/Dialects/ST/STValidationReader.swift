import Core
import Quantiles
import Support

/// Reads validations on the target: the tables of v3 and v4 and the profiling results of the v10
/// era, also where they stand among the summaries of a report.
struct STValidationReader: DialectReader {
  static let dialect = Dialect(rawValue: "ST validation on target")

  /// A measurement outweighs the report it may stand in, which has many lines of its own.
  private static let measured = 64
  /// Summaries kept to find the one that fits.
  private static let summaryLimit = 64

  private enum Open {
    case none
    case results(STResultsBlock)
    case profile(STProfile)
  }

  private let file: String
  private var open = Open.none
  private var table: STOperatorTable?
  private var nodes: UInt64?
  private var network: String?
  /// What the description of the network gives as its MACs.
  private var describedMACs: PrintedNumber?
  /// A title announced a table of operators.
  private var announced: TextPlace?
  private var summaries: [STSummary] = []
  private var used: Set<Int> = []
  private var failure: TextPlace?
  /// The tool's own words for it.
  private var failureText: String?
  private var isRefused = false
  private var runs = 0
  private var lastRead = 1

  init(file: String) { self.file = file }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    var i = 0
    Scan.blanks(line, &i)
    if Scan.literal(line, &i, "ST.AI Profiling results v") {
      return Evidence(measured, "a line 'ST.AI Profiling results'")
    }
    if Scan.literal(line, &i, "ON-DEVICE STM32 execution") {
      return Evidence(16, "a line 'ON-DEVICE STM32 execution'")
    }
    if Scan.literal(line, &i, "Results for "), Scan.find(line, "inference(s) @") != nil {
      return Evidence(measured, "a line 'Results for N inference(s)'")
    }
    if Scan.literal(line, &i, "Inspector report (layer by layer)") {
      return Evidence(16, "a line 'Inspector report (layer by layer)'")
    }
    if STText.isCollapsed(line) {
      return Evidence(16, "a line of an ST validation without its blanks")
    }
    return nil
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    if isRefused { return .diagnosed }
    let fate = readLine(line, at: place, into: &sink)
    if fate == .read { lastRead = place.line }
    return fate
  }

  private mutating func readLine(
    _ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    var i = 0
    Scan.blanks(line, &i)
    if i == line.count { return .skipped(.blank) }
    if STText.isCollapsed(line) {
      isRefused = true
      (open, table) = (.none, nil)
      sink.reportCollapsed(at: place)
      return .diagnosed
    }
    if let fate = boundary(line, i, at: place, into: &sink) { return fate }
    if var rows = table {
      let fate = rows.read(line, at: place, into: &sink)
      table = rows
      if let fate { return fate }
    }
    if let header = STOperatorTable(header: line, at: place), isOpen, table == nil {
      table = header
      return .read
    }
    if let fate = field(line, at: place, into: &sink) { return fate }
    return other(line, i, at: place, into: &sink)
  }

  private var isOpen: Bool {
    if case .none = open { false } else { true }
  }

  private mutating func boundary(
    _ line: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    if let header = STResultsBlock(header: line, at: place), header.name == nil {
      endRun(into: &sink)
      open = .results(header)
      return .read
    }
    if let title = STProfile(title: line, at: place) {
      endRun(into: &sink)
      open = .profile(title)
      return .read
    }
    if let summary = STSummary(title: line, at: place) {
      endRun(into: &sink)
      if summaries.count < Self.summaryLimit { summaries.append(summary) }
      if summary.failure != nil { failure = failure ?? place }
      return .read
    }
    var i = start
    if Scan.literal(line, &i, "ON-DEVICE ") {
      endRun(into: &sink)
      (nodes, network, describedMACs) = (nil, nil, nil)
      return .skipped(.hostChatter)
    }
    guard
      NearMiss.begins(
        line, at: start, like: ["Results for ", "ST.AI Profiling results ", "Exec/report summary"])
    else { return nil }
    endRun(into: &sink)
    return sink.reportDamage(at: place, "the head of a block of results")
  }

  private mutating func field(
    _ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    switch open {
    case .results(var block):
      let fate = block.read(line, at: place, into: &sink)
      open = .results(block)
      return fate
    case .profile(var profile):
      guard table == nil else { return nil }
      let fate = profile.read(line, at: place, into: &sink)
      open = .profile(profile)
      return fate
    case .none:
      guard !summaries.isEmpty else { return nil }
      let last = summaries.count - 1
      return summaries[last].read(line, at: place, into: &sink)
    }
  }

  private mutating func other(
    _ line: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    var i = start
    if Scan.key(line, &i, "description") {
      guard let name = Self.describedName(line, i) else {
        return sink.reportDamage(at: place, "' description : 'NAME' ...'")
      }
      network = name
      if let found = Scan.find(line, " macc=", from: i) {
        i = found + 6
        describedMACs = PrintedNumber.read(line, &i, at: place)
      }
      return .read
    }
    if Scan.key(line, &i, "n_nodes") {
      guard let count = Scan.whole(line, &i), Scan.atEnd(line, i) else {
        return sink.reportDamage(at: place, "' n_nodes : N'")
      }
      nodes = count
      return .read
    }
    if isOpen, table == nil,
      Scan.literal(line, &i, "Inspector report")
        || Scan.literal(line, &i, "Inference time per node")
    {
      announced = place
      return .skipped(.frame)
    }
    if Scan.find(line, "TOOL ERROR") != nil {
      failure = failure ?? place
      failureText = failureText ?? STText.toolError(line)
      return .read
    }
    if STText.isRule(line, from: start) { return .skipped(.frame) }
    if NearMiss.begins(line, at: start, like: Self.damagedKeys) && !isBeforeResults(line, start)
      || isOpen && NearMiss.holds(line, like: Self.titles)
    {
      return sink.reportDamage(at: place, "a line of a validation")
    }
    return .skipped(isOpen ? .notMeasurement : .hostChatter)
  }

  private static let damagedKeys: [StaticString] =
    STResultsBlock.damagedKeys + [
      "n_nodes   ", "description   ", "Clayer  id  desc", "c_id    m_id   type", "nb sample(s) ",
    ]

  private static let titles: [StaticString] = [
    "Inspector report (layer by layer)", "Inference time per node",
  ]

  /// Fields that also occur in parts of a report that hold no measurement.
  private func isBeforeResults(_ line: Span<UInt8>, _ start: Int) -> Bool {
    var i = start
    return !isOpen && (Scan.literal(line, &i, "c_id") || Scan.literal(line, &i, "duration"))
  }

  /// The name in `'network' (90, 3, 1)-[7]->(1, 1, 6) macc=874970 rom=775.52KiB ram=44.50KiB`.
  private static func describedName(_ line: Span<UInt8>, _ start: Int) -> String? {
    var i = start
    guard Scan.literal(line, &i, "'"), let end = Scan.find(line, "'", from: i), end > i,
      end - i <= 200
    else { return nil }
    return Scan.string(line, i..<end)
  }

  mutating func finish(into sink: inout Sink) {
    endRun(into: &sink)
    guard !isRefused else { return }
    for (i, summary) in summaries.enumerated() where !used.contains(i) && runs > 0 {
      let name = summary.model.map { " of '\(printable($0, limit: 60))'" } ?? ""
      sink.report(
        .note, at: summary.header, rule: "unmatched-summary",
        "the summary\(name) belongs to no measurement of this file: its macc is another",
        remedy: "Read it from a file of its own to see its costs.")
    }
    if let failure {
      sink.report(
        .error, at: failure, rule: "failed-run", "the tool says that this run failed",
        remedy: "Correct what the tool complains of and run it again.")
    }
    guard runs == 0 else { return }
    sink.report(
      .warning, at: nil, rule: "no-results",
      "the file holds no complete results, so there is no run",
      remedy: "Run the validation on the target again and keep its whole output.")
  }

  private mutating func endRun(into sink: inout Sink) {
    let ended = open
    let rows = table
    (open, table) = (.none, nil)
    defer { (nodes, announced) = (nil, nil) }
    if let announced, rows == nil {
      sink.reportMissingTable(at: announced)
    }
    switch ended {
    case .none: return
    case .results(let block):
      guard let measurement = STMeasurement(block, systemClock: nil, into: &sink) else { return }
      var run = newRun(from: block.header)
      run.latency = Latency(
        samples: Samples([measurement.seconds]), unit: .seconds, kind: .mean,
        quantum: measurement.quantum, inferences: measurement.inferences)
      run.printedCycles = measurement.cycles.map { Samples([$0]) }
      run.macs = measurement.macs
      if let described = describedMACs, let macs = run.macs, described.value != Double(macs) {
        run.macs = nil
        sink.reportContradiction(
          at: described.place,
          "the network has \(Format.shortest(described.value)) MACC, but its results "
            + "say \(macs)")
      }
      if let clock = measurement.clock {
        run.configuration.offer(.clock, Format.shortest(clock), .log)
      }
      if let observation = measurement.observation { run.observations.append(observation) }
      if let network, let model = STText.model(network) {
        run.configuration.offer(.model, model, .log)
      }
      if let rows { run.operators = operators(rows, run.latency, into: &sink) }
      add(run, into: &sink)
    case .profile(let profile):
      guard let latency = profile.latency(into: &sink) else { return }
      var run = newRun(from: profile.header)
      describe(&run, macs: profile.macs)
      if let model = STText.model(profile.name) { run.configuration.offer(.model, model, .log) }
      run.macs = profile.macs
      run.latency = latency
      if let rows {
        if rows.contradicts(seconds: latency.samples.median ?? 0, quantum: latency.quantum) {
          run.latency = nil
          reportTotal(rows, latency, into: &sink)
        } else {
          run.operators = rows.operators(nodes: nil, into: &sink)
        }
      }
      if run.latency != nil { add(run, into: &sink) }
    }
  }

  private func operators(
    _ rows: STOperatorTable, _ latency: Latency?, into sink: inout Sink
  ) -> [OperatorRecord] {
    guard let latency,
      rows.contradicts(seconds: latency.samples.median ?? 0, quantum: latency.quantum)
    else { return rows.operators(nodes: nodes, into: &sink) }
    reportTotal(rows, latency, into: &sink)
    return []
  }

  private func reportTotal(
    _ rows: STOperatorTable, _ latency: Latency, into sink: inout Sink
  ) {
    sink.reportContradiction(
      at: rows.total?.place ?? rows.place,
      "the operators take \(rows.total?.value ?? 0) ms, but "
        + "the duration is \((latency.samples.median ?? 0) * 1e3) ms")
    sink.retract(lines: rows.linesRead)
  }

  private func newRun(from header: TextPlace) -> Run {
    var run = Run(
      source: RunSource(
        file: file, firstLine: header.line, lastLine: max(header.line, lastRead),
        dialect: Self.dialect))
    run.operatorUnit = .seconds
    run.configuration.offer(.origin, Origin.measured, .implied)
    return run
  }

  /// Takes over the one summary whose macc is that of the measurement.
  private mutating func describe(_ run: inout Run, macs: UInt64?) {
    guard let macs else { return }
    let fitting = summaries.indices.filter { summaries[$0].macs == macs }
    guard fitting.count == 1, let at = fitting.first else { return }
    summaries[at].describe(&run)
    used.insert(at)
  }

  private mutating func add(_ run: Run, into sink: inout Sink) {
    var run = run
    let isOther = run.configuration.text(.mcu) != nil
    run.configuration.offer(.runtime, isOther ? "st-edge-ai" : "x-cube-ai", .implied)
    if failure != nil {
      run.observations.append(
        STText.failedRun(
          failureText ?? summaries.lazy.compactMap(\.failureText).first, line: failure?.line))
    }
    sink.add(run)
    runs += 1
  }
}
