import Ingest
import Support

/// Ticks of unknown length.
enum UnknownTick: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .unknownTick, severity: .warning,
      action: "Say how long a tick is: --set tick=1us, tick=25MHz or tick=1024cycles."
    ) { runs in
      "Nothing says how long a tick is in \(counted(runs, "run")); ticks are given, no times."
    }
  }
}
