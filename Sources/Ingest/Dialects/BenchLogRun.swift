import BenchLog

/// A run of the project's own log while its lines come in.
struct BenchLogRun {
  struct Problem {
    var rule: String
    var message: String
    var remedy: String
  }

  var run: Run
  private let unit: TimeUnit
  /// Seconds, cycles or instructions per unit of the log.
  private let scale: Double
  private let quantum: Double
  private var published = false
  /// Where in `run.operators` the operator of an index stands.
  private var positions: [Int: Int] = [:]
  /// Operators whose line gives one time for them.
  private var publishedOperators: Set<Int> = []

  /// nil when the unit is not known.
  init?(_ values: BenchLogValues, source: RunSource) {
    run = Run(source: source)
    switch values.text("unit") {
    case "ns": (unit, scale) = (.seconds, 1e-9)
    case "us": (unit, scale) = (.seconds, 1e-6)
    case "cycles": (unit, scale) = (.cycles, 1)
    case "instructions": (unit, scale) = (.instructions, 1)
    default: return nil
    }
    quantum = Double(values.whole("quantum") ?? 1)
    run.operatorUnit = unit
    if let total = values.whole("latency") {
      published = true
      run.latency = Latency(
        samples: Samples([time(total)]), unit: unit, kind: .published, quantum: time(quantum),
        inferences: values.whole("inferences"))
    }
  }

  /// Microseconds and the like become seconds by one correctly rounded division, so that 58950 us
  /// is the same number as 0.05895 s.
  private func time(_ raw: Double) -> Double {
    scale == 1 ? raw : raw / (1 / scale).rounded()
  }

  private func time(_ raw: UInt64) -> Double { time(Double(raw)) }

  /// Takes an `op`, `inf` or `opt` line.
  mutating func take(_ record: Record, _ values: BenchLogValues, at place: Place) -> Problem? {
    run.source.lastLine = place.line
    switch record {
    case .op: return takeOperator(values)
    case .inf: return takeInference(values)
    case .opt: return takeOperatorTime(values)
    default: return nil
    }
  }

  private mutating func takeOperator(_ values: BenchLogValues) -> Problem? {
    let index = values.whole("index").flatMap { Int(exactly: $0) }
    if let index, positions[index] != nil {
      return Problem(
        rule: "repeated-operator", message: "operator \(index) is declared twice",
        remedy: "Give each operator its own index; the first one counts.")
    }
    var record = OperatorRecord(
      index: index, kind: values.text("kind") ?? "", name: values.text("name"),
      quantum: time(values.whole("quantum").map(Double.init) ?? quantum),
      macs: values.whole("macs"), weightBytes: values.whole("weight_bytes"))
    if let index { positions[index] = run.operators.count }
    if let total = values.whole("time") {
      record.samples.add(time(total))
      if let index { publishedOperators.insert(index) }
    }
    run.operators.append(record)
    return nil
  }

  private mutating func takeInference(_ values: BenchLogValues) -> Problem? {
    if published {
      return Problem(
        rule: "two-latencies",
        message: "the run has a published latency and inferences of its own",
        remedy: "Keep one of them; the published latency counts.")
    }
    let value = time(values.whole("time") ?? 0)
    if run.latency == nil {
      run.latency = Latency(
        samples: Samples(), unit: unit, kind: .inference, quantum: time(quantum))
    }
    run.latency?.samples.add(value)
    run.latency?.inferences += 1
    return nil
  }

  private mutating func takeOperatorTime(_ values: BenchLogValues) -> Problem? {
    guard let index = values.whole("op").flatMap({ Int(exactly: $0) }),
      let at = positions[index]
    else {
      return Problem(
        rule: "undeclared-operator",
        message: "the line times operator \(values.whole("op") ?? 0), whose own line is missing",
        remedy: "The line is left out; record the log again to have the operator.")
    }
    if publishedOperators.contains(index) {
      return Problem(
        rule: "two-operator-times",
        message: "operator \(index) has a time in its own line and others in its inferences",
        remedy: "Keep one of them; the time in its own line counts.")
    }
    run.operators[at].samples.add(time(values.whole("time") ?? 0))
    return nil
  }

  /// The run, operators in the order of the graph.
  func finished() -> Run {
    var run = run
    run.operators.sort { ($0.index ?? Int.max) < ($1.index ?? Int.max) }
    return run
  }
}
