import Quantiles
import Support
import TestSupport

@testable import Statistics

extension SplitMix {
  /// Roughly normal with mean 0 and deviation 1: the sum of 12 uniforms (Irwin-Hall).
  mutating func normal() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
  }
}

extension Outcome<Estimate> {
  /// The interval of a known estimate.
  var interval: Interval? { value?.interval.value }

  /// Why the estimate or its interval is missing.
  var why: String? { reason ?? value?.interval.reason }
}

/// Samples of which some came more than once.
func repeated(_ values: [(value: Double, count: UInt64)]) -> Samples {
  var samples = Samples()
  for (value, count) in values { samples.add(value, times: count) }
  return samples
}
