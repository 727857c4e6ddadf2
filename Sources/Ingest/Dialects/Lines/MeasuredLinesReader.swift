import Support

/// Reads logs in which lines of words tell times, or lines of a shape that patterns describe.
struct MeasuredLinesReader: DialectReader {
  static let dialect = Dialect(rawValue: "times in words")

  private let patterns: PatternSet?
  private var runs: MeasuredRuns
  private var headings = Headings()
  /// The beginning of the last line that told a time, to know a damaged one by.
  private var leader: [UInt8] = []
  /// Lines that give a number without unit for a time.
  private var unitless: TextPlace?
  private var unitlessCount = 0
  /// Where a line of a kind stands that is refused.
  private var refusedLine: Int?

  init(file: String) { self.init(file: file, patterns: nil) }

  /// A reader of lines that `patterns` describe; of words where it is nil.
  init(file: String, patterns: PatternSet?) {
    self.patterns = patterns
    runs = MeasuredRuns(
      file: file, dialect: patterns?.dialect ?? Self.dialect, implied: patterns?.implied ?? [])
  }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    guard LineGrammar.read(line, at: TextPlace(line: 1, column: 1)).rank != nil else { return nil }
    return Evidence(4, "a time in words, '\(TimeExample.of(line))'")
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    switch headings.take(line) {
    case .boot:
      runs.boot(into: &sink)
      return .skipped(.bootChatter)
    case .heading: runs.head()
    case nil: break
    }
    if let patterns {
      switch patterns.match(line, at: place) {
      case .measured(let measured): return take(measured, line, place, &sink)
      case .refused(let refusal):
        // Once is enough; the other lines say the same.
        guard refusedLine == nil else { return .skipped(.counters) }
        refusedLine = place.line
        sink.report(refusal.at(place))
        return .diagnosed
      case nil: break
      }
    }
    var measured = LineGrammar.read(line, at: place)
    // What the patterns do not read is no time.
    if patterns != nil { measured.figures = [] }
    if let offset = measured.ambiguity, measured.figures.isEmpty {
      sink.report(
        .warning, at: place.advanced(by: offset), rule: "ambiguous-number",
        "the comma in this number may stand before thousands or before decimals, so it is not taken",
        remedy: "Print it without a comma, or with a point before decimals.")
      return .diagnosed
    }
    if let zero = measured.figures.first(where: {
      $0.role.isInference && $0.value == 0 && $0.quantum <= 1e-6 && $0.unit?.timeUnit == .seconds
    }) {
      sink.report(
        .warning, at: zero.number.place, rule: "zero-time",
        "a time of 0 is printed to the microsecond or finer",
        remedy:
          "Look at the format of the printing statement: a number of another type is printed as 0.")
      return .diagnosed
    }
    if measured.lacksUnit, measured.figures.isEmpty, patterns == nil {
      unitless = unitless ?? place
      unitlessCount += 1
      if measured.isEmpty { return .diagnosed }
    }
    guard !measured.isEmpty else {
      guard resemblesLast(line) else { return .skipped(.prose) }
      return sink.reportDamage(at: place, "a line that gives a time")
    }
    return take(measured, line, place, &sink)
  }

  mutating func finish(into sink: inout Sink) {
    runs.finish(into: &sink)
    if let unitless {
      sink.report(
        .warning, at: unitless, rule: "no-unit",
        "\(unitlessCount == 1 ? "a line gives a time" : "\(unitlessCount) lines give times") without a unit; "
          + "\(unitlessCount == 1 ? "it is" : "they are") not taken",
        remedy: "Say which unit it is: --pattern '... {time:us}'.")
    }
    guard sink.runs.isEmpty, !sink.diagnostics.contains(where: { $0.severity == .error }) else {
      return
    }
    sink.report(
      .error, at: nil, rule: "no-time", "no line gives the time of one inference",
      remedy: "Say which does: analyze runs FILE --pattern 'Inference took {time:us} us'.")
  }

  private mutating func take(
    _ measured: MeasuredLine, _ line: Span<UInt8>, _ place: TextPlace, _ sink: inout Sink
  ) -> LineFate {
    runs.take(measured, line, at: place, into: &sink)
    if let first = measured.figures.first(where: { $0.role.isInference }) {
      leader.removeAll(keepingCapacity: true)
      for i in 0..<min(first.range.lowerBound, 64) { leader.append(line[i]) }
    }
    let tells =
      !measured.settings.isEmpty
      || measured.figures.contains { $0.role != .unnamed && $0.role != .count }
    return tells ? .read : .skipped(.prose)
  }

  /// Begins like the last line that told a time: at most a quarter of its bytes differ.
  private func resemblesLast(_ line: Span<UInt8>) -> Bool {
    guard line.count >= leader.count else { return false }
    var (letters, differences, digits) = (0, 0, 0)
    for i in leader.indices {
      if (leader[i] | 0x20) &- UInt8(ascii: "a") < 26 { letters += 1 }
      if leader[i] != line[i], !(Scan.isDigit(leader[i]) && Scan.isDigit(line[i])) {
        differences += 1
      }
    }
    for i in leader.count..<line.count where Scan.isDigit(line[i]) { digits += 1 }
    return letters >= 4 && digits > 0 && differences * 8 <= leader.count
  }
}

extension LineFigure.Role {
  var isInference: Bool { if case .inference = self { true } else { false } }
}
