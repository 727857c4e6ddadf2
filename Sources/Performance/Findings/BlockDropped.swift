import Ingest
import Support

/// Blocks cut off by a reset.
enum BlockDropped: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .blockDropped, severity: .warning,
      action: "The other blocks count. Where a reset did it, look for a crash or a brown-out."
    ) { runs in
      "In \(counted(runs, "run")) blocks were cut off by a reset or the end of the log, or damaged; they were "
        + "dropped whole."
    }
  }
}
