import Ingest

/// Findings that repeat what a reader noticed, one per file of the log.
enum ObservationFindings {
  /// One finding for all runs with an observation of `kind`.
  static func make(
    _ analysis: Analysis, _ kind: ObservationKind, severity: Severity, action: String,
    message: (_ runs: Int) -> String
  ) -> [Finding] {
    var runs: [String] = []
    var evidence: [String] = []
    for run in analysis.runs {
      let seen = run.run.observations.filter { $0.kind == kind }
      guard !seen.isEmpty else { continue }
      runs.append(run.id)
      for one in seen {
        let place = one.line.map { "\(run.run.source.file):\($0)" } ?? run.run.source.file
        evidence.append("\(place): \(one.message)")
      }
    }
    guard !runs.isEmpty else { return [] }
    let shown = evidence.prefix(8)
    let rest = evidence.count - shown.count
    return [
      Finding(
        id: kind.rawValue, severity: severity, message: message(runs.count),
        evidence: shown + (rest > 0 ? ["\(rest) more of the kind."] : []), action: action,
        runs: runs)
    ]
  }
}
