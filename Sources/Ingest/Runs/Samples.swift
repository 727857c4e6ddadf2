import Quantiles

/// A multiset of measured values in bounded memory: exact while there are few distinct values,
/// logarithmic buckets past that.
///
/// Ticks repeat, so counting distinct values keeps millions of inferences exact. Past
/// `distinctLimit` the values go to buckets whose middle is within `relativeAccuracy` of every
/// member (`QuantileSketch`); count, minimum and maximum stay exact. Two of them merge, in any
/// order, to the same result.
public struct Samples: Sendable, Equatable {
  /// Distinct values kept exactly.
  public static let distinctLimit = 4096
  /// Largest relative error of a value once buckets are used.
  public static let relativeAccuracy = QuantileSketch.relativeAccuracy

  private var sketch = QuantileSketch(exactLimit: distinctLimit)

  /// No values.
  public init() {}

  /// The given values; those that are not finite or negative are left out.
  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// How many values were added.
  public var count: UInt64 { sketch.count }
  /// Smallest value; nil when empty.
  public var minimum: Double? { sketch.min }
  /// Largest value; nil when empty.
  public var maximum: Double? { sketch.max }
  /// True while every value is kept as it was.
  public var isExact: Bool { sketch.isExact }
  /// True when nothing was added.
  public var isEmpty: Bool { count == 0 }

  /// Adds `value` `times` over; false, and nothing added, when it is negative or not finite, when
  /// `times` is 0, or when the count or the sum of all values would overflow.
  @discardableResult
  public mutating func add(_ value: Double, times: UInt64 = 1) -> Bool {
    times > 0 && sketch.add(value, count: times)
  }

  /// Adds everything in `other`, or nothing when the count or the sum would overflow.
  public mutating func merge(_ other: Samples) { _ = sketch.merge(other.sketch) }

  /// Distinct values, ascending, with how often each came; bucket middles past the exact bound.
  public var sorted: [(value: Double, count: UInt64)] { sketch.pairs }

  /// The middle value (mean of the two middle ones for an even count); nil when empty.
  public var median: Double? { sketch.quantile(0.5) }
}
