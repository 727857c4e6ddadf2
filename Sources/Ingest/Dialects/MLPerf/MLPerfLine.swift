import Support

/// Who speaks in a line of a runner's log, and when: `00022.234 dut: ` or `0803.203804 ulp-mlperf: `.
struct MLPerfPrefix {
  enum Source {
    /// The device that is measured.
    case device
    /// The part that prints results.
    case results
    /// Other parts of the runner.
    case host
    case unknown
  }

  /// The stamp read as seconds; nil for the month-day form of the Python runner.
  var seconds: Double?
  var source: Source
  /// Where the text behind the prefix starts.
  var end: Int

  /// The prefix of `text`; nil where there is none.
  init?(_ text: Span<UInt8>) {
    var i = 0
    guard let whole = Scan.whole(text, &i), i <= 9 else { return nil }
    guard Scan.literal(text, &i, ".") else { return nil }
    let fraction = i
    guard let part = Scan.whole(text, &i) else { return nil }
    let digits = i - fraction
    guard digits == 3 || digits == 6, Scan.literal(text, &i, " ") else { return nil }
    let name = i
    while i < text.count, Scan.isWord(text[i]) || text[i] == UInt8(ascii: "-") { i += 1 }
    guard i > name, Scan.literal(text, &i, ":") else { return nil }
    source = Self.source(text, name)
    Scan.blanks(text, &i)
    seconds = digits == 3 ? Double(whole) + Double(part) / 1000 : nil
    end = i
  }

  private static func source(_ text: Span<UInt8>, _ start: Int) -> Source {
    @inline(__always) func names(_ word: StaticString) -> Bool {
      var i = start
      return Scan.literal(text, &i, word)
    }
    if names("dut:") { return .device }
    if names("ulp-mlperf:") || names("ulp-ml:") { return .results }
    if names("parser:") || names("sequencer:") || names("session:") { return .host }
    return .unknown
  }
}

/// One field of a results block, as in `Runtime      :       11.456 sec.`.
struct MLPerfField {
  enum Kind {
    case inferences, runtime, throughput, energy, power, energyPerInference, elapsed
  }

  enum Match {
    case none
    /// A known key, but not its value.
    case damaged
    case field(MLPerfField)
  }

  var kind: Kind
  /// In s, 1/s, µJ, µW or a count.
  var number: PrintedNumber

  private static let forms: [(key: StaticString, kind: Kind, units: [(StaticString, Double)])] = [
    ("# Inferences", .inferences, [("", 1)]),
    ("Inferences", .inferences, [("", 1)]),
    ("Runtime", .runtime, [("sec.", 1)]),
    ("Throughput", .throughput, [("inf./sec.", 1)]),
    ("Energy/Inf.", .energyPerInference, [("uJ/inf.", 1)]),
    ("Energy/Inf", .energyPerInference, [("uJ/inf", 1)]),
    ("Total Energy", .energy, [("uJ", 1)]),
    ("Energy", .energy, [("uJ", 1)]),
    ("Power", .power, [("uW", 1), ("mW.", 1000)]),
    ("Elapsed time", .elapsed, [("", 1)]),
  ]

  /// Keys by which a damaged field is known.
  static let keys: [StaticString] = [
    "# Inferences", "Inferences ", "Runtime", "Throughput", "Energy", "Total Energy", "Power  ",
    "Elapsed time",
  ]

  /// Reads the field at `start`; `inFull` where the runner prints all digits of a window.
  static func read(
    _ text: Span<UInt8>, from start: Int, inFull: Bool, at place: TextPlace
  ) -> Match {
    for form in forms {
      var i = start
      guard Scan.key(text, &i, form.key) else { continue }
      let column = i
      if form.kind == .inferences {
        guard let count = Scan.whole(text, &i), count < 1 << 52, Scan.atEnd(text, i) else {
          return .damaged
        }
        return .field(
          MLPerfField(
            kind: .inferences,
            number: PrintedNumber(
              value: Double(count), half: 0, place: place.advanced(by: column))))
      }
      let isWindow = form.kind == .runtime || form.kind == .throughput
      let full = form.kind == .elapsed || inFull && isWindow
      guard let number = PrintedNumber.read(text, &i, at: place, inFull: full) else {
        return .damaged
      }
      for (unit, factor) in form.units {
        var j = i
        if unit.utf8CodeUnitCount > 0 {
          guard Scan.literal(text, &j, " "), Scan.literal(text, &j, unit) else { continue }
        }
        guard Scan.atEnd(text, j) else { continue }
        return .field(MLPerfField(kind: form.kind, number: number.scaled(by: factor)))
      }
      return .damaged
    }
    return .none
  }
}
