import BenchLog
import Support

/// Builds runs from the lines of one log; declarations are kept until the next boot.
struct BenchLogContent {
  private let file: String
  private var declarations: BenchLogDeclarations
  /// In the order of their lines.
  private var open: [(id: UInt64, run: BenchLogRun)] = []
  /// Where in `open` the run of an id stands.
  private var positions: [UInt64: Int] = [:]
  /// The run to which the last line belonged, and where it stands.
  private var current: (id: UInt64, at: Int)?
  /// Those of the present line.
  private var values = BenchLogValues()
  private var benches: Set<UInt64> = []
  private var runLines = 0
  private var benchLines = 0
  private var refusedLines = 0
  private var ended = false

  init(file: String) {
    self.file = file
    declarations = BenchLogDeclarations(file: file)
  }

  /// Takes an intact line; false when a diagnostic says why it is left out.
  mutating func take(
    _ line: Span<UInt8>, _ decoded: DecodedLine, at place: TextPlace, into sink: inout Sink
  ) -> Bool {
    // Moved out for the call, and back for the next line.
    var values = BenchLogValues()
    swap(&values, &self.values)
    defer { swap(&values, &self.values) }
    values.fill(line, decoded)
    switch decoded.record {
    case .log: declarations.takeLog(values, at: place, into: &sink)
    case .machine: declarations.takeMachine(values, at: place, into: &sink)
    case .build: declarations.takeBuild(values, at: place, into: &sink)
    case .model: declarations.takeModel(values, at: place, into: &sink)
    case .run: return declare(values, at: place, into: &sink)
    case .refused: takeRefused(values, at: place, into: &sink)
    case .bench: return takeBench(values, at: place, into: &sink)
    case .op, .inf, .opt, .out, .sum, .done:
      guard let at = values.whole("run").flatMap({ position($0) }) else {
        sink.report(
          .error, at: place, rule: "undeclared-run",
          "the line belongs to run \(values.whole("run") ?? 0), whose own line is missing",
          remedy: "The line is left out; record the log again to have the run.")
        return false
      }
      if let problem = open[at].run.take(decoded.record, values, at: place) {
        sink.report(problem.within(Place(place)))
        return false
      }
    case .end: return end(values, decoded, at: place, into: &sink)
    }
    return true
  }

  /// Takes the time of the line of that number; false, and nothing is taken, where something must be said.
  mutating func take(_ measured: MeasuredTime, at line: Int) -> Bool {
    guard let at = position(measured.run) else { return false }
    return (try? open[at].run.take(measured, at: line)) != nil
  }

  /// Where in `open` the run stands to which a line belongs.
  private mutating func position(_ id: UInt64) -> Int? {
    if let current, current.id == id { return current.at }
    guard let at = positions[id] else { return nil }
    if let current { open[current.at].run.settle() }
    current = (id, at)
    return at
  }

  /// The board booted again before the log ended.
  mutating func restart(at place: TextPlace, into sink: inout Sink) {
    if !ended {
      sink.report(
        .warning, at: place, rule: "reset",
        "the board booted again before the log ended; a new log starts here",
        remedy: "What was complete before counts; look for a crash or a brown-out.")
    }
    close(expectingEnd: false, into: &sink)
    sink.beginBoot()
    self = BenchLogContent(file: file)
  }

  /// Hands over the runs; says that the end is missing where it should have come.
  mutating func close(expectingEnd: Bool, into sink: inout Sink) {
    for (id, run) in open { sink.add(run.finished(id, into: &sink)) }
    if expectingEnd, !ended {
      sink.report(
        .warning, at: nil, rule: "no-end",
        "the log has no end line: it was cut off, or is still being written",
        remedy: "What it holds counts; let the capture run until the end line.")
    }
    open = []
    positions = [:]
    current = nil
  }

  private func source(_ place: TextPlace) -> RunSource {
    RunSource(
      file: file, firstLine: place.line, lastLine: place.line, dialect: BenchLogReader.dialect)
  }

