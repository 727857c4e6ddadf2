import Support

/// Collects the results that both runners print: performance windows, energy, medians, duty cycle.
///
/// Every figure is printed beside others that follow from it; one that contradicts them is
/// reported and not used.
struct MLPerfResults: Sendable {
  /// Windows kept of one run; a benchmark run has five.
  static let windowLimit = 1000

  private enum Block {
    case none
    /// Fields whose header was lost.
    case orphan
    case performance(number: Int, inFull: Bool)
    case energy(number: Int)
  }

  private var block = Block.none
  private var header = TextPlace(line: 1, column: 1)
  private var fields: [MLPerfField] = []
  private var headerDuration: PrintedNumber?

  private(set) var windows: [Int: MLPerfWindow] = [:]
  private(set) var trials: [Int: MLPerfTrial] = [:]
  private(set) var medianThroughput: PrintedNumber?
  private(set) var medianEnergy: PrintedNumber?
  private(set) var sawEnergy = false
  /// Something was withheld, so the medians cannot be checked.
  private(set) var isIncomplete = false
  /// The runner says that a window breaks its rules.
  private(set) var complaint: Int?
  private(set) var firstLine: Int?
  var dutyCycle = MLPerfDutyCycle()

  private static let damagedKeys: [StaticString] =
    MLPerfField.keys + [
      "Performance results for window ", "Energy data for trial ", "Energy data for window ",
      "Median throughput is ", "Median energy cost is ", "Runtime requirements ",
    ]

  /// True when nothing was found.
  var isEmpty: Bool { firstLine == nil && dutyCycle.firstLine == nil }

  /// True when this line opens a block that belongs to the next run.
  func beginsNextRun(_ text: Span<UInt8>, from start: Int) -> Bool {
    var i = start
    if Scan.literal(text, &i, "Performance results for window ") {
      return medianThroughput != nil || dutyCycle.isComplete
    }
    if Scan.literal(text, &i, "Energy data for ") {
      return medianEnergy != nil || medianThroughput != nil || dutyCycle.isComplete
    }
    return Scan.literal(text, &i, "Average duty cycle") && dutyCycle.isComplete
  }

  /// Takes a line of results; nil when it is none. `inFull` where all digits are printed.
  mutating func read(
    _ text: Span<UInt8>, from start: Int, inFull: Bool, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = start
    Scan.blanks(text, &i)
    let fate = readKnown(text, from: i, inFull: inFull, at: place, into: &sink)
    if let fate {
      if fate == .read { firstLine = firstLine ?? place.line }
      return fate
    }
    guard NearMiss.begins(text, at: i, like: Self.damagedKeys) else { return nil }
    isIncomplete = true
    return sink.reportDamage(at: place.advanced(by: i), "a line of results")
  }

  private mutating func readKnown(
    _ text: Span<UInt8>, from start: Int, inFull: Bool, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = start
    if Scan.literal(text, &i, "Runtime requirements have been met") {
      return .skipped(.notMeasurement)
    }
    if Scan.literal(text, &i, "---") { return .skipped(.frame) }
    if Scan.literal(text, &i, "e-[") {
      complaint = complaint ?? place.line
      return .read
    }
    if Scan.literal(text, &i, "Performance results for window ") {
      guard let number = Scan.whole(text, &i), number < 1 << 31 else { return nil }
      _ = Scan.literal(text, &i, ":")
      guard Scan.atEnd(text, i) else { return nil }
      return open(.performance(number: Int(number), inFull: inFull), at: place, into: &sink)
    }
    if Scan.literal(text, &i, "Energy data for ") {
      return energyHeader(text, i, at: place, into: &sink)
    }
    if Scan.literal(text, &i, "Median ") { return median(text, i, at: place, into: &sink) }
    switch MLPerfField.read(text, from: start, inFull: inFull, at: place) {
    case .field(let field): return take(field, into: &sink)
    case .damaged: return nil
    case .none: return dutyCycle.read(text, from: start, at: place, into: &sink)
    }
  }

