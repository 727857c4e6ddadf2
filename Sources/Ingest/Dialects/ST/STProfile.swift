import Quantiles
import Support

/// The block `ST.AI Profiling results v2.0 - "NAME"` of the v10 era: mean, extremes and standard
/// deviation over some samples.
struct STProfile: Sendable {
  var name: String
  var header: TextPlace
  private(set) var samples: UInt64?
  /// In ms, each.
  private(set) var mean: PrintedNumber?
  private(set) var low: PrintedNumber?
  private(set) var high: PrintedNumber?
  private(set) var deviation: PrintedNumber?
  private(set) var macs: UInt64?
  private(set) var linesRead = 1
  private var isSpoiled = false

  static let damagedKeys: [StaticString] = [
    "ST.AI Profiling results ", "nb sample(s) ", "duration  ", "macc  ", "cycles/MACC ",
  ]

  /// The block whose title is `text`; nil for any other line.
  init?(title text: Span<UInt8>, at place: TextPlace) {
    var i = 0
    Scan.blanks(text, &i)
    guard Scan.literal(text, &i, "ST.AI Profiling results v"), Scan.decimal(text, &i) != nil,
      Scan.literal(text, &i, " - "), let quoted = STText.quoted(text, &i), Scan.atEnd(text, i)
    else { return nil }
    name = quoted
    header = place
  }

  /// Takes a field of the block; nil for any other line.
  mutating func read(
    _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = 0
    Scan.blanks(text, &i)
    if Scan.key(text, &i, "nb sample(s)") {
      guard let count = Scan.whole(text, &i), count > 0, count < 1 << 32, Scan.atEnd(text, i)
      else { return sink.reportDamage(at: place, "'nb sample(s) : N'") }
      return enter(\.samples, count, at: place, into: &sink)
    }
    if Scan.key(text, &i, "macc") {
      guard let count = Scan.grouped(text, &i), Scan.atEnd(text, i) else {
        return sink.reportDamage(at: place, "'macc : N'")
      }
      return enter(\.macs, count, at: place, into: &sink)
    }
    if Scan.key(text, &i, "duration") { return readDuration(text, i, at: place, into: &sink) }
    for skipped: StaticString in [
      "cycles/MACC", "used stack/heap", "network initialize time", "network installation time",
      "CPU cycles", "DEVICE duration", "HOST duration", "used mode", "number of c-node",
    ] where Scan.literal(text, &i, skipped) { return .skipped(.notMeasurement) }
    guard NearMiss.begins(text, at: i, like: Self.damagedKeys) else { return nil }
    return sink.reportDamage(at: place, "a figure of the profiling results")
  }

  private mutating func readDuration(
    _ text: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    var i = start
    guard let average = PrintedNumber.read(text, &i, at: place),
      Scan.literal(text, &i, " ms by sample ("),
      let least = PrintedNumber.read(text, &i, at: place), Scan.literal(text, &i, "/"),
      let most = PrintedNumber.read(text, &i, at: place), Scan.literal(text, &i, "/"),
      let spread = PrintedNumber.read(text, &i, at: place), Scan.literal(text, &i, ")"),
      Scan.atEnd(text, i)
    else { return sink.reportDamage(at: place, "'duration : X ms by sample (LOW/HIGH/STD)'") }
    if let mean {
      if mean.value == average.value, low?.value == least.value, high?.value == most.value {
        return .skipped(.repeated)
      }
      isSpoiled = true
      sink.reportContradiction(
        at: average.place,
        "a duration of \(average.value) ms, but \(mean.value) in line "
          + "\(mean.place.line)")
      return .diagnosed
    }
    (mean, low, high, deviation) = (average, least, most, spread)
    linesRead += 1
    return .read
  }

  private mutating func enter(
    _ field: WritableKeyPath<STProfile, UInt64?>, _ value: UInt64, at place: TextPlace,
    into sink: inout Sink
  ) -> LineFate {
    if let held = self[keyPath: field] {
      if held == value { return .skipped(.repeated) }
      isSpoiled = true
      sink.reportContradiction(at: place, "\(value) here, but \(held) before")
      return .diagnosed
    }
    self[keyPath: field] = value
    linesRead += 1
    return .read
  }

  /// The latency, when the block is whole and mean, extremes and deviation are possible together.
  func latency(into sink: inout Sink) -> Latency? {
    guard !isSpoiled else { return nil }
    guard let samples, let mean, let low, let high, let deviation, mean.value > 0 else {
      sink.report(
        .warning, at: header, rule: "incomplete-block",
        "these profiling results lack their samples or their duration; they are dropped whole",
        remedy: "Copy the log again from its source.")
      sink.retract(lines: linesRead)
      return nil
    }
    let slack = 2 * mean.half
    // Popoviciu: no standard deviation exceeds half the range.
    guard low.value <= mean.value + slack, mean.value <= high.value + slack,
      deviation.value <= (high.value - low.value) / 2 + 2 * slack
    else {
      sink.reportContradiction(
        at: mean.place,
        "a mean of \(mean.value) ms with a deviation of \(deviation.value) cannot "
          + "lie within \(low.value) and \(high.value) ms")
      sink.retract(lines: linesRead)
      return nil
    }
    return Latency(
      samples: Samples([mean.value / 1e3]), unit: .seconds, kind: .mean,
      quantum: 2 * mean.half / 1e3, inferences: samples,
      spread: PrintedSpread(
        low: low.value / 1e3, high: high.value / 1e3, standardDeviation: deviation.value / 1e3))
  }
}
