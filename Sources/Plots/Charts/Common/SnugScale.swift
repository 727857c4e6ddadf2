import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Scale {
  /// A logarithmic scale from one to another of 1, 2, 5, 10, 20 ... that covers all values; those
  /// not positive and finite are ignored. For figures where whole decades would waste the page.
  static func snug(covering values: [Double]) -> Scale {
    let good = values.filter { $0.isFinite && $0 > 1e-90 && $0 < 1e90 }
    guard let least = good.min(), let most = good.max() else { return Scale(.log, from: 1, to: 10) }
    return Scale(.log, from: round125(least, up: false), to: round125(most, up: true))
  }

  /// The nearest of 1, 2, 5 times a power of ten, at or beyond the value.
  private static func round125(_ value: Double, up: Bool) -> Double {
    let decade = pow(10, log10(value).rounded(.down))
    let mantissa = value / decade
    let steps: [Double] = [1, 2, 5, 10]
    let step =
      up
      ? steps.first { $0 >= mantissa * (1 - 1e-9) } ?? 10
      : steps.last { $0 <= mantissa * (1 + 1e-9) } ?? 1
    return step * decade
  }

  /// A logarithmic scale with room beyond the outermost values, at least from one power of two to
  /// the next.
  static func doublings(covering values: [Double]) -> Scale {
    let good = values.filter { $0.isFinite && $0 > 1e-90 && $0 < 1e90 }
    guard let least = good.min(), let most = good.max() else { return Scale(.log, from: 1, to: 64) }
    if most / least >= 4 { return Scale(.log, from: least / 1.15, to: most * 1.15) }
    let low = (log2(least) + 1e-9).rounded(.down)
    let high = max(low + 1, (log2(most) - 1e-9).rounded(.up))
    return Scale(.log, from: exp2(low) / 1.15, to: exp2(high) * 1.15)
  }
}

extension Ticks {
  /// Powers of two: 4, 8, 16, 32.
  static func doublings(_ scale: Scale) -> Ticks {
    guard scale.kind == .log else { return .automatic(scale) }
    let first = (log2(scale.low) - 1e-9).rounded(.up)
    let last = (log2(scale.high) + 1e-9).rounded(.down)
    guard last >= first else { return .automatic(scale) }
    let stride = max(1, ((last - first) / 24).rounded(.up))
    var ticks = Ticks(major: [])
    var exponent = first
    while exponent <= last {
      let value = exp2(exponent)
      ticks.major.append(Tick(value, powerText(value)))
      exponent += stride
    }
    return ticks
  }

  /// 0.5, 64 and 1024 in full; beyond 6 digits rounded.
  private static func powerText(_ value: Double) -> String {
    value >= 1 && value < 1e6
      ? Format.fixed(value, places: 0) : Format.number(value)
  }
}
