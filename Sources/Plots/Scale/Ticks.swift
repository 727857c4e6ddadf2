import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A mark on an axis.
struct Tick: Sendable, Equatable {
  var value: Double
  /// Empty for a mark without words.
  var label: String

  init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// The marks of an axis: labelled ones, and a light minor grid between them.
struct Ticks: Sendable, Equatable {
  var major: [Tick]
  var minor: [Double]

  init(major: [Tick], minor: [Double] = []) {
    self.major = major
    self.minor = minor
  }

  /// Most marks of a kind on an axis, whatever the domain.
  static let limit = 200

  /// Decades (0.1, 1, 10) on logarithmic axes, nice numbers on linear ones.
  ///
  /// - Parameters:
  ///   - count: about how many labels a linear axis gets.
  ///   - between: label 2 and 5 too. Done anyway if the axis holds fewer than two decades.
  static func automatic(_ scale: Scale, count: Int = 6, between: Bool = false) -> Ticks {
    switch scale.kind {
    case .linear: return linear(scale, count: count)
    case .log:
      let span = log10(scale.high) - log10(scale.low)
      return log(scale, labels: span < 0.7 ? [2, 3, 5, 7] : between || span < 2 ? [2, 5] : [])
    }
  }

  /// Whole decades get labels, whatever the span.
  static func decades(_ scale: Scale) -> Ticks { log(scale, labels: []) }

  /// 1, 2 or 5 times a power of ten, so that about `count` steps fill the span.
  static func niceStep(_ span: Double, count: Int) -> Double {
    let rough = span / Double(max(1, count))
    guard rough > 0, rough.isFinite else { return 1 }
    let power = pow(10, log10(rough).rounded(.down))
    let factor = rough / power
    let nice: Double = factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10
    return nice * power
  }

  private static func linear(_ scale: Scale, count: Int) -> Ticks {
    let step = niceStep(scale.high - scale.low, count: count)
    func multiples(of step: Double) -> [Double] {
      let first = (scale.low / step - 1e-9).rounded(.up)
      let last = (scale.high / step + 1e-9).rounded(.down)
      guard last >= first, last - first < Double(limit) else { return [] }
      return (0...Int(last - first)).map { (first + Double($0)) * step }
    }
    let decimals = max(0, -Int(log10(step).rounded(.down)))
    let major = multiples(of: step).map { Tick($0, Format.fixed($0, places: decimals)) }
    return Ticks(major: major, minor: multiples(of: step / (isTwo(step) ? 4 : 5)))
  }

  private static func isTwo(_ step: Double) -> Bool {
    let mantissa = step / pow(10, log10(step).rounded(.down))
    return mantissa > 1.5 && mantissa < 3.5
  }

  private static func log(_ scale: Scale, labels labelled: [Double]) -> Ticks {
    let first = Int(log10(scale.low).rounded(.down))
    let last = Int(log10(scale.high).rounded(.up))
    // Of very many decades only every n-th gets a label, none a minor grid.
    let stride = max(1, (last - first + 19) / 20)
    let slack = 1e-9
    func covers(_ value: Double) -> Bool {
      value >= scale.low * (1 - slack) && value <= scale.high * (1 + slack)
    }
    var ticks = Ticks(major: [], minor: [])
    for exponent in first...last {
      let decade = pow(10, Double(exponent))
      if (exponent - first) % stride == 0 && covers(decade) {
        ticks.major.append(Tick(decade, Format.compact(decade, digits: 1)))
      }
      guard stride == 1 else { continue }
      for factor in 2...9 where covers(Double(factor) * decade) {
        let value = Double(factor) * decade
        if labelled.contains(Double(factor)) {
          ticks.major.append(Tick(value, Format.compact(value, digits: 1)))
        } else {
          ticks.minor.append(value)
        }
      }
    }
    return ticks
  }
}
