import Ingest
import Quantiles
import Statistics
import Support

/// What two runs are compared in.
public enum RatioBasis: String, Sendable {
  case time
  /// Instructions of an emulator.
  case instructions

  /// Why neither a count nor a ratio of counts has an interval or a test.
  static let countsAreExact = "an emulator's counts are exact; nothing about them is random"
}

/// A ratio, subject / reference, with its interval or the reason why there is none.
public struct Ratio: Sendable, Equatable {
  /// Subject / reference.
  public var value: Double
  /// Its interval, or why there is none.
  public var interval: Outcome<Interval>
  /// What was compared.
  public var basis: RatioBasis

  /// Whether it is shown to differ from 1: the interval excludes it, or there is none because counts are exact.
  /// Nil where neither is known.
  public var differsFromOne: Bool? {
    basis == .instructions ? value != 1 : interval.value.map { !$0.contains(1) }
  }

  /// "ratio 1.004 [0.995, 1.008], p 0.95" where the interval holds 1, so that no direction is shown; nil where
  /// one is, or where there is no interval.
  public func nullWords(p: Double? = nil) -> String? {
    guard differsFromOne == false, let interval = interval.value else { return nil }
    return "ratio \(Format.interval(value, low: interval.low, high: interval.high))"
      + (p.map { ", p \(Format.significant($0, digits: 2))" } ?? "")
  }

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
  /// How far the samples depend on each other; nil where that is not known.
  var dependence: SerialDependence?
  /// The median of each boot in the unit of the samples, where boots are the unit of the interval.
  var bootMedians: [Double]?
}

/// Makes ratios of medians; see `design.md` arithmetic 3.
struct RatioMaker {
  let confidence: Double
  let seed: UInt64

  func ratio(_ subject: RatioSide, _ reference: RatioSide, basis: RatioBasis) -> Ratio? {
    let value = subject.quantity.value / reference.quantity.value
    guard value.isFinite, value > 0 else { return nil }
    return Ratio(
      value: value,
      interval: basis == .instructions
        ? .missing(reason: RatioBasis.countsAreExact) : interval(subject, reference), basis: basis)
  }

  private func interval(_ subject: RatioSide, _ reference: RatioSide) -> Outcome<Interval> {
    if let a = subject.boots, let b = reference.boots {
      return ratioOfMeans(a, over: b, level: confidence).flatMap(\.interval)
        .map { $0.scaled(by: subject.factor / reference.factor) }
    }
    if subject.isSampled, reference.isSampled {
      let estimate = ratioOfMedians(
        subject.samples, over: reference.samples, level: confidence,
        subjectQuantum: subject.quantum,
        referenceQuantum: reference.quantum, subjectDependence: subject.dependence,
        referenceDependence: reference.dependence, seed: seed)
      switch estimate {
      case .known(let known):
        return known.interval.map { $0.scaled(by: subject.factor / reference.factor) }
      case .missing(let reason): return .missing(reason: reason)
      }
    }
    switch (subject.quantity.interval, reference.quantity.interval) {
    case (.known(let a), .known(let b)): return a.divided(by: b)
    case (.missing(let reason), _): return .missing(reason: reason)
    case (_, .missing(let reason)): return .missing(reason: reason)
    }
  }
}

extension RatioSide {
  /// True where samples are measurements of their own rather than one published figure.
  var isSampled: Bool {
    bootMedians == nil && (kind == .inference || kind == .window || kind == .operatorSum)
  }

  /// Its boots, where these are the unit.
  var boots: MeanSummary? { bootMedians.flatMap { MeanSummary(bootMedians: $0) } }
}

extension AnalysedRun {
  /// The run as one side of a ratio.
  func side(_ basis: RatioBasis) -> Outcome<RatioSide> {
    guard let latency = run.latency else {
      return .missing(reason: seconds.reason ?? "the log holds no time of a whole inference")
    }
    let quantity = basis == .time ? seconds : instructions
    return quantity.map { known in
      let medians = boots.flatMap { $0.areUnit ? $0.medians : nil }
      let raw =
        medians.flatMap { MeanSummary(bootMedians: $0)?.mean } ?? latency.samples.median ?? 0
      return RatioSide(
        quantity: known, samples: latency.samples, kind: latency.kind, quantum: latency.quantum,
        factor: raw > 0 ? known.value / raw : 1, dependence: dependence, bootMedians: medians)
    }
  }
}

extension AnalysedOperator {
  /// The operator as one side of a ratio.
  func side(_ basis: RatioBasis, published: Bool) -> RatioSide? {
    let measure = basis == .time ? Measure.time : .instructions
    guard let quantity = quantity(measure).value, let factor = amount.factor(measure).value
    else { return nil }
    return RatioSide(
      quantity: quantity, samples: samples, kind: published ? .published : samplesAre,
      quantum: quantum, factor: factor, bootMedians: bootMedians)
  }
}
