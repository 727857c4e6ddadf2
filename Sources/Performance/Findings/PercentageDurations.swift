import Ingest
import Support

/// Durations that are percentages.
enum PercentageDurations: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .percentageDurations, severity: .note,
      action: "Run the validation on the board to have durations in ms."
    ) { runs in
      "In \(counted(runs, "run")) durations are percentages; they were not taken for times."
    }
  }
}
