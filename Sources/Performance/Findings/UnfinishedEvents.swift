import Ingest
import Support

/// Events without an end: 4294967295 or -1 ticks.
enum UnfinishedEvents: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .unfinishedEvent, severity: .warning,
      action: "Let the capture run until the inference ends; the other events count."
    ) { runs in "In \(counted(runs, "run")) an event never ended; its time was left out." }
  }
}
