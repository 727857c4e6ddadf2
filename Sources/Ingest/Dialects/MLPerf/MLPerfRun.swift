import Core
import Quantiles

/// Builds the run of one session from what was collected, and checks what spans its windows.
struct MLPerfRun {
  /// Windows of a run, and the least time each takes (MLPerf Tiny rules, "Performance").
  static let windowCount = 5
  static let leastSeconds = 10.0

  var file: String
  var dialect: Dialect
  /// Numbers the runner gives its windows.
  var numbers: [Int]
  /// Numbers it gives energy measurements.
  var trialNumbers: [Int]

  /// The run; nil when there is neither latency nor energy.
  func make(
    results: inout MLPerfResults, laps: MLPerfLaps?, model: String?, lastLine: Int,
    into sink: inout Sink
  ) -> Run? {
    results.matchTrials(into: &sink)
    checkMedians(results, into: &sink)
    let firstLine =
      [results.firstLine, results.dutyCycle.firstLine, laps?.firstLine, laps?.model?.place.line]
      .compactMap { $0 }.min() ?? 1
    var run = Run(
      source: RunSource(
        file: file, firstLine: firstLine, lastLine: max(firstLine, lastLine), dialect: dialect))
    run.operatorUnit = .seconds
    run.configuration.offer(.origin, Origin.measured, .implied)
    if let model { run.configuration.offer(.model, model, .log) }
    run.observations += [laps?.blockDropped, laps?.clockObservation].compactMap(\.self)
    if let line = results.complaint {
      run.observations.append(
        Observation(
          .windowRule, "The runner itself says that a window is too short to be valid.",
          line: line))
    }
    addLatency(to: &run, results, laps, into: &sink)
    addEnergy(to: &run, results)
    return run.latency == nil && run.energy.isEmpty && run.observations.isEmpty ? nil : run
  }

  private func addLatency(
    to run: inout Run, _ results: MLPerfResults, _ laps: MLPerfLaps?, into sink: inout Sink
  ) {
    if let latency = results.dutyCycle.latency(into: &sink) {
      run.latency = latency
      run.observations.append(
        Observation(
          .dutyCycle, "The time is duty cycle times period as seen on a pin; no invoke was timed.",
          line: results.dutyCycle.firstLine))
      if results.sawEnergy { noteThroughput(&run, nil, results) }
      return
    }
    if results.sawEnergy {
      if !results.windows.isEmpty { noteThroughput(&run, results.medianThroughput, results) }
      return
    }
    if let laps, let latency = laps.latency {
      noteRules(&run, count: Int(clamping: latency.samples.count), shortest: laps.shortest)
      if agree(latency, results, into: &sink) { run.latency = latency }
      return
    }
    var samples = Samples()
    var inferences: UInt64 = 0
    var quantum = 0.0
    var shortest = Double.infinity
    for (_, window) in results.windows.sorted(by: { $0.key < $1.key }) {
      guard let best = window.best, best.inferences.value > 0 else { continue }
      samples.add(best.runtime.value / best.inferences.value)
      inferences += UInt64(best.inferences.value)
      quantum = max(quantum, best.quantum)
      shortest = min(shortest, best.runtime.value)
    }
    guard !samples.isEmpty else { return addMedian(to: &run, results) }
    run.latency = Latency(
      samples: samples, unit: .seconds, kind: .window, quantum: quantum, inferences: inferences)
    noteRules(&run, count: Int(clamping: samples.count), shortest: shortest)
    noteNumbers(&run, results.windows.keys.sorted(), numbers)
  }

  /// Some results hold the median of the windows without the windows: one figure, as a paper has it.
  private func addMedian(to run: inout Run, _ results: MLPerfResults) {
    guard !results.isIncomplete, results.windows.isEmpty, let median = results.medianThroughput,
      median.value > median.half
    else { return }
    run.latency = Latency(
      samples: Samples([1 / median.value]), unit: .seconds, kind: .published,
      quantum: 2 * median.half / (median.value * median.value))
    run.observations.append(
      Observation(
        .windowRule, "The results hold the median of the windows alone; it counts as one figure.",
        line: median.place.line))
  }

