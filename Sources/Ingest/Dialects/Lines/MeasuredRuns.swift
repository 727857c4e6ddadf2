import Core
import Quantiles
import Support

/// Makes runs of lines that tell times: which of them is the time of an inference is decided when all are read.
struct MeasuredRuns: Sendable {
  /// More names for a time are not told apart; a log has a handful.
  private static let mostSeries = 64

  let file: String
  let dialect: Dialect
  /// What the dialect implies.
  let implied: [MeasuredLine.Setting]
  private var standing: [MeasuredLine.Setting] = []
  private var series: [MeasuredSeries] = []
  private var summaries: [MeasuredSummary] = []
  private var stages = MeasuredStages()
  private var record = MeasuredRecords()
  private var first: TextPlace?
  private var last: TextPlace?
  private var isHeaded = false
  private var lastSummary: Int?

  init(file: String, dialect: Dialect, implied: [MeasuredLine.Setting]) {
    (self.file, self.dialect, self.implied) = (file, dialect, implied)
  }

  /// A heading stands before what comes next.
  mutating func head() { isHeaded = true }

  /// Takes a line that tells something; `text` is shown where it is spoken of.
  mutating func take(
    _ line: MeasuredLine, _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) {
    for setting in line.settings { set(setting, into: &sink) }
    guard !line.figures.isEmpty else { return }
    first = first ?? place
    last = place
    let count = line.figures.last { $0.role == .count }?.number.value
    takeInferences(line, text, place)
    for figure in line.figures {
      switch figure.role {
      case .inference, .count, .unnamed: break
      case .stage: stages.add(figure)
      case .kind(let kind): record.add(kind, figure)
      case .total(let rank): takeTotal(figure, rank, count, text)
      case .statistic(let statistic, let rank): takeStatistic(statistic, rank, figure, text)
      }
    }
    if let count, let lastSummary { summaries[lastSummary].take(count: count) }
  }

  private mutating func set(_ setting: MeasuredLine.Setting, into sink: inout Sink) {
    guard let text = try? setting.key.canonical(setting.text) else { return }
    let held = standing.first { $0.key == setting.key }?.text
    if let held, held != text, setting.key != .arenaBytes { endRun(into: &sink) }
    standing.removeAll { $0.key == setting.key }
    standing.append(.init(key: setting.key, text: text))
  }

  // MARK: figures

  private mutating func takeInferences(
    _ line: MeasuredLine, _ text: Span<UInt8>, _ place: TextPlace
  ) {
    var figures = line.figures.filter { if case .inference = $0.role { true } else { false } }
    // Cycles beside a time of the same name are the same inference.
    var paired: [LineFigure] = []
    for figure in figures where figure.unit?.timeUnit == .seconds {
      if let cycles = figures.firstIndex(where: {
        $0.unit?.timeUnit == .cycles && $0.name == figure.name
      }) {
        paired.append(figures.remove(at: cycles))
      } else {
        paired.append(figure)
      }
    }
    var times = 0
    for figure in figures {
      guard let unit = figure.unit?.timeUnit, case .inference(let rank) = figure.role else {
        continue
      }
      var sample = MeasuredSample(
        value: figure.value, digits: figure.digits, quantum: figure.quantum, unit: figure.unit,
        decimals: figure.decimals,
        place: figure.number.place)
      if unit == .seconds, times < paired.count {
        if paired[times].unit?.timeUnit == .cycles { sample.cycles = paired[times].value }
        times += 1
      }
      add(sample, figure.name, unit, rank, text)
    }
    if !figures.isEmpty { isHeaded = false }
  }

  private mutating func add(
    _ sample: MeasuredSample, _ name: String, _ unit: TimeUnit, _ rank: TimeWords.Rank,
    _ text: Span<UInt8>
  ) {
    var index = series.firstIndex { $0.name == name && $0.unit == unit }
    if index == nil {
      guard series.count < Self.mostSeries else { return }
      index = series.count
      series.append(
        MeasuredSeries(
          name: name, unit: unit, rank: rank, example: TimeExample.of(text), at: sample.place))
    }
    if let index { series[index].take(sample, rank: rank, isHeaded: isHeaded) }
  }

