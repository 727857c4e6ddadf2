import Support

/// Reads logs and results of the EEMBC runner, used for MLPerf Tiny rounds v0.5 to v1.2
/// (`SSSSS.mmm source: text`).
struct MLPerfEEMBCReader: DialectReader {
  static let dialect = Dialect(rawValue: "MLPerf Tiny, EEMBC runner")

  private let file: String
  private var results = MLPerfResults()
  private var laps = MLPerfLaps()
  private var configuredModel: MLPerfLaps.PrintedModel?
  /// The stamp of the line being read; pieces behind a bare CR share it.
  private var stamp: (line: Int, seconds: Double?, source: MLPerfPrefix.Source)?
  private var lastRead = 1
  private var runs = 0
  private var sawBenchmark = false

  init(file: String) { self.file = file }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    let prefix = MLPerfPrefix(line)
    if let place = Scan.find(line, "m-lap-us-") {
      return Evidence(
        16, "a device message 'm-lap-us-N'", isAnchored: place == 0 || prefix?.seconds != nil)
    }
    guard let prefix, prefix.seconds != nil else { return nil }
    var i = prefix.end
    if prefix.source == .results {
      if Scan.literal(line, &i, "Performance results for window ") {
        return Evidence(16, "a line 'SSSSS.mmm ulp-mlperf: Performance results for window N'")
      }
      if Scan.literal(line, &i, "Energy data for window ") {
        return Evidence(16, "a line 'SSSSS.mmm ulp-ml: Energy data for window N'")
      }
    }
    return prefix.source == .unknown
      ? nil : Evidence(4, "a line of the runner 'SSSSS.mmm dut: ...'")
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    var start = 0
    let prefix = MLPerfPrefix(line)
    if let prefix {
      stamp = (place.line, prefix.seconds, prefix.source)
      start = prefix.end
    } else if stamp?.line != place.line {
      stamp = nil
    }
    if start == line.count { return .skipped(.frame) }
    let fate: LineFate
    switch stamp?.source {
    case .host: fate = host(line, start, at: place, into: &sink)
    case .device: fate = device(line, start, at: place, into: &sink) ?? .skipped(.bootChatter)
    case .results, nil:
      if results.beginsNextRun(line, from: start) { endRun(into: &sink) }
      fate =
        stamp == nil
        ? device(line, start, at: place, into: &sink)
          ?? results.read(line, from: start, inFull: false, at: place, into: &sink)
          ?? .skipped(.prose)
        : results.read(line, from: start, inFull: false, at: place, into: &sink)
          ?? .skipped(.hostChatter)
    case .unknown:
      fate =
        MLPerfLaps.holdsMessage(line)
        ? sink.reportDamage(at: place, "a message of the device")
        : results.read(line, from: start, inFull: false, at: place, into: &sink)
          ?? .skipped(.hostChatter)
    }
    if fate == .read { lastRead = place.line }
    return fate
  }

  private mutating func device(
    _ line: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    let fate = laps.read(line, from: start, host: stamp?.seconds, at: place, into: &sink)
    if fate == .read { sawBenchmark = true }
    return fate
  }

  private mutating func host(
    _ line: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    var i = start
    if Scan.literal(line, &i, "m-session-start") {
      endRun(into: &sink)
      sawBenchmark = true
      return .skipped(.hostChatter)
    }
    if Scan.literal(line, &i, "m-session-stop") {
      endRun(into: &sink)
      return .skipped(.hostChatter)
    }
    if Scan.literal(line, &i, "Command \"dut infer ") {
      guard let count = Scan.whole(line, &i), Scan.literal(line, &i, " "),
        Scan.whole(line, &i) != nil, Scan.literal(line, &i, "\"")
      else { return sink.reportDamage(at: place, "'Command \"dut infer N W\"'") }
      laps.command(inferences: count)
      return .read
    }
    if Scan.literal(line, &i, "m-bm-cfg-name[") {
      guard let value = Scan.find(line, "]-key[model]-val[", from: i) else {
        return .skipped(.hostChatter)
      }
      let first = value + 17
      var end = first
      while end < line.count, line[end] != UInt8(ascii: "]") { end += 1 }
      guard end < line.count, end > first else {
        return sink.reportDamage(at: place, "'m-bm-cfg-name[...]-key[model]-val[NAME]'")
      }
      configuredModel = MLPerfLaps.PrintedModel(
        name: Scan.string(line, first..<end), place: place.advanced(by: first))
      return .read
    }
    return .skipped(.hostChatter)
  }

  mutating func finish(into sink: inout Sink) {
    endRun(into: &sink)
    if runs == 0 { sink.reportNoWindow(until: "'m-infer-done' or the runner's results") }
  }

  private mutating func endRun(into sink: inout Sink) {
    laps.drop(into: &sink)
    let model = modelName(into: &sink)
    let builder = MLPerfRun(
      file: file, dialect: Self.dialect, numbers: [2, 4, 6, 8, 10], trialNumbers: [2, 4, 6, 8, 10])
    if let run = builder.make(
      results: &results, laps: laps, model: model, lastLine: lastRead, into: &sink)
    {
      sink.add(run)
      runs += 1
    }
    results = MLPerfResults()
    laps = MLPerfLaps()
    configuredModel = nil
  }

  /// The model that device and runner name; nil when they contradict each other.
  private func modelName(into sink: inout Sink) -> String? {
    if let said = laps.model, let asked = configuredModel, said.name != asked.name {
      sink.reportContradiction(
        at: said.place,
        "the device holds the model '\(printable(said.name, limit: 60))', but line "
          + "\(asked.place.line) configures '\(printable(asked.name, limit: 60))'")
      return nil
    }
    return (laps.model ?? configuredModel).flatMap {
      MLPerfModel.name($0.name, at: $0.place, &sink)
    }
  }
}

/// The models of the benchmark.
enum MLPerfModel {
  /// The short id of a model the benchmark has; a warning and nil for any other.
  static func name(_ text: String, at place: TextPlace, _ sink: inout Sink) -> String? {
    let id = ModelName.canonical(text)
    if ModelName.tinyML.contains(id) { return id }
    sink.report(
      .warning, at: place, rule: "unknown-model",
      "'\(printable(text, limit: 60))' is none of the benchmark's models; the name is not used",
      remedy: "Name the model with --set model=NAME.")
    return nil
  }
}
