import Quantiles
import Support

/// Times windows by the messages of the device itself: `m-infer-start-N`, two `m-lap-us-T`,
/// `m-infer-done`. The host's stamps are the redundancy.
///
/// The messages are looked for anywhere in a line, since devices glue them to their own prints.
struct MLPerfLaps: Sendable {
  /// Host and device may differ by this much: the serial line's delay and two oscillators.
  static let slackSeconds = 0.2
  static let slackFraction = 0.05
  /// From this share on a clock is off by more than two oscillators are.
  private static let clockFraction = 0.01
  /// What the serial line may delay one stamp more than another, s.
  private static let stampDelay = 0.05

  private struct Lap {
    var microseconds: UInt64
    var host: Double?
    var place: TextPlace
  }

  private struct Window {
    var inferences: UInt64
    var place: TextPlace
    var laps: [Lap] = []
    var linesRead = 1
    var isSpoiled = false
  }

  private(set) var samples = Samples()
  /// The order of the windows' runtimes in us.
  private var order = SuccessiveDifferences()
  private(set) var inferences: UInt64 = 0
  /// Fewest and most inferences in a window.
  private var fewest = UInt64.max
  private var most = UInt64.min
  /// Every lap is a whole number of milliseconds: the device's timer is no finer.
  private var isMillisecondTimer = true
  /// Shortest runtime, in s.
  private(set) var shortest = Double.infinity
  private(set) var firstLine: Int?
  private(set) var blockDropped: Observation?
  private(set) var model: PrintedModel?
  /// What the last command `dut infer N 1` asked for.
  private var commanded: UInt64?
  private var window: Window?
  private var justDone = false
  /// Host stamps are there, so a line without one is damaged.
  private var sawHost = false

  /// All windows together by the runner's stamps and by the device's timer, s.
  private var byHost = 0.0
  private var byDevice = 0.0
  private var stampedWindows = 0.0

  /// Says that the two clocks differ by more than oscillators and serial lines do; nil where they agree or
  /// there are no stamps.
  var clockObservation: Observation? {
    let apart = abs(byHost - byDevice)
    guard byDevice > 0, apart > Self.clockFraction * byDevice + Self.stampDelay * stampedWindows
    else { return nil }
    return Observation(
      .hostClock,
      "By the runner's time stamps the windows took \(Format.rounded(byHost, places: 3)) s, by the device's "
        + "timer \(Format.rounded(byDevice, places: 3)) s: "
        + "\(Format.percent(apart / byDevice)) \(byHost > byDevice ? "less" : "more").",
      line: firstLine)
  }

  /// A model's name and where it stands.
  struct PrintedModel: Sendable {
    var name: String
    var place: TextPlace
  }

  private static let messages: [StaticString] = [
    "m-lap-us-", "m-infer-start-", "m-infer-done", "m-model-[",
  ]

  /// True when the text holds one of the messages, or what damage left of one.
  static func holdsMessage(_ text: Span<UInt8>) -> Bool { NearMiss.holds(text, like: messages) }

  /// The host sends `dut infer N W`.
  mutating func command(inferences: UInt64) { commanded = inferences }

  /// Takes the device messages of a line; nil when it holds none.
  mutating func read(
    _ text: Span<UInt8>, from start: Int, host: Double?, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var fate: LineFate?
    var i = start
    if host != nil { sawHost = true }
    while let found = Scan.find(text, "m-", from: i) {
      i = found + 2
      let here = place.advanced(by: found)
      guard let one = message(text, &i, host: host, at: here, into: &sink) else { continue }
      fate = fate == .diagnosed || one == .skipped(.hostChatter) && fate != nil ? fate : one
    }
    guard fate == nil, Self.holdsMessage(text) else { return fate }
    return sink.reportDamage(at: place, "a message of the device")
  }

  private mutating func message(
    _ text: Span<UInt8>, _ i: inout Int, host: Double?, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    if Scan.literal(text, &i, "lap-us-") {
      guard let value = Scan.whole(text, &i), Self.isBoundary(text, i) else {
        window?.isSpoiled = true
        return sink.reportDamage(at: place, "'m-lap-us-N'")
      }
      return lap(Lap(microseconds: value, host: host, place: place), into: &sink)
    }
    if Scan.literal(text, &i, "infer-start-") {
      guard let value = Scan.whole(text, &i), Self.isBoundary(text, i) else {
        drop(into: &sink)
        return sink.reportDamage(at: place, "'m-infer-start-N'")
      }
      return begin(value, at: place, into: &sink)
    }
    if Scan.literal(text, &i, "infer-done") {
      return done(at: place, into: &sink)
    }
    if Scan.literal(text, &i, "model-[") {
      drop(into: &sink)
      let first = i
      while i < text.count, text[i] != UInt8(ascii: "]") { i += 1 }
      guard i < text.count, i > first else {
        return sink.reportDamage(at: place, "'m-model-[NAME]'")
      }
      model = PrintedModel(name: Scan.string(text, first..<i), place: place)
      return .read
    }
    for known: StaticString in [
      "warmup-", "results-", "ready", "profile-", "name-dut-", "init-done", "timestamp-",
    ] where Scan.literal(text, &i, known) {
      drop(into: &sink)
      return .skipped(.hostChatter)
    }
    return nil
  }

  /// A number ends at the line's end, at a blank, or where the next message is glued on.
  private static func isBoundary(_ text: Span<UInt8>, _ i: Int) -> Bool {
    var j = i
    return Scan.atEnd(text, i) || text[i] == UInt8(ascii: " ") || Scan.literal(text, &j, "m-")
  }

