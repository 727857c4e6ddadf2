// What host code needs whatever its subject: one diagnostic (fact, place, rule, remedy), one
// formatter of numbers, one escaper for each medium, results that may be missing, files,
// streams and progress. Knows nothing of benchmarks.

/// What is wrong with an input, or worth knowing of it: the fact, where, which rule, what to do.
///
/// Thrown, it says why there is no result; kept beside a result, what was left out of it. Every room says
/// in this form what it cannot take, and each program prints it in the one way of `headline`.
public struct Diagnostic: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path as the user gave it, `-` for standard input; empty where no file is meant.
  public var file: String
  /// Where in that file.
  public var place: Place
  /// How much it matters; an error changes the exit status.
  public var severity: Severity
  /// Stable kebab-case name of the rule that was broken, for scripts.
  public var rule: String
  /// The fact: what was found and what is allowed.
  public var message: String
  /// What the user can do about it; empty where nobody can do anything.
  public var remedy: String
  /// How many others of its rule it stands for, see `DiagnosticList`; nil where it stands for itself.
  public var more: Int?

  /// Makes a diagnostic.
  public init(
    _ rule: String, _ message: String, remedy: String, place: Place = Place(), file: String = "",
    severity: Severity = .error
  ) {
    self.file = file
    self.place = place
    self.severity = severity
    self.rule = rule
    self.message = message
    self.remedy = remedy
  }

  /// One-based line of a text; 0 in other files and where the whole file is meant.
  public var line: Int { place.text?.line ?? 0 }

  /// One-based column of a text; 0 in other files and where a whole line or file is meant.
  public var column: Int { place.text?.column ?? 0 }

  /// `file:line:column: severity: message`, or `file: byte 812: severity: message`: the first of the two
  /// lines that a user sees. The second is the remedy.
  public var headline: String {
    var parts = [file, place.parts]
    if let text = place.text { parts[0] = "\(file):\(text.line):\(max(text.column, 1))" }
    parts += [severity.rawValue, message]
    return parts.filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// Both lines that a user sees, the remedy indented below the headline; what could drive a terminal is
  /// escaped.
  public var description: String {
    let lines = [headline, "  " + remedy].prefix(remedy.isEmpty ? 1 : 2)
    return lines.map(MessageText.line).joined(separator: "\n")
  }

  /// The message behind the parts of its place, for forms that have fields for file, line and column only.
  public var located: String {
    place.parts.isEmpty ? message : "\(place.parts): \(message)"
  }

  /// The same, of that file.
  public func of(_ path: String) -> Diagnostic {
    var result = self
    result.file = path
    return result
  }

  /// The same, of that file unless it names one.
  public func within(file path: String) -> Diagnostic { file.isEmpty ? of(path) : self }

  /// The same, of that severity.
  public func rated(_ severity: Severity) -> Diagnostic {
    var result = self
    result.severity = severity
    return result
  }

  /// The same with what is not yet known of its place.
  public func within(_ outer: Place) -> Diagnostic {
    var result = self
    result.place = place.within(outer)
    return result
  }
}

extension Diagnostic: FieldsEncodable {
  /// What is wrong, where, and what to do.
  public var fields: Fields {
    [
      "file": file, "line": line, "column": column, "severity": severity, "rule": rule,
      "message": located, "remedy": remedy, "more": more,
    ]
  }
}
