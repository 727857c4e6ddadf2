import Ingest
import Quantiles
import Statistics
import Support

/// What two runs are compared in.
public enum RatioBasis: String, Sendable {
  case time
  /// Instructions of an emulator.
  case instructions
}

/// A ratio, subject / reference, with its interval or the reason why there is none.
public struct Ratio: Sendable, Equatable {
  /// Subject / reference.
  public var value: Double
  /// Its interval, or why there is none.
  public var interval: Outcome<Interval>
  /// What was compared.
  public var basis: RatioBasis

  /// The ratio times a factor that is exact.
  public func scaled(by factor: Double) -> Ratio {
    Ratio(value: value * factor, interval: interval.map { $0.scaled(by: factor) }, basis: basis)
  }
}

/// One side of a ratio: raw samples, what they are, and their conversion.
struct RatioSide {
  var quantity: Quantity
  var samples: Samples
  var kind: LatencyKind
  /// Resolution in the unit of the samples.
  var quantum: Double
  /// Turns raw samples into the quantity's unit.
  var factor: Double
}

/// Makes ratios of medians; see `design.md` arithmetic 3.
struct RatioMaker {
  let confidence: Double
  let seed: UInt64

  func ratio(_ subject: RatioSide, _ reference: RatioSide, basis: RatioBasis) -> Ratio? {
    let value = subject.quantity.value / reference.quantity.value
    guard value.isFinite, value > 0 else { return nil }
    return Ratio(value: value, interval: interval(subject, reference), basis: basis)
  }

  private func interval(_ subject: RatioSide, _ reference: RatioSide) -> Outcome<Interval> {
    if let a = subject.exact, let b = reference.exact { return .known(.exact(a / b)) }
    if subject.isSampled, reference.isSampled {
      let estimate = ratioOfMedians(
        subject.samples, over: reference.samples, level: confidence,
        subjectQuantum: subject.quantum,
        referenceQuantum: reference.quantum, seed: seed)
      switch estimate {
      case .known(let known):
        return known.interval.map { $0.scaled(by: subject.factor / reference.factor) }
      case .missing(let reason): return .missing(reason: reason)
      }
    }
    switch (subject.quantity.interval, reference.quantity.interval) {
    case (.known(let a), .known(let b)):
      let bounds = ratioBounds(numerator: a.low...a.high, denominator: b.low...b.high)
      let certain = a.level == 1 && b.level == 1
      return bounds.map {
        Interval(
          low: $0.lowerBound, high: $0.upperBound, level: min(a.level, b.level),
          method: certain
            ? "rounding of the published figures" : "ends of both intervals divided")
      }
    case (.missing(let reason), _): return .missing(reason: reason)
    case (_, .missing(let reason)): return .missing(reason: reason)
    }
  }
}

extension RatioSide {
  /// True where samples are measurements of their own rather than one published figure.
  var isSampled: Bool { kind == .inference || kind == .window || kind == .operatorSum }

  /// The value where it is known for certain.
  var exact: Double? {
    quantity.interval.value.flatMap { $0.isExact ? quantity.value : nil }
  }
}

extension AnalysedRun {
  /// The run as one side of a ratio.
  func side(_ basis: RatioBasis) -> Outcome<RatioSide> {
    guard let latency = run.latency else {
      return .missing(reason: seconds.reason ?? "the log holds no time of a whole inference")
    }
    let quantity = basis == .time ? seconds : instructions
    return quantity.map { known in
      let raw = latency.samples.median ?? 0
      return RatioSide(
        quantity: known, samples: latency.samples, kind: latency.kind, quantum: latency.quantum,
        factor: raw > 0 ? known.value / raw : 1)
    }
  }
}

extension AnalysedOperator {
  /// The operator as one side of a ratio.
  func side(_ basis: RatioBasis, published: Bool) -> RatioSide? {
    guard let quantity = (basis == .time ? seconds : instructions).value,
      let factor = (basis == .time ? scale : countScale).value
    else { return nil }
    return RatioSide(
      quantity: quantity, samples: samples, kind: published ? .published : samplesAre,
      quantum: quantum, factor: factor)
  }
}