  /// A log may hold the runner's own results besides the laps they come from: same median, then.
  private func agree(
    _ laps: Latency, _ results: MLPerfResults, into sink: inout Sink
  ) -> Bool {
    let readings = results.windows.values.compactMap(\.best)
    let printed = Samples(readings.map { $0.runtime.value / $0.inferences.value })
    guard let own = laps.samples.median, let theirs = printed.median, let first = readings.first,
      printed.count == laps.samples.count
    else { return true }
    let slack = readings.map(\.quantum).max() ?? 0
    guard !PrintedNumber.close(own, theirs, within: slack) else { return true }
    sink.reportContradiction(
      at: readings.map(\.runtime.place).min() ?? first.runtime.place,
      "the results give a median of \(theirs) s per inference, but the laps \(own) s")
    return false
  }

  private func addEnergy(to run: inout Run, _ results: MLPerfResults) {
    let sound = results.trials.filter { !$0.value.isSpoiled }.sorted { $0.key < $1.key }
    let whole = sound.filter { $0.value.count == 1 }
    if let first = whole.first {
      run.observations.append(
        Observation(
          .wholeRecordingEnergy,
          "The energy of \(first.value.energy.value) uJ is that of the whole recording of "
            + "\(first.value.duration.value) s, not of one inference; it was not taken.",
          line: first.value.energy.place.line))
    }
    for (_, trial) in sound where trial.count != 1 {
      run.energy.add(trial.perInference.value / 1e6)
    }
    if !run.energy.isEmpty { noteNumbers(&run, sound.map(\.key), trialNumbers) }
  }

  private func noteThroughput(
    _ run: inout Run, _ median: PrintedNumber?, _ results: MLPerfResults
  ) {
    let figure = median.map { " of \($0.value) inf./s" } ?? ""
    let taken =
      run.latency == nil ? "was not taken as its latency" : "is not that of a run for time"
    run.observations.append(
      Observation(
        .throughputInEnergyRun, "This is an energy run; the throughput\(figure) in it \(taken).",
        line: median?.place.line ?? results.firstLine))
  }

  private func noteRules(_ run: inout Run, count: Int, shortest: Double) {
    if count != Self.windowCount {
      run.observations.append(
        Observation(
          .windowRule,
          "The run has \(count) usable windows; the rules ask for \(Self.windowCount).",
          line: run.source.firstLine))
    }
    if shortest < Self.leastSeconds {
      run.observations.append(
        Observation(
          .windowRule, "A window took \(shortest) s; the rules ask for 10 s or more.",
          line: run.source.firstLine))
    }
  }

  private func noteNumbers(_ run: inout Run, _ found: [Int], _ expected: [Int]) {
    guard found != expected else { return }
    let list = found.map(String.init).joined(separator: ", ")
    let wanted = expected.map(String.init).joined(separator: ", ")
    run.observations.append(
      Observation(
        .windowRule, "The windows are numbered \(list), not \(wanted).",
        line: run.source.firstLine))
  }

  private func checkMedians(_ results: MLPerfResults, into sink: inout Sink) {
    guard !results.isIncomplete else { return }
    check(
      results.medianThroughput, results.windows.values.compactMap { $0.best?.throughput },
      "throughputs of the windows", into: &sink)
    check(
      results.medianEnergy, results.trials.values.map(\.perInference), "energies per inference",
      into: &sink)
  }

  private func check(
    _ median: PrintedNumber?, _ values: [PrintedNumber], _ words: String, into sink: inout Sink
  ) {
    guard let median, values.count == Self.windowCount || values.count == 1 else { return }
    let middle = values.sorted { $0.value < $1.value }[values.count / 2]
    guard !median.agrees(with: middle) else { return }
    sink.report(
      .error, at: median.place, rule: "contradicting-readings",
      "a median of \(median.value), but the median of the \(words) is \(middle.value)",
      remedy: "Copy the log again from its source; a figure is damaged or a window is missing.")
  }
}
