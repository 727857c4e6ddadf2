/// How much a diagnostic matters.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  case note, warning, error

  /// A note is less than a warning, a warning less than an error.
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// Something in the input that a reader could not take as it stands: where, which rule, what to do.
public struct Diagnostic: Sendable, Equatable {
  /// Path as the user gave it, `-` for standard input.
  public var file: String
  /// One-based line; 0 when the whole file is meant.
  public var line: Int
  /// One-based column in bytes; 0 when the whole line is meant.
  public var column: Int
  /// How much it matters; an error changes the exit status.
  public var severity: Severity
  /// Stable kebab-case name of the rule that was broken, for scripts.
  public var rule: String
  /// The fact: what was found and what is allowed.
  public var message: String
  /// What the user can do about it.
  public var remedy: String

  /// Makes a diagnostic; line and column are one-based, 0 where they do not apply.
  public init(
    file: String, line: Int, column: Int, severity: Severity, rule: String, message: String,
    remedy: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.severity = severity
    self.rule = rule
    self.message = message
    self.remedy = remedy
  }

  /// `file:line:column: severity: message`, the first of the two lines a user sees.
  public var headline: String {
    let place = line == 0 ? file : "\(file):\(line):\(max(column, 1))"
    return "\(place): \(severity.rawValue): \(message)"
  }
}
