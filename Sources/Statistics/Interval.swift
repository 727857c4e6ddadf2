import Support

/// A confidence interval, in the unit of the samples it was made from.
public struct Interval: Sendable, Hashable {
  /// The lower end; never above `high`.
  public var low: Double
  /// The upper end.
  public var high: Double
  /// The confidence asked for, between 0 and 1; an exact method may cover more.
  public var level: Double
  /// How the interval was made, in words for a reader.
  public var method: String

  /// An interval from its ends, in either order.
  public init(low: Double, high: Double, level: Double, method: String) {
    self.low = min(low, high)
    self.high = max(low, high)
    self.level = level
    self.method = method
  }

  /// Whether a value lies within the interval, ends included.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The interval in another unit: both ends times a factor.
  public func scaled(by factor: Double) -> Interval {
    Interval(low: low * factor, high: high * factor, level: level, method: method)
  }
}

/// A point estimate and its interval, or the reason why it has none.
public struct Estimate: Sendable, Equatable {
  /// The point estimate.
  public var value: Double
  /// Its confidence interval.
  public var interval: Outcome<Interval>

  /// An estimate from its parts.
  public init(value: Double, interval: Outcome<Interval>) {
    self.value = value
    self.interval = interval
  }

  /// The estimate in another unit: value and interval times a factor.
  public func scaled(by factor: Double) -> Estimate {
    Estimate(value: value * factor, interval: interval.map { $0.scaled(by: factor) })
  }
}

extension Outcome<Interval> {
  /// The lower end.
  public var low: Outcome<Double> { map(\.low) }
  /// The upper end.
  public var high: Outcome<Double> { map(\.high) }
}
