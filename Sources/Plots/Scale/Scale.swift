#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Maps values to places along an axis.
struct Scale: Sendable, Equatable {
  enum Kind: String, Sendable, Codable { case linear, log }

  let kind: Kind
  let low: Double
  let high: Double
  /// Places in points of `low` and `high`; `start` may be above `end` (y axes).
  let start: Double
  let end: Double

  /// An empty, reversed, not finite or, if logarithmic, not positive domain becomes a valid one.
  init(_ kind: Kind, from low: Double, to high: Double, start: Double = 0, end: Double = 1) {
    let domain = Self.sane(kind, low, high)
    self.kind = kind
    self.low = domain.lowerBound
    self.high = domain.upperBound
    self.start = start
    self.end = end
  }

  /// The same domain on other places.
  func placed(from start: Double, to end: Double) -> Scale {
    Scale(kind, from: low, to: high, start: start, end: end)
  }

  /// In points. Values far outside end up just outside the axis; a value with no place (not a
  /// number, or not positive on a logarithmic axis) gives nil.
  func position(_ value: Double) -> Double? {
    guard value.isFinite, kind == .linear || value > 0 else { return nil }
    let share = min(max(fraction(value), -10), 11)
    return start + share * (end - start)
  }

  /// As `position`, with no place at the near edge. For values already known to be good.
  func place(_ value: Double) -> Double { position(value) ?? start }

  /// The value at a place.
  func value(at place: Double) -> Double {
    let share = start == end ? 0 : (place - start) / (end - start)
    switch kind {
    case .linear: return low + share * (high - low)
    case .log: return pow(10, log10(low) + share * (log10(high) - log10(low)))
    }
  }

  /// Whether the axis covers the value, edges included.
  func contains(_ value: Double) -> Bool { value >= low && value <= high }

  /// 0 at `low`, 1 at `high`.
  private func fraction(_ value: Double) -> Double {
    switch kind {
    case .linear: (value - low) / (high - low)
    case .log: (log10(value) - log10(low)) / (log10(high) - log10(low))
    }
  }

  private static func sane(_ kind: Kind, _ a: Double, _ b: Double) -> ClosedRange<Double> {
    let bounds = kind == .log ? 1e-100...1e100 : -1e100...1e100
    let fallback = kind == .log ? 1.0...10.0 : 0.0...1.0
    guard a.isFinite, b.isFinite, bounds.contains(a), bounds.contains(b) else { return fallback }
    let (low, high) = (min(a, b), max(a, b))
    // So narrow that neighbouring ticks would not differ, or would be subnormal.
    if high - low <= max(1e-9 * max(abs(low), abs(high)), 1e-200) {
      if kind == .log { return low / 3...low * 3 }
      let margin = abs(low) < 1e-200 ? 1 : abs(low) / 2
      return low - margin...low + margin
    }
    return low...high
  }
}

extension Scale {
  /// A logarithmic scale over whole decades that covers all values; those not positive and finite
  /// are ignored.
  static func decades(covering values: [Double]) -> Scale {
    let good = values.filter { $0.isFinite && $0 > 1e-99 && $0 < 1e99 }
    guard let least = good.min(), let most = good.max() else { return Scale(.log, from: 1, to: 10) }
    let low = (log10(least) + 1e-9).rounded(.down)
    let high = max(low + 1, (log10(most) - 1e-9).rounded(.up))
    return Scale(.log, from: pow(10, low), to: pow(10, high))
  }

  /// A linear scale from nice number to nice number that covers all finite values.
  static func nice(covering values: [Double], withZero: Bool = false) -> Scale {
    var good = values.filter { $0.isFinite && abs($0) < 1e99 }
    if withZero { good.append(0) }
    guard let least = good.min(), let most = good.max() else {
      return Scale(.linear, from: 0, to: 1)
    }
    let raw = Scale(.linear, from: least, to: most)
    let step = Ticks.niceStep(raw.high - raw.low, count: 6)
    return Scale(
      .linear, from: (raw.low / step + 1e-9).rounded(.down) * step,
      to: (raw.high / step - 1e-9).rounded(.up) * step)
  }
}
