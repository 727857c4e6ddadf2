import Ingest
import Quantiles
import Statistics
import Support

/// What the boots of a row say of each other.
public struct Boots: Sendable, Equatable {
  /// What is less probable than this is no chance: one false alarm in a hundred rows.
  static let significance = 0.01
  /// Inferences of several boots are pooled only where equal boots would differ more as often as this
  /// (Bancroft, "Analysis and inference for incompletely specified models involving the use of
  /// preliminary test(s) of significance", Biometrics 20, 1964): a difference that is not evident
  /// makes intervals too narrow, too.
  static let poolingLevel = 0.25

  /// The median of each boot, in the latency's unit and the log's order.
  public var medians: [Double]
  /// Of each operator the median of each boot, in the operators' unit.
  var operatorMedians: [[Double?]]
  /// The probability that boots of one distribution differ as much; nil where too few samples say it.
  public var pValue: Double?
  /// The strongest dependence of samples within one boot, where there is an evident one.
  var dependence: SerialDependence?

  /// How many boots.
  public var count: Int { medians.count }
  /// Whether boots are shown to differ by more than their samples scatter.
  public var differ: Bool { pValue.map { $0 <= Self.significance } ?? false }
  /// Whether the boot is the unit of intervals.
  public var areUnit: Bool { pValue.map { $0 <= Self.poolingLevel } ?? false }

  /// The boots of `row`; nil where there is only one.
  init?(_ row: Row) {
    let latencies = row.boots.compactMap(\.latency)
    guard latencies.count >= 2 else { return nil }
    medians = latencies.compactMap(\.samples.median)
    operatorMedians = row.pooled.operators.indices.map { i in
      row.boots.map { $0.operators[i].samples.median }
    }
    let dependences = latencies.map(\.dependence)
    dependence = dependences.compactMap(\.self).filter(\.isEvident)
      .max { $0.widening < $1.widening }
    pValue =
      kruskalWallis(
        latencies.map(\.samples),
        effectiveCounts: zip(latencies, dependences).map { latency, dependence in
          dependence.flatMap { $0.isEvident ? $0.effectiveCount : nil }
            ?? Double(latency.samples.count)
        }
      ).value?.pValue
  }
}

extension Latency {
  /// The time of one inference in the latency's own unit.
  ///
  /// - Parameter boots: those that are the unit of the interval; nil where inferences are.
  func quantity(_ boots: Boots?, confidence: Double, dependence: SerialDependence?)
    -> Outcome<Quantity>
  {
    guard let boots, openReason == nil else {
      return quantity(confidence: confidence, dependence: dependence)
    }
    return .ofBoots(boots.medians, samples.count, quantum: quantum, confidence: confidence)
  }
}

extension Outcome<Quantity> {
  /// The mean of the medians of boots.
  static func ofBoots(
    _ medians: [Double], _ count: UInt64, quantum: Double, confidence: Double
  ) -> Outcome<Quantity> {
    guard let summary = MeanSummary(bootMedians: medians) else {
      return .missing(reason: "no boot has a median")
    }
    let estimate = summary.estimate(level: confidence, quantum: quantum)
    return .known(
      Quantity(
        value: estimate.value, interval: estimate.interval, count: count,
        method: "mean of the medians of \(medians.count) boots"))
  }
}
