import Quantiles

/// Moments of finite numbers of any sign.
extension [Double] {
  /// The arithmetic mean, by a compensated sum; it neither overflows nor underflows.
  var mean: Double? {
    guard let least = self.min(), let greatest = self.max() else { return nil }
    let unit = powerOfTwoUnit
    return Swift.min(Swift.max(scaledMean(unit) * unit, least), greatest)
  }

  /// The standard deviation with the divisor n - 1, in two passes; nil below two numbers.
  var standardDeviation: Double? {
    guard count >= 2 else { return nil }
    let unit = powerOfTwoUnit
    let mean = scaledMean(unit)
    var squares = CompensatedSum()
    var residual = CompensatedSum()
    for value in self {
      let deviation = value / unit - mean
      squares.add(deviation * deviation)
      residual.add(deviation)
    }
    // The second term removes the rounding error of the mean (Chan, Golub, LeVeque 1983).
    let sum = squares.value - residual.value * residual.value / Double(count)
    return (Swift.max(sum, 0) / Double(count - 1)).squareRoot() * unit
  }

  /// The largest power of two at or below the largest magnitude: dividing by it is exact and
  /// keeps sums and squares of very large and very small numbers in range.
  private var powerOfTwoUnit: Double {
    let magnitude = lazy.map { abs($0) }.max() ?? 0
    guard magnitude > 0 else { return 1 }
    return Double(sign: .plus, exponent: magnitude.exponent, significand: 1)
  }

  private func scaledMean(_ unit: Double) -> Double {
    var sum = CompensatedSum()
    for value in self { sum.add(value / unit) }
    return sum.value / Double(count)
  }
}
