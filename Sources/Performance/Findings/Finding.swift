import Ingest
import Support

/// Something the numbers say that a reader must know, with its evidence and what to do.
public struct Finding: Sendable, Equatable, Encodable {
  /// Stable kebab-case name.
  public var id: String
  /// How much it matters.
  public var severity: Severity
  /// One sentence.
  public var message: String
  /// Sentences with the numbers behind it.
  public var evidence: [String]
  /// What to do.
  public var action: String
  /// Ids of the runs it is about.
  public var runs: [String]

  /// A finding.
  public init(
    id: String, severity: Severity, message: String, evidence: [String], action: String,
    runs: [String]
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.evidence = evidence
    self.action = action
    self.runs = runs
  }
}
