import Core
import Models
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How random samples are distributed; each number by itself.
public enum SyntheticDistribution: Sendable, Equatable, CustomStringConvertible {
  /// Every value from `low` up to but not including `high` is as likely: what the original feeds is
  /// 0 to 1.
  case uniform(low: Float, high: Float)
  /// The bell curve.
  case normal(mean: Float, standardDeviation: Float)

  /// What is used unless another is named: uniform in [0, 1).
  public static let `default` = SyntheticDistribution.uniform(low: 0, high: 1)

  /// As in `uniform in [0, 1)`.
  public var description: String {
    switch self {
    case .uniform(let low, let high):
      "uniform in [\(Format.shortest(low)), \(Format.shortest(high)))"
    case .normal(let mean, let deviation):
      "normal with mean \(Format.shortest(mean)) and standard deviation \(Format.shortest(deviation))"
    }
  }

  /// `count` numbers.
  func values(_ count: Int, _ generator: inout SplitMix64) -> [Float] {
    switch self {
    case .uniform(let low, let high):
      return (0..<count).map { _ in low + (high - low) * generator.unit() }
    case .normal(let mean, let deviation):
      // G. Box, M. Muller, "A Note on the Generation of Random Normal Deviates", 1958; in 64 bits, so
      // that what a machine's logarithm and cosine do in the last bit is rounded away.
      return (0..<count).map { _ in
        let radius = (-2 * log(1 - generator.unitDouble())).squareRoot()
        let angle = 2 * Double.pi * generator.unitDouble()
        return mean + deviation * Float(radius * cos(angle))
      }
    }
  }
}
