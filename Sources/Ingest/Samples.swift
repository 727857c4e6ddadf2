/// A multiset of measured values in bounded memory: exact while there are few distinct values,
/// logarithmic buckets past that.
///
/// Ticks repeat, so counting distinct values keeps millions of inferences exact. Past
/// `distinctLimit` the values go to buckets whose centre is within `relativeAccuracy` of every
/// member (Masson, Rim, Lee: DDSketch, VLDB 2019); count, minimum and maximum stay exact.
/// Two of them merge, in any order, to the same result.
public struct Samples: Sendable, Equatable {
  /// Distinct values kept exactly.
  public static let distinctLimit = 4096
  /// Largest relative error of a value once buckets are used.
  public static let relativeAccuracy = 0.0005

  private var counts: [Double: UInt64] = [:]
  private var buckets: [Int: UInt64] = [:]
  /// How many values were added.
  public private(set) var count: UInt64 = 0
  /// Smallest value; nil when empty.
  public private(set) var minimum: Double?
  /// Largest value; nil when empty.
  public private(set) var maximum: Double?

  /// No values.
  public init() {}

  /// The given values; those that are not finite or negative are left out.
  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// True while every value is kept as it was.
  public var isExact: Bool { buckets.isEmpty }
  /// True when nothing was added.
  public var isEmpty: Bool { count == 0 }

  /// Adds `value` `times` over; false, and nothing added, when it is negative or not finite.
  @discardableResult
  public mutating func add(_ value: Double, times: UInt64 = 1) -> Bool {
    guard value.isFinite, value >= 0, times > 0 else { return false }
    let (total, overflow) = count.addingReportingOverflow(times)
    guard !overflow else { return false }
    count = total
    minimum = Swift.min(minimum ?? value, value)
    maximum = Swift.max(maximum ?? value, value)
    if isExact {
      counts[value, default: 0] += times
      if counts.count > Self.distinctLimit { collapse() }
    } else {
      buckets[Self.bucket(of: value), default: 0] += times
    }
    return true
  }

  /// Adds everything in `other`.
  public mutating func merge(_ other: Samples) {
    for (value, times) in other.counts.sorted(by: { $0.key < $1.key }) {
      add(value, times: times)
    }
    guard !other.buckets.isEmpty else { return }
    if isExact { collapse() }
    for (bucket, times) in other.buckets { buckets[bucket, default: 0] += times }
    count &+= other.buckets.values.reduce(0, &+)
    if let low = other.minimum { minimum = Swift.min(minimum ?? low, low) }
    if let high = other.maximum { maximum = Swift.max(maximum ?? high, high) }
  }

  /// Distinct values, ascending, with how often each came; bucket centres past the exact bound.
  public var sorted: [(value: Double, count: UInt64)] {
    if isExact { return counts.sorted { $0.key < $1.key }.map { (value: $0.key, count: $0.value) } }
    let low = minimum ?? 0
    let high = maximum ?? 0
    return buckets.sorted { $0.key < $1.key }.map {
      (value: Swift.min(Swift.max(Self.centre(of: $0.key), low), high), count: $0.value)
    }
  }

  /// The middle value (mean of the two middle ones for an even count); nil when empty.
  public var median: Double? {
    guard count > 0 else { return nil }
    let all = sorted
    let lower = Self.value(in: all, rank: (count - 1) / 2)
    let upper = Self.value(in: all, rank: count / 2)
    return lower == upper ? lower : (lower + upper) / 2
  }

  private static func value(in all: [(value: Double, count: UInt64)], rank: UInt64) -> Double {
    var seen: UInt64 = 0
    for entry in all {
      seen += entry.count
      if rank < seen { return entry.value }
    }
    return all.last?.value ?? 0
  }

  private mutating func collapse() {
    for (value, times) in counts { buckets[Self.bucket(of: value), default: 0] += times }
    counts = [:]
  }

  /// ln of the ratio of neighbouring bucket bounds: gamma = (1 + a) / (1 - a).
  private static let logGamma = logRatio((1 + relativeAccuracy) / (1 - relativeAccuracy))

  private static func bucket(of value: Double) -> Int {
    guard value > 0 else { return Int.min }
    return Int((logRatio(value) / logGamma).rounded(.up))
  }

  private static func centre(of bucket: Int) -> Double {
    guard bucket != Int.min else { return 0 }
    let gammaToBucket = exponential(Double(bucket) * logGamma)
    return gammaToBucket * 2 / (1 + exponential(logGamma))
  }
}