  private mutating func energyHeader(
    _ text: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = start
    if Scan.literal(text, &i, "trial ") {
      guard let number = Scan.whole(text, &i), number < 1 << 31, Scan.atEnd(text, i) else {
        return nil
      }
      return open(.energy(number: Int(number)), at: place, into: &sink)
    }
    guard Scan.literal(text, &i, "window "), let number = Scan.whole(text, &i),
      number < 1 << 31, Scan.literal(text, &i, " at time "), Scan.decimal(text, &i) != nil,
      Scan.literal(text, &i, " for "), let duration = PrintedNumber.read(text, &i, at: place),
      Scan.literal(text, &i, " sec.:"), Scan.atEnd(text, i)
    else { return nil }
    let fate = open(.energy(number: Int(number)), at: place, into: &sink)
    headerDuration = duration
    return fate
  }

  private mutating func median(
    _ text: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = start
    let isEnergy = Scan.literal(text, &i, "energy cost is ")
    guard isEnergy || Scan.literal(text, &i, "throughput is ") else { return nil }
    Scan.blanks(text, &i)
    guard let number = PrintedNumber.read(text, &i, at: place),
      Scan.literal(text, &i, isEnergy ? " uJ/inf." : " inf./sec."), Scan.atEnd(text, i)
    else { return nil }
    closeBlock(into: &sink)
    let held = isEnergy ? medianEnergy : medianThroughput
    if let held, held.value == number.value { return .skipped(.repeated) }
    if isEnergy { medianEnergy = number } else { medianThroughput = number }
    return .read
  }

  private mutating func open(
    _ next: Block, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    if fields.isEmpty {
      switch (block, next) {
      case (.performance(let a, let f), .performance(let b, let g)) where a == b && f == g:
        return .skipped(.repeated)
      case (.energy(let a), .energy(let b)) where a == b:
        return .skipped(.repeated)
      default: break
      }
    }
    closeBlock(into: &sink)
    block = next
    header = place
    headerDuration = nil
    if case .energy = next { sawEnergy = true }
    return .read
  }

  private mutating func take(_ field: MLPerfField, into sink: inout Sink) -> LineFate {
    switch block {
    case .orphan: return .diagnosed
    case .none: break
    case .performance, .energy:
      guard let held = fields.first(where: { $0.kind == field.kind }) else {
        fields.append(field)
        return .read
      }
      if fields.last?.kind == field.kind, held.number.value == field.number.value {
        return .skipped(.repeated)
      }
      closeBlock(into: &sink)
    }
    block = .orphan
    isIncomplete = true
    sink.report(
      .warning, at: field.number.place, rule: "orphan-field",
      "this figure and those up to the next window belong to no window",
      remedy: "Copy the log again from its source; the window's header is missing.")
    return .diagnosed
  }

  private func field(_ kind: MLPerfField.Kind) -> PrintedNumber? {
    fields.first { $0.kind == kind }?.number
  }

  /// Ends the block that is open: enters it when it is complete and its figures agree.
  mutating func closeBlock(into sink: inout Sink) {
    let ended = block
    block = .none
    defer { fields = [] }
    switch ended {
    case .none, .orphan: return
    case .performance(let number, let inFull):
      guard let inferences = field(.inferences), let runtime = field(.runtime),
        let throughput = field(.throughput)
      else { return reportIncomplete("window \(number)", into: &sink) }
      enter(
        MLPerfReading(inferences: inferences, runtime: runtime, throughput: throughput),
        number: number, inFull: inFull, into: &sink)
    case .energy(let number):
      guard let energy = field(.energy), let power = field(.power),
        let each = field(.energyPerInference), let duration = headerDuration ?? field(.elapsed),
        headerDuration != nil || field(.inferences) != nil
      else { return reportIncomplete("energy measurement \(number)", into: &sink) }
      enter(
        MLPerfTrial(
          energy: energy, power: power, perInference: each, duration: duration,
          inferences: field(.inferences)), number: number, into: &sink)
    }
  }