  private mutating func declare(
    _ values: BenchLogValues, at place: TextPlace, into sink: inout Sink
  ) -> Bool {
    runLines += 1
    guard let id = values.whole("id"), positions[id] == nil else {
      sink.report(
        .error, at: place, rule: "repeated-run", "run \(values.whole("id") ?? 0) is declared twice",
        remedy: "Give each run of a log a number of its own; the first one counts.")
      return false
    }
    guard var run = BenchLogRun(values, source: source(place), declarations.recording) else {
      sink.report(
        .error, at: place, rule: "unknown-unit",
        "the unit of the run's times is none of \(BenchLogUnit.words)",
        remedy: "Write unit=us, for example; the run is left out.")
      return false
    }
    run.run.configuration = declarations.configuration(
      values, runKeys, of: "the run", at: place, into: &sink)
    if let model = declarations.model(of: values) {
      run.run.macs = model.macs
      run.run.weightBytes = model.weightBytes
    }
    positions[id] = open.count
    open.append((id, run))
    return true
  }

  private mutating func takeRefused(
    _ values: BenchLogValues, at place: TextPlace, into sink: inout Sink
  ) {
    refusedLines += 1
    let refused = RefusedRun(
      source: source(place),
      configuration: declarations.configuration(
        values, refusedKeys, of: "the refused run", at: place, into: &sink),
      neededBytes: values.whole("need"), availableBytes: values.whole("have"),
      reason: values.text("reason") ?? "")
    sink.report(
      .note, at: place, rule: "refused-run", refused.words,
      remedy: "The log has no numbers of it; the other runs count.")
    sink.add(refused)
  }

  private mutating func takeBench(
    _ values: BenchLogValues, at place: TextPlace, into sink: inout Sink
  ) -> Bool {
    benchLines += 1
    guard benches.insert(values.whole("id") ?? 0).inserted else {
      sink.report(
        .error, at: place, rule: "repeated-bench",
        "micro-benchmark \(values.whole("id") ?? 0) comes twice",
        remedy: "Give each one of a log a number of its own; the first one counts.")
      return false
    }
    guard let unit = BenchLogUnit(values.text("unit")) else {
      sink.report(
        .error, at: place, rule: "unknown-unit",
        "the unit of the micro-benchmark's times is none of \(BenchLogUnit.words)",
        remedy: "Write unit=cycles, for example; the line is left out.")
      return false
    }
    let shortest = values.whole("time") ?? 0
    let longest = values.whole("max")
    let (accesses, misses) = (values.whole("access"), values.whole("miss"))
    let repetitions = values.whole("n") ?? 1
    guard repetitions > 0, longest.map({ $0 >= shortest }) ?? true,
      BenchLogCounters.canBe(accesses, misses)
    else {
      sink.report(
        .error, at: place, rule: "impossible-bench",
        "the micro-benchmark has no repetitions, is longer at its shortest than at its longest, or "
          + "missed the cache more often than it read",
        remedy: "The line is left out; this is a mistake of the program that wrote it.")
      return false
    }
    sink.add(
      MicroBenchmark(
        source: source(place),
        configuration: declarations.configuration(
          values, [], of: "the micro-benchmark", at: place, into: &sink),
        name: values.text("name") ?? "", unit: unit.unit, repetitions: repetitions,
        shortest: unit.time(shortest), longest: longest.map(unit.time),
        macs: values.whole("macs"), bytes: values.whole("bytes"), accesses: accesses,
        misses: misses))
    return true
  }

  private mutating func end(
    _ values: BenchLogValues, _ decoded: DecodedLine, at place: TextPlace, into sink: inout Sink
  ) -> Bool {
    ended = true
    if let lines = values.whole("lines"), lines != UInt64(decoded.sequence) + 1 {
      sink.report(
        .error, at: place, rule: "wrong-count",
        "the end line counts \(lines) lines but is number \(decoded.sequence)",
        remedy: "Lines were lost or added; record the log again if they are needed.")
      return false
    }
    let counts = [
      ("run", "runs", values.whole("runs"), runLines),
      ("bench", "micro-benchmarks", values.whole("benches"), benchLines),
      ("refused", "refused runs", values.whole("refused"), refusedLines),
    ]
    var isRight = true
    for (word, words, said, came) in counts {
      guard let said, said != UInt64(came) else { continue }
      sink.report(
        .error, at: place, rule: "wrong-count",
        "the end line counts \(said) \(words); \(came) \(word) lines arrived whole",
        remedy: "Record the log again to have the missing ones.")
      isRight = false
    }
    return isRight
  }
}

private let runKeys: [(StaticString, ConfigurationKey)] = [
  ("weights", .weights), ("code", .code), ("activations", .activations),
  ("arena_bytes", .arenaBytes), ("caveat", .caveat), ("input", .input),
]
private let refusedKeys: [(StaticString, ConfigurationKey)] = [
  ("weights", .weights), ("cores", .cores),
]
