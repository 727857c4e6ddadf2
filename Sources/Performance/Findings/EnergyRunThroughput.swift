import Ingest
import Support

/// A throughput printed in an energy run.
enum EnergyRunThroughput: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .throughputInEnergyRun, severity: .note,
      action: "Use the performance run of the same submission."
    ) { runs in
      "In \(counted(runs, "energy run")) a throughput stands beside the energy; it is no performance result."
    }
  }
}
