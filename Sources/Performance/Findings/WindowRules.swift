import Ingest
import Support

/// Windows that break the benchmark's rules.
enum WindowRules: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .windowRule, severity: .warning,
      action:
        "Repeat the run by the rules of the benchmark, or say with the number that it was not."
    ) { runs in
      "\(counted(runs, "run")) \(runs == 1 ? "does" : "do") not keep to the rules of the benchmark."
    }
  }
}
