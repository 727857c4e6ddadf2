import BenchLog
import Quantiles
import Support

/// A run of the project's own log while its lines come in.
struct BenchLogRun {
  var run: Run
  private let unit: BenchLogUnit
  private let quantum: UInt64
  private var published = false
  /// Number of the inference that would follow the last one.
  private var following: UInt64?
  /// Where in `run.operators` the operator of an index stands.
  private var positions: [Int: Int] = [:]
  /// Operators whose line gives one time for them.
  private var publishedOperators: Set<Int> = []
  private var counters: [Int: BenchLogCounters] = [:]
  private var sum: BenchLogSum?
  private var operatorSums: [Int: BenchLogSum] = [:]
  private var outputs = BenchLogOutputs()
  private var done: BenchLogDone?

  /// nil when the unit is not known.
  init?(_ values: BenchLogValues, source: RunSource, _ recording: Recording) {
    guard let unit = BenchLogUnit(values.text("unit")) else { return nil }
    self.unit = unit
    quantum = values.whole("quantum") ?? 1
    run = Run(source: source)
    run.recording = recording
    run.recording.warmup = values.whole("warmup")
    run.recording.detail = values.whole("detail")
    run.recording.clockCost = values.whole("clock_cost").map(unit.time)
    run.operatorUnit = unit.unit
    if let total = values.whole("latency") {
      published = true
      run.latency = Latency(
        samples: Samples([unit.time(total)]), unit: unit.unit, kind: .published,
        quantum: unit.time(quantum), inferences: values.whole("inferences"))
    }
  }

  /// Takes a line that belongs to the run; nil, or why it is left out.
  mutating func take(_ record: Record, _ values: BenchLogValues, at place: TextPlace) -> Diagnostic?
  {
    run.source.lastLine = place.line
    switch record {
    case .op: return takeOperator(values)
    case .inf: return takeInference(values)
    case .opt: return takeOperatorTime(values)
    case .sum: return takeSum(values, at: place)
    case .out: return outputs.take(values, at: place)
    case .done:
      guard done == nil else {
        return Diagnostic(
          "repeated-done", "the run has ended before",
          remedy: "Look for a mistake of the program that wrote it; the first one counts.")
      }
      done = BenchLogDone(values, at: place)
    case .log, .machine, .build, .model, .run, .refused, .bench, .end: break
    }
    return nil
  }

  private mutating func takeOperator(_ values: BenchLogValues) -> Diagnostic? {
    let index = values.whole("index").flatMap { Int(exactly: $0) }
    if let index, positions[index] != nil {
      return Diagnostic(
        "repeated-operator", "operator \(index) is declared twice",
        remedy: "Give each operator its own index; the first one counts.")
    }
    var record = OperatorRecord(
      index: index, kind: values.text("kind") ?? "", name: values.text("name"),
      quantum: unit.time(values.whole("quantum") ?? quantum),
      macs: values.whole("macs"), weightBytes: values.whole("weight_bytes"))
    if let index { positions[index] = run.operators.count }
    if let total = values.whole("time") {
      record.samples.add(unit.time(total))
      if let index { publishedOperators.insert(index) }
    }
    run.operators.append(record)
    return nil
  }

  private mutating func takeInference(_ values: BenchLogValues) -> Diagnostic? {
    if published { return Self.twoLatencies }
    let ticks = values.whole("time") ?? 0
    if run.latency == nil {
      run.latency = Latency(
        samples: Samples(), unit: unit.unit, kind: .inference, quantum: unit.time(quantum))
    }
    run.latency?.samples.add(unit.time(ticks))
    let number = values.whole("i")
    if number != following { run.latency?.order.break() }
    following = number.map { $0 &+ 1 }
    run.latency?.order.add(ticks)
    run.latency?.inferences += 1
    return nil
  }

  private mutating func takeOperatorTime(_ values: BenchLogValues) -> Diagnostic? {
    let index: Int
    switch operatorIndex(values, what: "times") {
    case .success(let found): index = found
    case .failure(let problem): return problem
    }
    guard
      counters[index, default: BenchLogCounters()].take(
        values.whole("access"), values.whole("miss"))
    else {
      return Diagnostic(
        "impossible-counters",
        "operator \(index) missed the cache more often than it read, or than can be counted",
        remedy: "The line is left out; this is a mistake of the program that wrote it.")
    }
    if let at = positions[index] {
      run.operators[at].samples.add(unit.time(values.whole("time") ?? 0))
    }
    return nil
  }

