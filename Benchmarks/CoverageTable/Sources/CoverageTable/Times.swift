import Core
import Foundation

/// What a simulated board's times are like, in ticks.
enum Times: CaseIterable {
  case gaussian, lognormal, bimodal, outliers, coarseTicks, autoregressive5, autoregressive9

  var name: String {
    switch self {
    case .gaussian: "gaussian"
    case .lognormal: "lognormal, sigma 0.1"
    case .bimodal: "bimodal, 60 and 40 %"
    case .outliers: "outliers, 5 % threefold"
    case .coarseTicks: "coarse ticks, sd 0.5"
    case .autoregressive5: "AR(1), rho 0.5"
    case .autoregressive9: "AR(1), rho 0.9"
    }
  }

  /// The median of the distribution.
  var median: Double {
    switch self {
    case .gaussian, .lognormal, .autoregressive5, .autoregressive9: 60_000
    // The normal quantiles of 0.5 / 0.6 and of 0.5 / 0.95.
    case .bimodal: 60_000 + 50 * 0.967_421_566
    case .outliers: 60_000 + 200 * 0.066_011_812
    case .coarseTicks: 60
    }
  }

  /// `count` times in the order in which they were measured.
  func series(_ count: Int, _ random: inout SplitMix64) -> [UInt64] {
    let rho = self == .autoregressive5 ? 0.5 : self == .autoregressive9 ? 0.9 : 0
    var state = random.normal()
    return (0..<count).map { _ in
      defer { state = rho * state + (1 - rho * rho).squareRoot() * random.normal() }
      return UInt64(time(state, &random).rounded())
    }
  }

  private func time(_ normal: Double, _ random: inout SplitMix64) -> Double {
    switch self {
    case .gaussian, .autoregressive5, .autoregressive9: 60_000 + 200 * normal
    case .lognormal: 60_000 * exp(0.1 * normal)
    case .bimodal: 60_000 + 50 * normal + (random.unitDouble() < 0.4 ? 1000 : 0)
    case .outliers: (60_000 + 200 * normal) * (random.unitDouble() < 0.05 ? 3 : 1)
    case .coarseTicks: 60 + 0.5 * normal
    }
  }
}

extension SplitMix64 {
  /// Standard normal: G. E. P. Box, M. E. Muller, Ann. Math. Stat. 29 (1958).
  mutating func normal() -> Double {
    let (a, b) = (1 - unitDouble(), unitDouble())
    return (-2 * log(a)).squareRoot() * cos(2 * Double.pi * b)
  }
}
