import Ingest
import Support

/// Results of one file that are more than twofold apart and became runs of their own.
enum ResultsKeptApart: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .keptApart, severity: .note,
      action:
        "Put each result into a file of its own, with a sidecar file that says compiler, flags and kernels."
    ) { runs in
      "\(counted(runs, "run")) begin\(runs == 1 ? "s" : "") where the results of a file change more than "
        + "twofold; what was before is kept apart."
    }
  }
}
