import Ingest

/// Blocks cut off by a reset.
enum BlockDropped: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .blockDropped, severity: .warning,
      action: "Look for a crash or a brown-out; the blocks before and after count."
    ) { runs in
      "In \(counted(runs, "run")) blocks were cut off by a reset or damaged; they were dropped whole."
    }
  }
}
