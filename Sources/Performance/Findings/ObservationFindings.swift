import Ingest
import OrderedCollections
import Support

/// Findings that repeat what a reader noticed, one per file of the log.
enum ObservationFindings {
  /// One finding for all runs with an observation of `kind`.
  static func make(
    _ all: [AnalysedRun], _ kind: ObservationKind, severity: Severity, action: String,
    message: (_ runs: Int) -> String
  ) -> [Finding] {
    var runs: [String] = []
    // The same sentence is said once, with the first place and how many more there are.
    var seen: OrderedDictionary<String, (place: String, more: Int)> = [:]
    for run in all {
      let noticed = run.run.observations.filter { $0.kind == kind }
      guard !noticed.isEmpty else { continue }
      runs.append(run.id)
      for one in noticed {
        if (seen[one.message]?.more += 1) == nil, seen.count < 100 {
          seen[one.message] = (
            one.line.map { "\(run.run.source.file):\($0)" } ?? run.run.source.file, 0
          )
        }
      }
    }
    guard !runs.isEmpty else { return [] }
    let evidence = seen.map { message, one in
      "\(one.place)\(one.more > 0 ? " and \(one.more) more" : ""): \(message)"
    }
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
