import Ingest
import Support

/// A platform without a clock: all ticks are zero.
enum ZeroTicks: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    ObservationFindings.make(
      analysis, .zeroTicks, severity: .error,
      action: "Implement the platform's clock (micro_time), then measure again."
    ) { runs in "In \(counted(runs, "run")) every tick is zero: the platform has no clock." }
  }
}
