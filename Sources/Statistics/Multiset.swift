/// Samples as sorted distinct values with counts: a million identical ticks take one entry.
///
/// Values may have any sign and unit; they are finite. A multiset may be empty; then its
/// statistics are nil.
public struct Multiset: Sendable, Hashable {
  /// The distinct values in ascending order; zero is never negative zero.
  public let values: [Double]
  /// How often each value occurs; never zero.
  public let counts: [UInt64]
  /// How many samples are at or below each value.
  let cumulative: [UInt64]

  /// The multiset of samples in any order; nil when one of them is not finite.
  public init?(_ samples: some Sequence<Double>) {
    self.init(pairs: samples.lazy.map { (value: $0, count: 1) })
  }

  /// The multiset of (value, count) pairs in any order. Equal values are added up and pairs that
  /// count nothing are left out; nil when a value is not finite or the total exceeds 2^64 - 1.
  public init?(pairs: some Sequence<(value: Double, count: UInt64)>) {
    var sorted: [(value: Double, count: UInt64)] = []
    for pair in pairs where pair.count > 0 {
      guard pair.value.isFinite else { return nil }
      sorted.append((pair.value == 0 ? 0 : pair.value, pair.count))
    }
    sorted.sort { $0.value < $1.value }

    var values: [Double] = []
    var counts: [UInt64] = []
    var cumulative: [UInt64] = []
    var total: UInt64 = 0
    for (value, count) in sorted {
      let (sum, overflow) = total.addingReportingOverflow(count)
      guard !overflow else { return nil }
      total = sum
      if value == values.last {
        counts[counts.count - 1] += count
        cumulative[cumulative.count - 1] = total
      } else {
        values.append(value)
        counts.append(count)
        cumulative.append(total)
      }
    }
    self.init(sortedValues: values, counts: counts, cumulative: cumulative)
  }

  /// A multiset of parts that already have the properties stated above.
  init(sortedValues values: [Double], counts: [UInt64], cumulative: [UInt64]) {
    self.values = values
    self.counts = counts
    self.cumulative = cumulative
  }

  /// The number of samples.
  public var count: UInt64 { cumulative.last ?? 0 }

  /// Whether there is no sample.
  public var isEmpty: Bool { values.isEmpty }

  /// The least sample.
  public var min: Double? { values.first }

  /// The greatest sample.
  public var max: Double? { values.last }

  /// Whether there are at least two samples and all are equal: exact data.
  public var isExact: Bool { values.count == 1 && count >= 2 }

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
}
