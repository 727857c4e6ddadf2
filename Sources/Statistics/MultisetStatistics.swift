import Quantiles

extension Multiset {
  /// The middle sample, or the mean of the two middle ones.
  public var median: Double? {
    guard !isEmpty, let lower = orderStatistic((count - 1) / 2 + 1),
      let upper = orderStatistic(count / 2 + 1)
    else { return nil }
    return Self.interpolate(lower, upper, 0.5)
  }

  /// The quantile of a probability in 0 ... 1, linear between neighbouring samples: definition 7
  /// of Hyndman and Fan, "Sample quantiles in statistical packages", Am. Stat. 50 (1996).
  public func quantile(_ probability: Double) -> Double? {
    guard !isEmpty, probability >= 0, probability <= 1 else { return nil }
    let position = Double(count - 1) * probability
    let whole = position.rounded(.down)
    let below = Swift.min(UInt64(exactly: whole) ?? count - 1, count - 1)
    guard let lower = orderStatistic(below + 1),
      let upper = orderStatistic(Swift.min(below + 1, count - 1) + 1)
    else { return nil }
    return Self.interpolate(lower, upper, position - whole)
  }

  /// The arithmetic mean, by a compensated sum; it neither overflows nor underflows.
  public var mean: Double? {
    guard let least = min, let greatest = max else { return nil }
    let unit = powerOfTwoUnit
    return Swift.min(Swift.max(scaledMean(unit) * unit, least), greatest)
  }

  /// The standard deviation with the divisor n - 1, in two passes; nil below two samples.
  public var standardDeviation: Double? {
    guard count >= 2 else { return nil }
    let unit = powerOfTwoUnit
    let mean = scaledMean(unit)
    var squares = CompensatedSum()
    var residual = CompensatedSum()
    for (value, count) in zip(values, counts) {
      let deviation = value / unit - mean
      squares.add(deviation * deviation, count: count)
      residual.add(deviation, count: count)
    }
    // The second term removes the rounding error of the mean (Chan, Golub, LeVeque 1983).
    let sum = squares.value - residual.value * residual.value / Double(count)
    return (Swift.max(sum, 0) / Double(count - 1)).squareRoot() * unit
  }

  /// The largest power of two at or below the largest magnitude: dividing by it is exact and
  /// keeps sums and squares of very large and very small samples in range.
  private var powerOfTwoUnit: Double {
    let magnitude = Swift.max(abs(values.first ?? 0), abs(values.last ?? 0))
    guard magnitude > 0 else { return 1 }
    return Double(sign: .plus, exponent: magnitude.exponent, significand: 1)
  }

  private func scaledMean(_ unit: Double) -> Double {
    var sum = CompensatedSum()
    for (value, count) in zip(values, counts) { sum.add(value / unit, count: count) }
    return sum.value / Double(count)
  }

  /// The point at a fraction of the way from lower to upper, without overflow.
  static func interpolate(_ lower: Double, _ upper: Double, _ fraction: Double) -> Double {
    guard lower != upper else { return lower }
    let sameSign = (lower < 0) == (upper < 0)
    let point =
      sameSign
      ? lower + (upper - lower) * fraction : lower * (1 - fraction) + upper * fraction
    return Swift.min(Swift.max(point, lower), upper)
  }
}
