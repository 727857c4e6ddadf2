import Support

/// Patterns that read one kind of log.
public struct PatternSet: Sendable, Equatable {
  /// A kind of line that is refused by name.
  struct Refusal: Sendable, Equatable {
    var pattern: Pattern
    var message: String
    var remedy: String

    func at(_ place: TextPlace) -> Diagnostic {
      Diagnostic("refused-dialect", message, remedy: remedy, place: Place(place), severity: .error)
    }
  }

  /// What a line is.
  enum Match: Sendable {
    case measured(MeasuredLine)
    case refused(Refusal)
  }

  /// What users call the kind of log.
  let dialect: Dialect
  /// Those are tried in this order.
  var patterns: [Pattern]
  /// Lines that are refused, and why.
  var refusals: [Refusal] = []
  /// What the kind of log implies.
  var implied: [MeasuredLine.Setting] = []

  /// What a log is taken for that a user's pattern reads.
  public static let ofUser = Dialect(rawValue: "your pattern")

  /// The patterns a user gave.
  public init(_ patterns: [Pattern]) {
    self.init(dialect: Self.ofUser, patterns: patterns)
  }

  init(dialect: Dialect, patterns: [Pattern]) {
    (self.dialect, self.patterns) = (dialect, patterns)
  }

  /// What the first pattern that fits reads; nil where none does.
  func match(_ line: Span<UInt8>, at place: TextPlace) -> Match? {
    for pattern in patterns {
      if let measured = PatternMatcher.match(pattern, line, at: place) {
        return .measured(measured)
      }
    }
    for refusal in refusals where PatternMatcher.match(refusal.pattern, line, at: place) != nil {
      return .refused(refusal)
    }
    return nil
  }

  /// What a line says for this kind of log.
  func evidence(_ line: Span<UInt8>) -> Evidence? {
    let start = TextPlace(line: 1, column: 1)
    for pattern in patterns where PatternMatcher.match(pattern, line, at: start) != nil {
      return Evidence(
        pattern.fields.contains(where: \.measures) && !pattern.isWeak ? 8 : 1,
        "a line '\(pattern.text)'")
    }
    for refusal in refusals where PatternMatcher.match(refusal.pattern, line, at: start) != nil {
      return Evidence(8, "a line '\(refusal.pattern.text)'")
    }
    return nil
  }
}