  private mutating func begin(
    _ value: UInt64, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    if let open = window, open.laps.isEmpty, open.inferences == value, !open.isSpoiled {
      return .skipped(.repeated)
    }
    drop(into: &sink)
    justDone = false
    firstLine = firstLine ?? place.line
    window = Window(inferences: value, place: place)
    defer { commanded = nil }
    if let commanded, commanded != value {
      window?.isSpoiled = true
      window?.linesRead = 0
      sink.reportContradiction(
        at: place, "the device starts \(value) inferences, but the command asked for \(commanded)")
      return .diagnosed
    }
    return .read
  }

  private mutating func lap(_ lap: Lap, into sink: inout Sink) -> LineFate {
    // A lap outside a window answers `dut timestamp`.
    guard var open = window else { return .skipped(.notMeasurement) }
    defer { window = open }
    if let last = open.laps.last, last.microseconds == lap.microseconds, last.host == lap.host {
      return .skipped(.repeated)
    }
    guard open.laps.count < 2 else {
      open.isSpoiled = true
      sink.report(
        .error, at: lap.place, rule: "extra-lap",
        "a third lap in the window of line \(open.place.line); the window is not used",
        remedy: "Copy the log again from its source; a line was lost.")
      return .diagnosed
    }
    open.laps.append(lap)
    open.linesRead += 1
    return .read
  }

  private mutating func done(at place: TextPlace, into sink: inout Sink) -> LineFate {
    guard let open = window else {
      if justDone { return .skipped(.repeated) }
      sink.report(
        .warning, at: place, rule: "unfinished-window",
        "a window ends here that has no beginning; it is not used",
        remedy: "Copy the log again from its source; a line was lost.")
      return .diagnosed
    }
    justDone = true
    window = nil
    var isUsed = false
    defer { if !isUsed { order.break() } }
    guard !open.isSpoiled else {
      sink.retract(lines: open.linesRead)
      return .diagnosed
    }
    guard open.laps.count == 2, open.inferences > 0 else {
      sink.report(
        .warning, at: open.place, rule: "unfinished-window",
        "a window of \(open.inferences) inferences has \(open.laps.count) of 2 laps; "
          + "it is not used", remedy: "Copy the log again from its source; a line was lost.")
      sink.retract(lines: open.linesRead)
      return .diagnosed
    }
    guard let runtime = runtime(open.laps[0], open.laps[1], into: &sink) else {
      sink.retract(lines: open.linesRead)
      return .diagnosed
    }
    let count = Double(open.inferences)
    samples.add(runtime / count)
    inferences = inferences &+ open.inferences
    order.add(UInt64(exactly: (runtime * 1e6).rounded()) ?? .max)
    isUsed = true
    (fewest, most) = (min(fewest, open.inferences), max(most, open.inferences))
    isMillisecondTimer =
      isMillisecondTimer && open.laps.allSatisfy { $0.microseconds.isMultiple(of: 1000) }
    shortest = min(shortest, runtime)
    return .read
  }

  /// Seconds between two laps. The counter has 32 bits in most ports: a step backwards is its
  /// wrap when the host's stamps agree with that, and an error otherwise.
  private mutating func runtime(_ a: Lap, _ b: Lap, into sink: inout Sink) -> Double? {
    var host: Double?
    if sawHost {
      guard let first = a.host, let second = b.host else {
        sink.report(
          .warning, at: a.host == nil ? a.place : b.place, rule: "unknown-line",
          "a lap without the runner's time stamp cannot be checked; its window is not used",
          remedy: "Copy the log again from its source; the stamp is damaged.")
        return nil
      }
      host = second - first
    }
    let wraps = b.microseconds < a.microseconds && a.microseconds < 1 << 32
    let ticks =
      wraps ? b.microseconds + (1 << 32) - a.microseconds : b.microseconds &- a.microseconds
    let seconds = Double(ticks) / 1e6
    if b.microseconds > a.microseconds || wraps && host != nil {
      let slack = Self.slackSeconds + Self.slackFraction * seconds
      guard let host, abs(host - seconds) > slack else {
        if let host {
          (byHost, byDevice) = (byHost + host, byDevice + seconds)
          stampedWindows += 1
        }
        return seconds
      }
    }
    let passed =
      host.map { ", but \(Format.rounded($0, places: 3)) s by the runner's time stamps" } ?? ""
    sink.reportContradiction(
      at: b.place,
      "the laps \(a.microseconds) and \(b.microseconds) us "
        + (b.microseconds > a.microseconds ? "are \(seconds) s apart" : "run backwards") + passed)
    return nil
  }

  /// Another message came where the window should have ended: it was cut off.
  mutating func drop(into sink: inout Sink) {
    guard let open = window else { return }
    window = nil
    order.break()
    sink.retract(lines: open.linesRead)
    let message = "A window of \(open.inferences) inferences was cut off and is not used."
    blockDropped = blockDropped ?? Observation(.blockDropped, message, line: open.place.line)
    sink.report(
      .warning, at: open.place, rule: "unfinished-window",
      "a window of \(open.inferences) inferences was cut off; it is not used",
      remedy: "Copy the log again from its source, or record the run again.")
  }

  /// The latency of all windows; nil when there is none.
  var latency: Latency? {
    guard !samples.isEmpty else { return nil }
    var latency = Latency(
      samples: samples, unit: .seconds, kind: .window,
      quantum: (isMillisecondTimer ? 1e-3 : 1e-6) / Double(fewest), inferences: inferences)
    if fewest == most { latency.order = order }
    return latency
  }
}
