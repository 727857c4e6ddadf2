import Ingest
import Support

/// A log that is cut off inside its only inference.
enum IncompleteInference: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .incompleteInference, severity: .warning,
      action: "Let the capture run until an inference is whole; these operators may not be all."
    ) { runs in "In \(counted(runs, "run")) the log is cut off inside the only inference." }
  }
}