  private mutating func takeSum(_ values: BenchLogValues, at place: TextPlace) -> Diagnostic? {
    guard let taken = BenchLogSum(values, at: place) else {
      return Diagnostic(
        "impossible-sum",
        "no inferences have such a number, shortest and longest time, total, and counters",
        remedy: "The line is left out; this is a mistake of the program that wrote it.")
    }
    let repeated = Diagnostic(
      "repeated-sum", "the same times are summed up twice",
      remedy: "Look for a mistake of the program that wrote it; the first one counts.")
    guard values.whole("op") != nil else {
      if published { return Self.twoLatencies }
      if sum != nil { return repeated }
      sum = taken
      return nil
    }
    switch operatorIndex(values, what: "sums up") {
    case .success(let index):
      if operatorSums[index] != nil { return repeated }
      operatorSums[index] = taken
      return nil
    case .failure(let problem): return problem
    }
  }

  /// The operator that a line refers to by its index, if it was declared and has no other time.
  private func operatorIndex(
    _ values: BenchLogValues, what: String
  ) -> Result<Int, Diagnostic> {
    guard let index = values.whole("op").flatMap({ Int(exactly: $0) }), positions[index] != nil
    else {
      return .failure(
        Diagnostic(
          "undeclared-operator",
          "the line \(what) operator \(values.whole("op") ?? 0), whose own line is missing",
          remedy: "The line is left out; record the log again to have the operator."))
    }
    guard !publishedOperators.contains(index) else {
      return .failure(
        Diagnostic(
          "two-operator-times",
          "operator \(index) has a time in its own line and others in its inferences",
          remedy: "Keep one of them; the time in its own line counts."))
    }
    return .success(index)
  }

  private static let twoLatencies = Diagnostic(
    "two-latencies",
    "the run has a published latency and inferences of its own",
    remedy: "Keep one of them; the published latency counts.")

  /// The run as a whole, operators in the order of the graph; what does not fit is reported.
  func finished(_ id: UInt64, into sink: inout Sink) -> Run {
    var run = run
    let printed = published ? 0 : run.latency?.inferences ?? 0
    let sum = fitting(
      self.sum, run.latency?.samples ?? Samples(), BenchLogCounters(), "run \(id)", &sink)
    if let sum {
      let statistics = sum.statistics(unit)
      run.statistics = statistics
      run.latency =
        run.latency
        ?? Latency(
          samples: Samples([statistics.mean]), unit: unit.unit, kind: .mean,
          quantum: unit.time(quantum), inferences: sum.count,
          spread: PrintedSpread(low: statistics.minimum, high: statistics.maximum))
    }
    run.cache = BenchLogCounters().counters(sum)
    for (index, at) in positions.sorted(by: { $0.value < $1.value }) {
      finish(&run.operators[at], index, of: id, into: &sink)
    }
    run.outputs = outputs.finished(into: &sink)
    if let done {
      run.recording.inferences = done.inferences
      run.recording.consoleTime = done.consoleTime.map(unit.time)
      run.recording.consoleBytes = done.consoleBytes
      done.check(run: id, summed: sum?.count, printed: printed, into: &sink)
    }
    run.operators.sort { ($0.index ?? Int.max) < ($1.index ?? Int.max) }
    return run
  }

  private func finish(
    _ one: inout OperatorRecord, _ index: Int, of id: UInt64, into sink: inout Sink
  ) {
    let counters = counters[index] ?? BenchLogCounters()
    let sum = fitting(
      operatorSums[index], one.samples, counters, "operator \(index) of run \(id)", &sink)
    one.cache = counters.counters(sum)
    guard let sum else { return }
    let statistics = sum.statistics(unit)
    one.statistics = statistics
    if one.samples.isEmpty {
      one.samples.add(statistics.mean)
      one.samplesAre = .mean
    }
  }

  /// The sum, unless lines contradict it, which is reported.
  private func fitting(
    _ sum: BenchLogSum?, _ printed: Samples, _ counters: BenchLogCounters, _ what: String,
    _ sink: inout Sink
  ) -> BenchLogSum? {
    guard let sum, let contradiction = sum.contradiction(printed, counters, unit) else {
      return sum
    }
    sink.report(
      .error, at: sum.place, rule: "sum-contradicts-lines",
      "the sum of \(what) \(contradiction)",
      remedy: "The lines count and the sum does not; look for a mistake of the program.")
    return nil
  }
}
