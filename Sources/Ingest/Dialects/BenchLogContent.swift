import BenchLog

/// Builds runs from the lines of one log; declarations are kept until the next boot.
struct BenchLogContent {
  private let file: String
  private var origin: [(ConfigurationKey, String)] = []
  private var machines: [UInt64: [(ConfigurationKey, String)]] = [:]
  private var builds: [UInt64: [(ConfigurationKey, String)]] = [:]
  private var models: [UInt64: BenchLogModel] = [:]
  private var open: [UInt64: BenchLogRun] = [:]
  private var order: [UInt64] = []
  private var runLines = 0
  private var ended = false

  init(file: String) { self.file = file }

  /// Takes an intact line; false when a diagnostic speaks about it.
  mutating func take(
    _ line: Span<UInt8>, _ decoded: DecodedLine, at place: Place, into sink: inout Sink
  ) -> Bool {
    let values = BenchLogValues(line, decoded)
    switch decoded.record {
    case .log: origin = values.entries(logKeys, file, place, &sink)
    case .machine:
      machines[values.whole("id") ?? 0] = values.entries(machineKeys, file, place, &sink)
    case .build: builds[values.whole("id") ?? 0] = values.entries(buildKeys, file, place, &sink)
    case .model:
      models[values.whole("id") ?? 0] = BenchLogModel(
        entries: values.entries(modelKeys, file, place, &sink), macs: values.whole("macs"),
        weightBytes: values.whole("weight_bytes"))
    case .run: return declare(values, at: place, into: &sink)
    case .op, .inf, .opt:
      guard let id = values.whole("run"), open[id] != nil else {
        sink.report(
          .error, at: place, rule: "undeclared-run",
          "the line belongs to run \(values.whole("run") ?? 0), whose own line is missing",
          remedy: "The line is left out; record the log again to have the run.")
        return false
      }
      if let problem = open[id]?.take(decoded.record, values, at: place) {
        sink.report(
          .error, at: place, rule: problem.rule, problem.message, remedy: problem.remedy)
        return false
      }
    case .refused, .out, .sum, .done, .bench:
      sink.report(
        .warning, at: place, rule: "line-not-used", "lines of this kind are not used yet",
        remedy: "Nothing is to be done; the rest of the log counts.")
      return false
    case .end: return end(values, decoded, at: place, into: &sink)
    }
    return true
  }

  /// The board booted again before the log ended.
  mutating func restart(at place: Place, into sink: inout Sink) {
    if !ended {
      sink.report(
        .warning, at: place, rule: "reset",
        "the board booted again before the log ended; a new log starts here",
        remedy: "What was complete before counts; look for a crash or a brown-out.")
    }
    close(expectingEnd: false, into: &sink)
    self = BenchLogContent(file: file)
  }

  /// Hands over the runs; says that the end is missing where it should have come.
  mutating func close(expectingEnd: Bool, into sink: inout Sink) {
    for id in order {
      if let run = open[id] { sink.add(run.finished()) }
    }
    if expectingEnd, !ended {
      sink.report(
        .warning, at: nil, rule: "no-end",
        "the log has no end line: it was cut off, or is still being written",
        remedy: "What it holds counts; let the capture run until the end line.")
    }
    open = [:]
    order = []
  }

  private mutating func declare(
    _ values: BenchLogValues, at place: Place, into sink: inout Sink
  ) -> Bool {
    runLines += 1
    guard let id = values.whole("id"), open[id] == nil else {
      sink.report(
        .error, at: place, rule: "repeated-run", "run \(values.whole("id") ?? 0) is declared twice",
        remedy: "Give each run of a log a number of its own; the first one counts.")
      return false
    }
    guard
      var run = BenchLogRun(
        values,
        source: RunSource(
          file: file, firstLine: place.line, lastLine: place.line, dialect: .benchLog))
    else {
      sink.report(
        .error, at: place, rule: "unknown-unit", "the unit of the run's times is none of \(units)",
        remedy: "Write unit=us, for example; the run is left out.")
      return false
    }
    let parts = [
      ("machine", values.whole("machine").map { machines[$0] }),
      ("build", values.whole("build").map { builds[$0] }),
      ("model", values.whole("model").map { models[$0]?.entries }),
    ]
    for (word, found) in parts {
      guard let found else { continue }
      guard let entries = found else {
        sink.report(
          .warning, at: place, rule: "undeclared-reference",
          "the run refers to a \(word) line that is missing",
          remedy: "Give what is not known with --set, or record the log again.")
        continue
      }
      for (key, text) in entries { run.run.configuration.offer(key, text, .log) }
    }
    for (key, text) in origin + values.entries(runKeys, file, place, &sink) {
      run.run.configuration.offer(key, text, .log)
    }
    if let model = values.whole("model").flatMap({ models[$0] }) {
      run.run.macs = model.macs
      run.run.weightBytes = model.weightBytes
    }
    open[id] = run
    order.append(id)
    return true
  }

  private mutating func end(
    _ values: BenchLogValues, _ decoded: DecodedLine, at place: Place, into sink: inout Sink
  ) -> Bool {
    ended = true
    if let lines = values.whole("lines"), lines != UInt64(decoded.sequence) + 1 {
      sink.report(
        .error, at: place, rule: "wrong-count",
        "the end line counts \(lines) lines but is number \(decoded.sequence)",
        remedy: "Lines were lost or added; record the log again if they are needed.")
      return false
    }
    if let runs = values.whole("runs"), runs != UInt64(runLines) {
      sink.report(
        .error, at: place, rule: "wrong-count",
        "the end line counts \(runs) runs; \(runLines) run lines arrived whole",
        remedy: "Record the log again to have the missing ones.")
      return false
    }
    return true
  }
}

/// A model line.
struct BenchLogModel {
  var entries: [(ConfigurationKey, String)]
  var macs: UInt64?
  var weightBytes: UInt64?
}

private let units = "ns, us, cycles and instructions"
private let logKeys: [(StaticString, ConfigurationKey)] = [
  ("origin", .origin), ("citation", .citation),
]
private let machineKeys: [(StaticString, ConfigurationKey)] = [
  ("board", .board), ("mcu", .mcu), ("clock_hz", .clock), ("cores", .cores),
  ("flash_clock_hz", .flashClock), ("flash", .flash), ("xip_cache", .xipCache),
]
private let buildKeys: [(StaticString, ConfigurationKey)] = [
  ("runtime", .runtime), ("kernels", .kernels), ("compiler", .compiler), ("flags", .flags),
]
private let modelKeys: [(StaticString, ConfigurationKey)] = [
  ("name", .model), ("dtype", .dtype), ("dtype_claimed", .dtypeClaimed),
  ("dtype_evidence", .dtypeEvidence), ("crc32", .modelCRC32), ("bytes", .modelBytes),
  ("weights_source", .weightsSource),
]
private let runKeys: [(StaticString, ConfigurationKey)] = [
  ("weights", .weights), ("code", .code), ("activations", .activations),
  ("arena_bytes", .arenaBytes), ("caveat", .caveat),
]
