import Ingest
import Support

/// A run that the tool itself calls failed.
enum FailedRun: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .failedRun, severity: .error,
      action: "Correct the tool's error and run it again; no number of this run is used."
    ) { runs in "The tool says that \(counted(runs, "run")) failed." }
  }
}
