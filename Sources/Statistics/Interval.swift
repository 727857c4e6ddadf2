import Support

/// An interval around a number, in its unit, and what the interval says of it.
public struct Interval: Sendable, Hashable {
  /// The lower end; never above `high`.
  public var low: Double
  /// The upper end.
  public var high: Double
  /// What it says.
  public let kind: IntervalKind
  /// The confidence asked for, between 0 and 1; an exact method may cover more. Nil where the kind has none.
  public let level: Double?
  /// How the interval was made, in words for a reader.
  public var method: String

  /// An interval from its ends, in either order. A kind without a level drops the one given.
  public init(
    low: Double, high: Double, kind: IntervalKind, level: Double? = nil, method: String
  ) {
    self.low = min(low, high)
    self.high = max(low, high)
    self.kind = kind
    self.level = kind.hasLevel ? level : nil
    self.method = method
  }

  /// Whether a value lies within the interval, ends included.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The interval in another unit: both ends times a factor.
  public func scaled(by factor: Double) -> Interval {
    Interval(low: low * factor, high: high * factor, kind: kind, level: level, method: method)
  }

  /// The same ends as what a model allows, without a level.
  public var ofModel: Interval { Interval(low: low, high: high, kind: .model, method: method) }

  /// The interval of `amount` divided by the number; missing where that may be zero.
  public func dividing(_ amount: Double) -> Outcome<Interval> {
    ratioBounds(numerator: amount...amount, denominator: low...high).map {
      Interval(low: $0.lowerBound, high: $0.upperBound, kind: kind, level: level, method: method)
    }
  }

  /// The interval of this number divided by another one. It says no more than the weaker of the two.
  public func divided(by other: Interval) -> Outcome<Interval> {
    ratioBounds(numerator: low...high, denominator: other.low...other.high).map {
      Interval(
        low: $0.lowerBound, high: $0.upperBound, kind: max(kind, other.kind),
        level: [level, other.level].compactMap(\.self).min(),
        method: kind == other.kind
          ? "ends of both \(kind) intervals divided"
          : "ends divided, \(kind) by \(other.kind): no more than the weaker, "
            + "\(max(kind, other.kind))")
    }
  }
}

/// A point estimate and its interval, or the reason why it has none.
public struct Estimate: Sendable, Equatable {
  /// The point estimate.
  public var value: Double
  /// Its interval.
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

  /// The ends beside the number that they are of, and the interval as an object.
  public var fields: Fields { ["low": low, "high": high, "interval": self] }
}

extension Interval: FieldsEncodable {
  /// Ends, kind and level.
  public var fields: Fields { ["low": low, "high": high, "kind": kind.rawValue, "level": level] }
}
