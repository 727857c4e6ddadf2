import Ingest
import Support

/// Operators that contradict the run's total: a wrong unit, most often.
enum SumContradictsTotal: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .sumContradictsTotal, severity: .error,
      action: "Find out which unit the log prints; give it with --set tick=1ns or the like."
    ) { runs in
      "In \(counted(runs, "run")) the operators add up to something else than the whole inference."
    }
  }
}
