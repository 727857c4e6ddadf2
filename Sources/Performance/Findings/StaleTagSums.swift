import Ingest
import Support

/// Per-tag sums that grow with every inference (MicroProfiler keeps them across ClearEvents).
enum StaleTagSums: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .staleTagSums, severity: .warning,
      action: "Log the events; update tflite-micro, or print the per-tag table only once."
    ) { runs in
      "In \(counted(runs, "run")) the per-tag sums are not those of one inference; they were not used as "
        + "printed."
    }
  }
}
