import Ingest
import Support

/// The model was recognised by its sequence of operators.
enum ModelRecognised: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .modelRecognised, severity: .note,
      action: "Name it with --set model=NAME, a sidecar file or the file name."
    ) { runs in "The model of \(counted(runs, "run")) was recognised by its operators." }
  }
}
