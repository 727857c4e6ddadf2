/// Samples of unlimited number in bounded memory, for quantiles of a long log.
///
/// Up to `exactLimit` distinct values it is exact. Past that it keeps counts of logarithmic buckets
/// (see `LogLinearBucket`): a quantile is then within `relativeAccuracy` of the true one. Count,
/// minimum and maximum stay exact, and so does a sum of whole numbers; that of fractions is good to
/// some 30 digits. What it holds depends only on the samples, not on their order nor on how they
/// were spread over sketches that were merged.
///
/// Buckets reach 64 octaves below the greatest value; what is smaller still is counted in the
/// lowest bucket, so that no input makes the sketch larger than 65 536 buckets.
public struct QuantileSketch: Sendable, Hashable {
  /// Largest relative error of a quantile once the sketch is no longer exact: 0.05 %.
  public static let relativeAccuracy = 0.0005
  static let bucketSpan = 64 * LogLinearBucket.partsPerOctave

  private enum Storage: Hashable {
    case exact([Double: UInt64])
    case buckets(LogLinearHistogram)
  }

  /// How many distinct values are kept as they are.
  public private(set) var exactLimit: Int
  /// The number of samples.
  public private(set) var count: UInt64 = 0
  /// The least sample, nil when there is none.
  public private(set) var min: Double?
  /// The greatest sample, nil when there is none.
  public private(set) var max: Double?
  private var total = CompensatedSum()
  private var storage = Storage.exact([:])

  /// An empty sketch that is exact up to a number of distinct values.
  public init(exactLimit: Int = 4096) {
    self.exactLimit = Swift.max(exactLimit, 0)
  }

  /// Whether quantiles are exact.
  public var isExact: Bool {
    if case .exact = storage { true } else { false }
  }

  /// The sum of the samples.
  public var sum: Double { total.value }

  /// The mean of the samples, nil when there is none.
  public var mean: Double? { count > 0 ? sum / Double(count) : nil }

  /// Adds a value a number of times.
  ///
  /// - Returns: false, and the sketch is as before, when the value is negative or not finite, or
  ///   when the count or the sum would overflow.
  public mutating func add(_ value: Double, count times: UInt64 = 1) -> Bool {
    guard value >= 0, value.isFinite else { return false }
    guard times > 0 else { return true }
    let (sum, overflow) = count.addingReportingOverflow(times)
    var grown = total
    grown.add(value, count: times)
    guard !overflow, grown.value.isFinite else { return false }
    count = sum
    total = grown
    let value = value == 0 ? 0 : value  // Negative zero is zero.
    min = Swift.min(min ?? value, value)
    max = Swift.max(max ?? value, value)
    store(value, times)
    return true
  }

  /// Adds all samples of another sketch. The lower of the two exact limits holds from then on.
  ///
  /// - Returns: false, and the sketch is as before, when the count or the sum would overflow.
  public mutating func merge(_ other: QuantileSketch) -> Bool {
    let (sum, overflow) = count.addingReportingOverflow(other.count)
    var grown = total
    grown.add(other.total)
    guard !overflow, grown.value.isFinite else { return false }
    count = sum
    total = grown
    min = [min, other.min].compactMap { $0 }.min()
    max = [max, other.max].compactMap { $0 }.max()
    exactLimit = Swift.min(exactLimit, other.exactLimit)
    switch other.storage {
    case .exact(let counts):
      for (value, count) in counts { store(value, count) }
    case .buckets(let histogram):
      toBuckets { $0.merge(histogram) }
    }
    if case .exact(let counts) = storage, counts.count > exactLimit { toBuckets { _ in } }
    return true
  }

  private mutating func store(_ value: Double, _ times: UInt64) {
    guard case .exact(var counts) = storage else { return toBuckets { $0.add(value, times) } }
    // Let go of the stored copy, or the dictionary would be copied at every sample.
    storage = .exact([:])
    counts[value, default: 0] += times
    storage = .exact(counts)
    if counts.count > exactLimit { toBuckets { _ in } }
  }

  /// Changes the histogram in place, making it from the exact counts first where necessary.
  private mutating func toBuckets(_ change: (inout LogLinearHistogram) -> Void) {
    var histogram: LogLinearHistogram
    switch storage {
    case .buckets(let stored): histogram = stored
    case .exact(let counts):
      histogram = LogLinearHistogram(span: Self.bucketSpan)
      for (value, count) in counts { histogram.add(value, count) }
    }
    storage = .exact([:])
    change(&histogram)
    storage = .buckets(histogram)
  }

  /// The samples as ascending distinct values with counts. When not exact, bucket middles stand for
  /// the samples, except that the least and the greatest are themselves.
  public var pairs: [(value: Double, count: UInt64)] {
    switch storage {
    case .exact(let counts):
      return counts.map { (value: $0.key, count: $0.value) }.sorted { $0.value < $1.value }
    case .buckets(let histogram):
      return histogram.pairs(least: min ?? 0, greatest: max ?? 0)
    }
  }

  /// The quantile of a probability in 0 ... 1, linear between neighbouring samples (Hyndman and
  /// Fan's definition 7); nil when there is no sample or no such probability.
  public func quantile(_ probability: Double) -> Double? {
    guard count > 0, probability >= 0, probability <= 1 else { return nil }
    let position = Double(count - 1) * probability
    let whole = position.rounded(.down)
    let below = Swift.min(UInt64(exactly: whole) ?? count - 1, count - 1)
    let pairs = pairs
    let lower = Self.sample(below, in: pairs)
    let upper = Self.sample(Swift.min(below + 1, count - 1), in: pairs)
    return lower + (upper - lower) * (position - whole)
  }

  /// The sample that has a number of samples before it.
  private static func sample(
    _ before: UInt64, in pairs: [(value: Double, count: UInt64)]
  ) -> Double {
    var left = before
    for pair in pairs {
      if left < pair.count { return pair.value }
      left -= pair.count
    }
    return pairs.last?.value ?? 0
  }
}
