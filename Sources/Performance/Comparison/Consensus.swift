import Ingest
import Quantiles
import Support

/// How far the samples of one run agree: whether they have a typical value, and which are outliers.
///
/// Samples within twofold of each other may be one result; the largest such group is the consensus. Only
/// where it holds more than half of all samples does their median say something of it.
public struct Consensus: Sendable, Equatable {
  /// Samples within this factor of each other agree.
  static let factor = 2.0

  /// Samples in the largest group that agrees.
  public var agreeing: UInt64
  /// All samples.
  public var count: UInt64
  /// Smallest and largest sample.
  public var range: ClosedRange<Double>
  /// Samples outside the group, ascending, each with how often it came.
  public var outliers: [Outlier]

  /// A value that does not agree with most others.
  public struct Outlier: Sendable, Equatable {
    /// In the unit of the samples.
    public var value: Double
    /// How often it came.
    public var count: UInt64
  }

  /// True where no majority agrees, so that there is no typical value.
  public var isOpen: Bool { agreeing * 2 <= count }
  /// Largest / smallest sample.
  public var span: Double { range.upperBound / range.lowerBound }

  /// The consensus of `samples`; nil where there are none. Of equal groups the one of smaller values.
  init?(_ samples: Samples) {
    let values = samples.sorted
    guard let first = values.first, let last = values.last else { return nil }
    (count, range) = (samples.count, first.value...last.value)
    var best = (from: 0, to: 0, agreeing: UInt64(0))
    var (end, inside) = (0, UInt64(0))
    for start in values.indices {
      while end < values.count, values[end].value <= Self.factor * values[start].value {
        inside += values[end].count
        end += 1
      }
      if inside > best.agreeing { best = (start, end, inside) }
      inside -= values[start].count
    }
    agreeing = best.agreeing
    outliers = (values[..<best.from] + values[best.to...]).map {
      Outlier(value: $0.value, count: $0.count)
    }
  }
}

extension Latency {
  /// How far its samples agree; nil where they are not several measurements of one thing.
  var consensus: Consensus? {
    switch kind {
    case .inference, .window, .operatorSum, .mean, .median: Consensus(samples)
    case .published, .dutyCycle: nil
    }
  }

  /// Why it has no median, "2 inferences of 41,090 and 902,400 ticks are 22.0 times apart, ..."; nil where it
  /// has one.
  var openReason: String? {
    guard let consensus, consensus.isOpen else { return nil }
    let ends = [consensus.range.lowerBound, consensus.range.upperBound].map { words($0) }
    let apart = "\(Format.significant(consensus.span, digits: 3)) times apart"
    let what = "\(Format.grouped(consensus.count)) \(sampleWords(consensus.count))"
    guard consensus.count > 2 else {
      return "\(what) of \(ends[0]) and \(ends[1]) are \(apart), so there is no median"
    }
    return "of \(what) from \(ends[0]) to \(ends[1]), \(apart), no more than "
      + "\(Format.grouped(consensus.agreeing)) agree within twofold, so there is no median"
  }

  /// "902,400 ticks", "83 ms".
  func words(_ value: Double) -> String {
    unit == .seconds ? Format.seconds(value) : "\(Format.whole(value)) \(unit.words)"
  }

  private func sampleWords(_ count: UInt64) -> String {
    let noun =
      switch kind {
      case .window: "window"
      case .mean, .published, .dutyCycle: "mean"
      case .median: "median"
      case .inference, .operatorSum: "inference"
      }
    return plural(noun, count)
  }
}

extension AnalysedRun {
  /// How far its inferences agree; nil where there are none.
  var consensus: Consensus? { run.latency?.consensus }
  /// Why the inferences have no median; nil where they have one.
  public var openReason: String? { run.latency?.openReason }
}
