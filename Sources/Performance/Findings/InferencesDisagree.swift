import Ingest
import Support

/// Inferences so far apart that no median stands for them: two builds or two inputs in one log.
enum InferencesDisagree: FindingRule {
  static func findings(in runs: [AnalysedRun]) -> [Finding] {
    let open = runs.compactMap { run in run.openReason.map { (run, $0) } }
    guard !open.isEmpty else { return [] }
    return [
      Finding(
        id: "inferences-disagree", severity: .warning,
        message:
          "\(counted(open.count, "run")) \(open.count == 1 ? "has" : "have") inferences more than twofold "
          + "apart and so no median; they look like two builds or inputs.",
        evidence: open.prefix(8).map { run, reason in
          "\(run.run.source.file):\(run.run.source.firstLine), \(run.id): \(reason)."
        } + (open.count > 8 ? ["\(open.count - 8) more of the kind."] : []),
        action:
          "Log each build or input in a file of its own, or put a heading (a line that begins with #) "
          + "before each.",
        runs: open.map(\.0.id))
    ]
  }
}