  private mutating func reportIncomplete(_ what: String, into sink: inout Sink) {
    isIncomplete = true
    sink.report(
      .warning, at: header, rule: "incomplete-window",
      "\(what) lacks some of its figures and is not used",
      remedy: "Copy the log again from its source; lines are missing.")
  }

  private mutating func enter(
    _ reading: MLPerfReading, number: Int, inFull: Bool, into sink: inout Sink
  ) {
    guard windows.count < Self.windowLimit || windows[number] != nil else {
      return reportTooMany(into: &sink)
    }
    guard reading.isConsistent else {
      isIncomplete = true
      return sink.reportContradiction(
        at: reading.throughput.place,
        "\(Format.shortest(reading.inferences.value)) inferences in \(reading.runtime.value) s are not "
          + "\(reading.throughput.value) inf./s")
    }
    var window = windows[number] ?? MLPerfWindow()
    if !window.enter(reading, inFull: inFull) {
      isIncomplete = true
      sink.reportContradiction(
        at: reading.runtime.place,
        "window \(number) took \(reading.runtime.value) s for \(Format.shortest(reading.inferences.value)) "
          + "inferences here, but something else where it was printed before")
    }
    windows[number] = window
  }

  private mutating func enter(_ trial: MLPerfTrial, number: Int, into sink: inout Sink) {
    guard trials.count < Self.windowLimit || trials[number] != nil else {
      return reportTooMany(into: &sink)
    }
    guard trial.powerAgrees else {
      isIncomplete = true
      return sink.reportContradiction(
        at: trial.power.place,
        "\(trial.power.value) uW over \(trial.duration.value) s are not "
          + "\(trial.energy.value) uJ")
    }
    guard trial.energyAgrees else {
      isIncomplete = true
      let count = trial.inferences.map { Format.shortest($0.value) } ?? "any whole number of"
      return sink.reportContradiction(
        at: trial.perInference.place,
        "\(trial.energy.value) uJ for \(count) inferences are not "
          + "\(trial.perInference.value) uJ/inf.")
    }
    if let held = trials[number] {
      guard
        held.perInference.value != trial.perInference.value
          || held.energy.value != trial.energy.value
      else { return }
      isIncomplete = true
      trials[number]?.isSpoiled = true
      return sink.reportContradiction(
        at: trial.perInference.place,
        "energy measurement \(number) is \(trial.perInference.value) uJ/inf. here, but "
          + "\(held.perInference.value) in line \(held.perInference.place.line)")
    }
    trials[number] = trial
  }

  private mutating func reportTooMany(into sink: inout Sink) {
    guard !isIncomplete else { return }
    isIncomplete = true
    sink.report(
      .error, at: header, rule: "too-many-windows",
      "a run has more than \(Self.windowLimit) windows; the rest is not used",
      remedy: "Split the log, one run to a file.")
  }

  /// A window's energy of one inference implies a number of inferences; the window's own count
  /// must be that. Called when the run is over.
  mutating func matchTrials(into sink: inout Sink) {
    closeBlock(into: &sink)
    for number in trials.keys.sorted() {
      guard let trial = trials[number], trial.inferences == nil,
        let window = windows[number]?.best
      else { continue }
      var counted = trial
      counted.inferences = window.inferences
      trials[number] = counted
      guard !counted.energyAgrees else { continue }
      isIncomplete = true
      trials[number]?.isSpoiled = true
      sink.reportContradiction(
        at: trial.perInference.place,
        "\(trial.energy.value) uJ for the "
          + "\(Format.shortest(window.inferences.value)) inferences of window \(number) are not "
          + "\(trial.perInference.value) uJ/inf.")
    }
  }
}

extension Sink {
  /// Notes that no window can be used; `end` is what the last one ends with.
  mutating func reportNoWindow(until end: String) {
    report(
      .warning, at: nil, rule: "no-window",
      "the log holds no window that can be used, so there is no run",
      remedy: "Record the log again, up to \(end).")
  }
}
