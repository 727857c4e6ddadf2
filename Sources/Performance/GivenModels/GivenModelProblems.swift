import Ingest
import Support

/// What is noticed while given models and runs are matched.
struct GivenModelProblems: Sendable {
  /// Of the models, in the order given.
  private(set) var ofModels: [Diagnostic] = []
  /// Of runs, in the order in which they were looked at.
  var ofRuns: [Diagnostic] { reported.all }
  private var reported = DiagnosticList()
  private var known: Set<[String]> = []

  mutating func add(
    _ severity: Severity, _ model: GivenModel, _ rule: String, _ message: String, remedy: String
  ) {
    ofModels.append(
      Diagnostic(rule, message, remedy: remedy, file: model.path, severity: severity))
  }

  /// What several runs of a log share is said of the first.
  mutating func add(
    _ severity: Severity, _ run: Run, _ rule: String, _ message: String, remedy: String
  ) {
    let file = run.source.file
    guard known.insert([file, rule, message]).inserted else { return }
    reported.add(
      Diagnostic(
        rule, message, remedy: remedy, place: Place(line: run.source.firstLine, column: 1),
        file: file, severity: severity))
  }
}
