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
  private var times = TickCounts()
  private var order = SuccessiveDifferences()
  private var sum: BenchLogSum?
  /// As in `run.operators`.
  private var operators: [BenchLogOperator] = []
  /// Where among them the operator of an index stands.
  private var positions: [Int: Int] = [:]
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
    case .inf, .opt:
      do throws(BenchLogRefusal) {
        if let measured = values.measuredTime { try take(measured, at: place.line) }
      } catch {
        return error.diagnostic
      }
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

  /// Takes the time of an inference, or of an operator in it.
  mutating func take(_ measured: MeasuredTime, at line: Int) throws(BenchLogRefusal) {
    run.source.lastLine = line
    guard let index = measured.op else { return try takeInference(measured) }
    let at = try position(index, isSummed: false)
    guard operators[at].counters.take(measured.accesses, measured.misses) else {
      throw .impossibleCounters(index)
    }
    operators[at].times.add(measured.time, per: unit.divisor)
  }

  /// Lines of another run come.
  mutating func settle() {
    times.settle()
    for i in operators.indices { operators[i].times.settle() }
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
    if let index { positions[index] = operators.count }
    let total = values.whole("time")
    if let total { record.samples.add(unit.time(total)) }
    run.operators.append(record)
    operators.append(BenchLogOperator(index: index, isPublished: total != nil))
    return nil
  }

  private mutating func takeInference(_ measured: MeasuredTime) throws(BenchLogRefusal) {
    if published { throw .twoLatencies }
    times.add(measured.time, per: unit.divisor)
    if measured.inference != following { order.break() }
    following = measured.inference &+ 1
    order.add(measured.time)
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
    guard let index = values.whole("op") else {
      if published { return BenchLogRefusal.twoLatencies.diagnostic }
      if sum != nil { return repeated }
      sum = taken
      return nil
    }
    do throws(BenchLogRefusal) {
      let at = try position(index, isSummed: true)
      if operators[at].sum != nil { return repeated }
      operators[at].sum = taken
      return nil
    } catch {
      return error.diagnostic
    }
  }

  /// Where the operator stands that a line refers to, if it was declared and has no other time.
  private func position(_ index: UInt64, isSummed: Bool) throws(BenchLogRefusal) -> Int {
    guard let at = Int(exactly: index).flatMap({ position($0) }) else {
      throw .undeclaredOperator(index, isSummed: isSummed)
    }
    guard !operators[at].isPublished else { throw .twoOperatorTimes(index) }
    return at
  }

  private func position(_ index: Int) -> Int? {
    // Most logs declare them in the order of the graph.
    if index < operators.count, operators[index].index == index { return index }
    return positions[index]
  }

  /// The run as a whole, operators in the order of the graph; what does not fit is reported.
  func finished(_ id: UInt64, into sink: inout Sink) -> Run {
    var run = run
    if !times.isEmpty {
      run.latency = Latency(
        samples: times.multiset, unit: unit.unit, kind: .inference, quantum: unit.time(quantum),
        inferences: order.count)
      run.latency?.order = order
    }
    let printed = order.count
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
    for (at, state) in operators.enumerated() {
      if let index = state.index { finish(&run.operators[at], index, state, of: id, into: &sink) }
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
    _ one: inout OperatorRecord, _ index: Int, _ state: BenchLogOperator, of id: UInt64,
    into sink: inout Sink
  ) {
    if !state.isPublished { one.samples = state.times.multiset }
    let sum = fitting(
      state.sum, one.samples, state.counters, "operator \(index) of run \(id)", &sink)
    one.cache = state.counters.counters(sum)
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
