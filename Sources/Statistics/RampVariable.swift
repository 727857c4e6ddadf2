#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The variable in which the ramp between two breaks is a straight line.
public enum RampVariable: String, Sendable, Hashable, CaseIterable {
  /// x itself.
  case linear
  /// log x: equal ratios of x are equal steps.
  case logarithmic
  /// -1 / x: a share of x whose amount grows in proportion to x - onset, (x - onset) / x, is a
  /// straight line here. So does the share of a cyclically read array that misses a cache.
  case reciprocal

  /// The ramp variable at x; it increases with x.
  func forward(_ x: Double) -> Double {
    switch self {
    case .linear: x
    case .logarithmic: log(x)
    case .reciprocal: -1 / x
    }
  }

  /// The x at which the ramp variable has a value.
  func backward(_ z: Double) -> Double {
    switch self {
    case .linear: z
    case .logarithmic: exp(z)
    case .reciprocal: -1 / z
    }
  }
}
