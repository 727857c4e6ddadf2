/// Diagnostics in the order in which they came. Past `most` of one rule in one severity they are counted: a
/// thousand of a kind say no more than the first hundred, and hide what else is wrong.
public struct DiagnosticList: Sendable {
  /// So many of one rule in one severity are listed.
  public static let most = 100

  private struct Kind: Hashable {
    let rule: String
    let severity: Severity
  }

  /// How many of a kind came.
  private struct Tally {
    let kind: Kind
    var listed = 0
    var unlisted = 0
    /// Of those that are not listed; nil where they are of several.
    var file: String?
  }

  /// Those that are listed.
  public private(set) var listed: [Diagnostic] = []
  /// In the order in which the kinds came.
  private var tallies: [Tally] = []
  private var places: [Kind: Int] = [:]

  /// None.
  public init() {}

  /// Those of another list, or of several one behind the other.
  public init(_ diagnostics: some Sequence<Diagnostic>) { add(diagnostics) }

  /// Lists it, or counts it.
  public mutating func add(_ diagnostic: Diagnostic) {
    let kind = Kind(rule: diagnostic.rule, severity: diagnostic.severity)
    let at = places[kind] ?? tallies.count
    if at == tallies.count {
      places[kind] = at
      tallies.append(Tally(kind: kind))
    }
    if diagnostic.more == nil, tallies[at].listed < Self.most {
      tallies[at].listed += 1
      listed.append(diagnostic)
      return
    }
    let isFirst = tallies[at].unlisted == 0
    tallies[at].unlisted += diagnostic.more ?? 1
    if isFirst {
      tallies[at].file = diagnostic.file
    } else if tallies[at].file != diagnostic.file {
      tallies[at].file = nil
    }
  }

  /// Lists or counts each.
  public mutating func add(_ diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics { add(diagnostic) }
  }

  /// Changes those from index `first` on.
  public mutating func update(from first: Int, _ change: (inout Diagnostic) -> Void) {
    for i in first..<max(first, listed.count) { change(&listed[i]) }
  }

  /// Those that are listed, and for each kind of which there are more one that says how many.
  public var all: [Diagnostic] { listed + tallies.filter { $0.unlisted > 0 }.map(Self.sum) }

  private static func sum(_ tally: Tally) -> Diagnostic {
    let severity = tally.kind.severity
    var result = Diagnostic(
      tally.kind.rule,
      "\(counted(tally.unlisted, "more \(severity.rawValue)", grouped: true)) of the rule '\(tally.kind.rule)' "
        + "\(tally.unlisted == 1 ? "is" : "are") not listed",
      remedy: severity == .note
        ? "The first \(most) are listed." : "Correct what is listed first; then more are.",
      file: tally.file ?? "", severity: severity)
    result.more = tally.unlisted
    return result
  }
}
