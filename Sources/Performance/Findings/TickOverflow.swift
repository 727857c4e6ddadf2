import Ingest
import Support

/// Ticks that are negative or just below 2^32.
enum TickOverflow: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .tickOverflow, severity: .warning,
      action:
        "Print ticks as unsigned, use a slower tick where one operator takes 2^31 of them, and subtract the "
        + "other way round where the counter runs down. A new recording would show the same."
    ) { runs in
      "In \(counted(runs, "run")) a tick counter overflowed or runs backwards; the numbers it spoilt were not used."
    }
  }
}
