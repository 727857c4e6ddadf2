import Quantiles
import Support

/// The figures of a streaming wake word run: no window is timed, but a pin is high while the
/// device works; its duty cycle times its period is the time of one inference.
struct MLPerfDutyCycle: Sendable {
  private var duty: PrintedNumber?
  private var period: PrintedNumber?
  private var throughput: PrintedNumber?
  /// `Duty cycle = 0.363, Period = 32.1 ms`, printed earlier with fewer digits.
  private var coarse: (duty: PrintedNumber, period: PrintedNumber)?
  private var isSpoiled = false
  /// First line it was read in.
  private(set) var firstLine: Int?

  private static let keys: [StaticString] = [
    "Average duty cycle", "Average period", "Estimated throughput", "Duty cycle = ",
  ]

  /// True when a further set of figures would belong to another run.
  var isComplete: Bool { throughput != nil }

  /// Takes a line of this kind; nil for any other.
  mutating func read(
    _ text: Span<UInt8>, from start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = start
    if Scan.key(text, &i, "Average duty cycle") {
      return take(
        text, i, unit: "", half: 0.5e-5, at: place, \.duty, "a duty cycle", into: &sink)
    }
    if Scan.key(text, &i, "Average period") {
      return take(
        text, i, unit: " s", half: 0.5e-6, at: place, \.period, "a period", into: &sink)
    }
    if Scan.key(text, &i, "Estimated throughput") {
      return take(
        text, i, unit: " inf./sec.", half: 0.5e-3, at: place, \.throughput, "a throughput",
        into: &sink)
    }
    if Scan.literal(text, &i, "Duty cycle = ") {
      guard let duty = PrintedNumber.read(text, &i, at: place),
        Scan.literal(text, &i, ", Period = "),
        let period = PrintedNumber.read(text, &i, at: place), Scan.literal(text, &i, " ms"),
        Scan.atEnd(text, i)
      else { return sink.reportDamage(at: place, "'Duty cycle = 0.5, Period = 32.1 ms'") }
      coarse = (duty, period.scaled(by: 1e-3))
      firstLine = firstLine ?? place.line
      return .read
    }
    guard NearMiss.begins(text, at: start, like: Self.keys) else { return nil }
    return sink.reportDamage(at: place, "a figure of the duty cycle")
  }

  /// The runner's formats are fixed, so `half` is too: a number with fewer digits was cut off.
  private mutating func take(
    _ text: Span<UInt8>, _ start: Int, unit: StaticString, half: Double, at place: TextPlace,
    _ field: WritableKeyPath<MLPerfDutyCycle, PrintedNumber?>, _ words: String,
    into sink: inout Sink
  ) -> LineFate {
    var i = start
    guard var number = PrintedNumber.read(text, &i, at: place),
      unit.utf8CodeUnitCount == 0 || Scan.literal(text, &i, unit), Scan.atEnd(text, i)
    else { return sink.reportDamage(at: place, words) }
    number.half = min(number.half, half)
    firstLine = firstLine ?? place.line
    if let held = self[keyPath: field] {
      if held.value == number.value { return .skipped(.repeated) }
      isSpoiled = true
      sink.reportContradiction(
        at: number.place,
        "\(words) of \(number.value), but line \(held.place.line) gives "
          + "\(held.value)")
      return .diagnosed
    }
    self[keyPath: field] = number
    return .read
  }

  /// The latency, when all figures are there and agree.
  func latency(into sink: inout Sink) -> Latency? {
    guard firstLine != nil, !isSpoiled else { return nil }
    guard let duty, let period, let throughput else {
      sink.report(
        .warning, at: TextPlace(line: firstLine ?? 1, column: 1), rule: "incomplete-duty-cycle",
        "duty cycle, period and throughput are not all there, so none is used",
        remedy: "Copy the log again from its source.")
      return nil
    }
    let time = duty.value * period.value
    let slack = duty.half * period.value + period.half * duty.value
    guard duty.value <= 1, time > 0, throughput.value > 0,
      PrintedNumber.close(
        1 / throughput.value, time,
        within: slack + throughput.half / (throughput.value * throughput.value))
    else {
      sink.reportContradiction(
        at: throughput.place,
        "the throughput of \(throughput.value) inf./s is not "
          + "1 / (duty cycle \(duty.value) x period \(period.value) s)")
      return nil
    }
    if let coarse, !coarse.duty.agrees(with: duty) || !coarse.period.agrees(with: period) {
      sink.reportContradiction(
        at: coarse.duty.place,
        "a duty cycle of \(coarse.duty.value) and a period of "
          + "\(coarse.period.value) s, but their averages are \(duty.value) and \(period.value) s")
      return nil
    }
    return Latency(
      samples: Samples([time]), unit: .seconds, kind: .dutyCycle, quantum: 2 * slack)
  }
}