  private mutating func takeStatistic(
    _ statistic: TimeWords.Statistic, _ rank: TimeWords.Rank?, _ figure: LineFigure,
    _ text: Span<UInt8>
  ) {
    guard let unit = figure.unit?.timeUnit else { return }
    if let lastSummary, summaries[lastSummary].unit == unit,
      figure.name.isEmpty || summaries[lastSummary].name.isEmpty
        || summaries[lastSummary].name == figure.name,
      summaries[lastSummary].add(statistic, figure, of: rank)
    {
      return
    }
    guard summaries.count < Self.mostSeries else { return }
    lastSummary = summaries.count
    summaries.append(
      MeasuredSummary(figure, unit: unit, rank: rank ?? .bare, example: TimeExample.of(text)))
    _ = summaries[summaries.count - 1].add(statistic, figure, of: rank)
  }

  /// The time of so many inferences; without their number it is that of a stage.
  private mutating func takeTotal(
    _ figure: LineFigure, _ rank: TimeWords.Rank?, _ count: Double?, _ text: Span<UInt8>
  ) {
    guard let rank, rank < .bare, let count, count >= 1 else {
      stages.add(figure)
      if let unit = figure.unit?.timeUnit {
        add(
          MeasuredSample(
            value: figure.value, digits: figure.digits, quantum: figure.quantum, unit: figure.unit,
            decimals: figure.decimals,
            place: figure.number.place),
          "total \(figure.name)", unit, .whole, text)
      }
      return
    }
    var mean = figure
    mean.number = PrintedNumber(
      value: figure.number.value / count, half: figure.number.half / count,
      place: figure.number.place)
    takeStatistic(.mean, rank, mean, text)
    if let lastSummary { summaries[lastSummary].take(count: count) }
  }

  // MARK: runs

  /// The board boots.
  mutating func boot(into sink: inout Sink) {
    guard first != nil else { return }
    endRun(into: &sink)
    sink.beginBoot()
  }

  mutating func finish(into sink: inout Sink) { endRun(into: &sink) }

  private mutating func endRun(into sink: inout Sink) {
    for i in series.indices { series[i].finish() }
    let records = record.finish()
    defer {
      var next = MeasuredRuns(file: file, dialect: dialect, implied: implied)
      next.standing = standing
      self = next
    }
    guard let first else { return }
    if records.isEmpty {
      let summed = summaries.filter { $0.latency != nil }.map(\.rank).min()
      let single = series.filter { $0.count > 0 }.map(\.rank).min()
      // A summary that names the network tells more than times that name nothing.
      if let summed, single.map({ summed < $0 && $0 > .near }) ?? true {
        addSummaries(into: &sink)
      } else {
        addSeries(from: first, into: &sink)
      }
    } else {
      addRecords(records, from: first, into: &sink)
    }
  }

  private mutating func addSeries(from first: TextPlace, into sink: inout Sink) {
    let choice = MeasuredChoice(series)
    if let doubt = choice.doubt {
      sink.report(doubt)
      sink.retract(lines: Int(clamping: series.reduce(0) { $0 + $1.count }))
      return
    }
    for one in choice.chosen {
      for part in one.parts {
        var run = Run(
          source: RunSource(
            file: file,
            firstLine: choice.isOnly && part.times == nil ? first.line : part.first.line,
            lastLine: part.last.line, dialect: dialect))
        run.latency = Latency(
          samples: part.samples, unit: one.unit, kind: .inference, quantum: part.quantum)
        run.latency?.order = part.order
        if one.unit == .seconds { run.printedCycles = part.cycles }
        if !choice.isOnly { run.label = one.name }
        run.observations.append(reading(one.example, one.rank, run.latency, part.first.line))
        if let times = part.times {
          run.observations.append(.keptApart(times: times, at: part.first))
        }
        if one.unit == .seconds { noteClock(part, &run) }
        reportOddities(one, part, into: &sink)
        add(&run, into: &sink)
      }
    }
    if let warning = choice.warning { sink.report(warning) }
  }

