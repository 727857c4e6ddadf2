import Support

/// Reads logs and results of the Python runner, used for MLPerf Tiny from round v1.3 on
/// (`MMDD.HHMMSS source: text`).
struct MLPerfPythonReader: DialectReader {
  static let dialect = Dialect(rawValue: "MLPerf Tiny, Python runner")

  private let file: String
  private var results = MLPerfResults()
  private var model: MLPerfLaps.PrintedModel?
  private var lastRead = 1
  private var runs = 0

  init(file: String) { self.file = file }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    if let prefix = MLPerfPrefix(line) {
      guard prefix.seconds == nil, prefix.source == .results else { return nil }
      return Evidence(4, "a line of the runner 'MMDD.HHMMSS ulp-mlperf: ...'")
    }
    var i = 0
    Scan.blanks(line, &i)
    if Scan.literal(line, &i, "Performance results for window ") {
      return Evidence(16, "a line 'Performance results for window N'")
    }
    if Scan.literal(line, &i, "Energy data for trial ") {
      return Evidence(16, "a line 'Energy data for trial N'")
    }
    if Scan.literal(line, &i, "Average duty cycle: ") {
      return Evidence(16, "a line 'Average duty cycle: X'")
    }
    if Scan.literal(line, &i, "Device model retrieved: ") {
      return Evidence(16, "a line 'Device model retrieved: NAME'")
    }
    if Scan.literal(line, &i, "Estimated throughput: ") {
      return Evidence(4, "a line 'Estimated throughput: X inf./sec.'")
    }
    return nil
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    let prefix = MLPerfPrefix(line)
    var start = prefix?.end ?? 0
    Scan.blanks(line, &start)
    if start == line.count { return .skipped(.frame) }
    if results.beginsNextRun(line, from: start) { endRun(into: &sink) }
    let fate =
      chatter(line, start, at: place, into: &sink)
      ?? results.read(line, from: start, inFull: prefix == nil, at: place, into: &sink)
      ?? .skipped(prefix == nil ? .prose : .hostChatter)
    if fate == .read { lastRead = place.line }
    return fate
  }

  private static let hostLines: [StaticString] = [
    "Initializing SerialDevice", "SerialDevice ", "Retrieving name", "Device name retrieved",
    "Device profile retrieved", "Loading file ", "Load complete", "Running inference with ",
    "Playing ", "done", "... done", "Power Edition Output", "== File ", "samples:",
  ]

  private static let figures: [StaticString] = [
    "m-results", "Accuracy:", "False negatives:", "False positives:", "No activation data", "[",
  ]

  private mutating func chatter(
    _ line: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    func begins(_ word: StaticString) -> Bool {
      var i = start
      return Scan.literal(line, &i, word)
    }
    if begins("Logging initialized") || begins("Session logged in file") {
      endRun(into: &sink)
      return .skipped(.hostChatter)
    }
    if Self.hostLines.contains(where: begins) { return .skipped(.hostChatter) }
    if Self.figures.contains(where: begins) { return .skipped(.notMeasurement) }
    var i = start
    guard Scan.literal(line, &i, "Device model retrieved: ") else {
      guard NearMiss.begins(line, at: start, like: ["Device model retrieved: "]) else { return nil }
      return sink.reportDamage(at: place, "'Device model retrieved: NAME'")
    }
    model = MLPerfLaps.PrintedModel(
      name: Scan.string(line, i..<line.count), place: place.advanced(by: i))
    return .read
  }

  mutating func finish(into sink: inout Sink) {
    endRun(into: &sink)
    if runs == 0 { sink.reportNoWindow(until: "the runner's results") }
  }

  private mutating func endRun(into sink: inout Sink) {
    defer {
      results = MLPerfResults()
      model = nil
    }
    results.closeBlock(into: &sink)
    guard !results.isEmpty else { return }
    let name = model.flatMap { MLPerfModel.name($0.name, at: $0.place, &sink) }
    let builder = MLPerfRun(
      file: file, dialect: Self.dialect, numbers: [1, 2, 3, 4, 5], trialNumbers: [0, 1, 2, 3, 4])
    guard
      var run = builder.make(
        results: &results, laps: nil, model: name, lastLine: lastRead, into: &sink)
    else { return }
    if let model { run.source.firstLine = min(run.source.firstLine, model.place.line) }
    sink.add(run)
    runs += 1
  }
}
