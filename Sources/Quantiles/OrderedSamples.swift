/// Samples in ascending order, to be asked by rank: a million identical ticks take one entry.
public struct OrderedSamples: Sendable, Equatable {
  /// The distinct values, ascending.
  public let values: [Double]
  /// How often each value occurs; never zero.
  public let counts: [UInt64]
  /// How many samples are at or below each value.
  private let cumulative: [UInt64]

  /// Of ascending distinct values with counts.
  init(_ sorted: [(value: Double, count: UInt64)]) {
    values = sorted.map(\.value)
    counts = sorted.map(\.count)
    var before: UInt64 = 0
    cumulative = counts.map { count in
      before += count
      return before
    }
  }

  /// The number of samples.
  public var count: UInt64 { cumulative.last ?? 0 }

  /// The sample of a rank, 1 being the least; nil outside 1 ... count.
  public func orderStatistic(_ rank: UInt64) -> Double? {
    guard rank >= 1, rank <= count else { return nil }
    var low = 0
    var high = values.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < rank { low = middle + 1 } else { high = middle }
    }
    return values[low]
  }

  /// The middle sample, or the mean of the two middle ones; nil when there is none.
  public var median: Double? {
    guard count > 0, let lower = orderStatistic((count - 1) / 2 + 1),
      let upper = orderStatistic(count / 2 + 1)
    else { return nil }
    return Self.interpolate(lower, upper, 0.5)
  }

  /// The quantile of a probability in 0 ... 1, linear between neighbouring samples: definition 7
  /// of Hyndman and Fan, "Sample quantiles in statistical packages", Am. Stat. 50 (1996).
  func quantile(_ probability: Double) -> Double? {
    guard count > 0, probability >= 0, probability <= 1 else { return nil }
    let position = Double(count - 1) * probability
    let whole = position.rounded(.down)
    let below = min(UInt64(exactly: whole) ?? count - 1, count - 1)
    guard let lower = orderStatistic(below + 1),
      let upper = orderStatistic(min(below + 1, count - 1) + 1)
    else { return nil }
    return Self.interpolate(lower, upper, position - whole)
  }

  /// The point at a fraction of the way from lower to upper, neither of them negative.
  package static func interpolate(_ lower: Double, _ upper: Double, _ fraction: Double) -> Double {
    min(max(lower + (upper - lower) * fraction, lower), upper)
  }
}
