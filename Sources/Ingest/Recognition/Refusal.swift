import Support

/// What is said of a file that is no known kind of log: what it is instead, or which of its lines look like times
/// and what would read them.
struct Refusal {
  /// A line that gives a time, or a number that may be one.
  private struct TimeLike {
    var text: String
    var pattern: String
    var line: Int
    var score: Int
  }

  private var best: [TimeLike] = []
  private var lines = 0
  /// Lines that end as statements of C-like source do.
  private var statements = 0
  /// Lines with as many commas as the one before.
  private var rows = 0
  private var commas = 0
  private var firstByte: UInt8?
  private var kind: FileKind?

  /// Takes the first bytes of the file.
  mutating func begin(_ bytes: Span<UInt8>) { kind = kind ?? FileKind.of(bytes) }

  /// Takes a line that nobody reads.
  mutating func take(_ line: Span<UInt8>, at place: TextPlace) {
    guard !line.isEmpty else { return }
    lines += 1
    firstByte = firstByte ?? line[0]
    let last = line[line.count - 1]
    if [UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}")].contains(last) { statements += 1 }
    var commas = 0
    for i in 0..<line.count where line[i] == UInt8(ascii: ",") || line[i] == UInt8(ascii: ";") {
      commas += 1
    }
    if commas > 0, commas == self.commas { rows += 1 }
    self.commas = commas
    let score = LineGrammar.timeLikeness(line)
    // The first of equals; lines that differ in digits only are one.
    guard score > 0, best.count < 3 || score > best[best.count - 1].score else { return }
    let text = TimeExample.of(line)
    let shape = Self.shape(text)
    guard !best.contains(where: { Self.shape($0.text) == shape }) else { return }
    best.append(
      TimeLike(
        text: text, pattern: PatternSuggestion.of(Scan.string(line, 0..<min(line.count, 300))),
        line: place.line, score: score))
    best.sort { ($1.score, $0.line) < ($0.score, $1.line) }
    if best.count > 3 { best.removeLast() }
  }

  private static func shape(_ text: String) -> String {
    String(text.map { $0.isNumber ? "0" : $0 })
  }

  /// What is wrong with a file of `total` lines.
  func diagnostic(lines total: Int) -> Diagnostic {
    if let kind {
      return Diagnostic("unknown-dialect", "this is \(kind.name), no log", remedy: kind.remedy)
    }
    if let first = best.first {
      let list = best.map { "'\($0.text)' (line \($0.line))" }.joined(separator: ", ")
      return Diagnostic(
        "unknown-dialect",
        "no known kind of log. What looks most like a time: \(list)",
        remedy:
          "If it is one: --pattern '\(first.pattern)' reads it (docs/patterns.md); "
          + "or 'analyze seal' makes a log of figures that you type.",
        place: Place(line: first.line, column: 1))
    }
    return Diagnostic(
      "unknown-dialect",
      "no known kind of log\(guess): none of its \(total) lines gives a time",
      remedy:
        "See 'analyze runs --help' for the kinds of log that can be read, and docs/patterns.md for any other."
    )
  }

  /// What a text is that is no log.
  private var guess: String {
    if lines >= 3, statements * 3 >= lines { return ", but source code" }
    if lines >= 3, rows * 4 >= lines * 3 { return ", but a table of something else" }
    switch firstByte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return lines > 0 && statements * 3 >= lines ? ", but JSON" : ""
    case UInt8(ascii: "<"): return ", but HTML or XML"
    default: return ""
    }
  }
}
