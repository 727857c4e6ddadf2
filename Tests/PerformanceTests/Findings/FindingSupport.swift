import Ingest
import Support
import Testing

@testable import Performance

/// A run with nothing to find, against a reference of its kind.
func cleanAnalysis() throws -> Analysis {
  try analyse(
    [makeRun(onRP2350("m", "int8"), times: scattered(0.01))],
    against: [makeRun(onNucleo("m", "int8"), times: scattered(0.005))])
}

extension FindingRule {
  /// What the rule finds in `analysis`, fed as the table feeds it.
  static func findings(in analysis: Analysis) -> [Finding] {
    guard let entry = FindingRules.all.first(where: { $0.name == "\(Self.self)" }) else {
      Issue.record("\(Self.self) is not in the table")
      return []
    }
    return entry.findings(analysis)
  }
}