  private func reportOddities(
    _ series: MeasuredSeries, _ part: MeasuredSeries.Part, into sink: inout Sink
  ) {
    if series.zeros > 0 {
      sink.report(
        .warning, at: series.firstZero, rule: "zero-time",
        "\(series.zeros == 1 ? "a time is" : "\(series.zeros) times are") 0 beside others that are not; "
          + "\(series.zeros == 1 ? "it is" : "they are") left out",
        remedy: "Look whether the program prints before it has measured.")
    }
    if let place = part.otherDecimals {
      sink.report(
        .warning, at: place, rule: "mixed-decimals",
        "this number has not as many decimals as those before; a program that prints whole and fraction apart "
          + "loses zeros, so that 0.042 becomes 0.42",
        remedy: "If it does (%d.%d), print %d.%03d. Otherwise nothing need be done.")
    }
  }

  private mutating func addSummaries(into sink: inout Sink) {
    let best = summaries.filter { $0.latency != nil }.map(\.rank).min()
    for (i, summary) in summaries.enumerated() where summary.rank == best {
      guard let latency = summary.latency,
        !summaries[(i + 1)...].contains(where: { $0.continues(summary) })
      else { continue }
      var run = Run(
        source: RunSource(
          file: file, firstLine: summary.first.line, lastLine: summary.last.line, dialect: dialect))
      run.latency = latency
      run.statistics = summary.statistics
      if summaries.count(where: { $0.latency != nil }) > 1, !summary.name.isEmpty {
        run.label = summary.name
      }
      run.observations.append(
        reading(summary.example, summary.rank, run.latency, summary.first.line))
      add(&run, into: &sink)
    }
  }

  private mutating func addRecords(
    _ records: MeasuredRecords.Result, from first: TextPlace, into sink: inout Sink
  ) {
    var run = Run(
      source: RunSource(
        file: file, firstLine: first.line, lastLine: last?.line ?? first.line, dialect: dialect))
    run.operators = records.operators
    run.operatorUnit = records.unit
    let wholes = series.filter { $0.parts.count == 1 }
    if let whole = wholes.first, wholes.count == 1 {
      run.latency = Latency(
        samples: whole.parts[0].samples, unit: whole.unit, kind: .inference,
        quantum: whole.parts[0].quantum)
      run.latency?.order = whole.parts[0].order
      run.observations.append(
        reading(whole.example, whole.rank, run.latency, whole.firstPlace.line))
    }
    add(&run, into: &sink)
  }

  private mutating func add(_ run: inout Run, into sink: inout Sink) {
    for setting in standing { run.configuration.offer(setting.key, setting.text, .log) }
    for setting in implied { run.configuration.offer(setting.key, setting.text, .implied) }
    if let apart = stages.observation { run.observations.append(apart) }
    if run.operators.isEmpty { run.operatorUnit = run.latency?.unit ?? .seconds }
    if run.latency?.samples.maximum == 0 {
      run.observations.append(
        Observation(.zeroTicks, "Every time is 0.", line: run.source.firstLine))
      run.latency = nil
    }
    sink.add(run)
  }

  private func reading(
    _ example: String, _ rank: TimeWords.Rank, _ latency: Latency?, _ line: Int
  ) -> Observation {
    let reason =
      switch rank {
      case .named: "it names an inference"
      case .near: "no line names an inference more plainly"
      case .bare: "it is the only time of the log, though it does not say of what"
      case .whole: "it is the only one that names an inference, and may hold more than the network"
      }
    // What a table shows has as many digits for every run.
    let resolution =
      latency?.unit == .seconds
      ? ", printed to \(Format.seconds(latency?.quantum ?? 0))" : ""
    return Observation(
      rank >= .bare ? .timeAssumed : .timeInWords,
      "The time of an inference was read from lines such as '\(example)'\(resolution): \(reason).",
      line: line)
  }

  /// What cycles and times together say of the clock, where nothing states it.
  private func noteClock(_ part: MeasuredSeries.Part, _ run: inout Run) {
    guard part.cycles != nil, part.clock.count > 0 else { return }
    if part.clock.isEmpty {
      run.observations.append(
        Observation(
          .cyclesContradictDuration,
          "No clock makes the printed cycles and times agree; the times were believed.",
          line: part.first.line))
      return
    }
    run.observations.append(
      Observation(
        .clockFromCycles,
        "Cycles and times of the same \(part.clock.count == 1 ? "inference" : "inferences") give a clock of "
          + "\(part.clock.words).", line: part.first.line))
  }
}
