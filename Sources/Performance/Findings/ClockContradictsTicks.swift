import Ingest
import Support

/// Cycles, clock and duration that do not fit each other.
enum ClockContradictsTicks: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .cyclesContradictDuration, severity: .warning,
      action: "Trust the duration; the tool's printing of large numbers loses digits."
    ) { runs in
      "In \(counted(runs, "run")) the printed cycles are not duration times clock; "
        + "the duration was believed."
    }
      + ObservationFindings.make(
        analysis, .clockContradiction, severity: .warning,
        action: "Correct the file's name or the log's header."
      ) { runs in "In \(counted(runs, "run")) the clock of the name and that of the log differ." }
      + ObservationFindings.make(
        analysis, .modelContradiction, severity: .warning,
        action: "Correct the model's name with --set, a sidecar file or the file name."
      ) { runs in "\(counted(runs, "run")) cannot be of the model that was named." }
  }
}
