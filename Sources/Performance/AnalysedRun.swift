import Core
import Ingest
import Models
import Quantiles
import Reference
import Statistics
import Support

/// A run with its quantities in SI units and its costs.
///
/// A class, for it is large, and comparisons, means and findings hold the runs that they are of.
public final class AnalysedRun: Sendable {
  /// Name that is unique within the analysis and the same for the same input.
  public let id: String
  /// The run as it was read, in the units of its log; without its numbers where it failed.
  public let run: Run
  /// The boots that it was measured in; nil where the log shows one at most.
  public var boots: Boots? { sharedBoots?.value }
  private let sharedBoots: Shared<Boots>?
  private let sharedMachine: Shared<Machine>?
  /// How far its samples depend on each other; nil where that cannot be told.
  public let dependence: SerialDependence?
  let amount: Amount
  /// What the tool printed of cycles beside the time; nil where that is not to be used.
  private let printedCycles: Shared<Outcome<Quantity>>?
  /// Its operators, in the order of the log.
  public let operators: [AnalysedOperator]
  /// MACs of one inference.
  public let macs: UInt64?
  /// Bytes of all weights.
  public let weightBytes: UInt64?

  init(
    id: String, run: Run, boots: Shared<Boots>?, machine: Shared<Machine>?,
    dependence: SerialDependence?,
    amount: Amount, printedCycles: Shared<Outcome<Quantity>>?, operators: [AnalysedOperator],
    macs: UInt64?, weightBytes: UInt64?
  ) {
    self.id = id
    self.run = run
    sharedBoots = boots
    sharedMachine = machine
    self.dependence = dependence
    self.amount = amount
    self.printedCycles = printedCycles
    self.operators = operators
    self.macs = macs
    self.weightBytes = weightBytes
  }

  /// The same run under another name.
  func named(_ id: String) -> AnalysedRun {
    AnalysedRun(
      id: id, run: run, boots: sharedBoots, machine: sharedMachine, dependence: dependence,
      amount: amount,
      printedCycles: printedCycles, operators: operators, macs: macs, weightBytes: weightBytes)
  }

  /// The board's description, where there is one.
  public var machine: Machine? { sharedMachine?.value }
  /// What is known of the circumstances, with its provenance.
  public var configuration: Configuration { run.configuration }
  /// Id of the board, as in `data/machines`.
  public var board: String? { configuration.text(.board) }
  /// Microcontroller, as in `rp2350`.
  public var mcu: String? { configuration.text(.mcu) }
  /// CPU clock, Hz.
  public var clockHz: Double? { configuration.number(.clock) }
  /// Model id, as in `kws`.
  public var model: String? { configuration.text(.model) }
  /// What the numbers of the graph are, as far as known.
  public var dtype: Dtype? { configuration.dtype }
  /// What the source says the dtype is, where that differs from `dtype`.
  public var dtypeClaimed: Dtype? { configuration.dtypeClaimed }
  /// Where the weights are read from; nil when not stated.
  public var weights: WeightsPlace? { configuration.weights }
  /// Inference runtime, as in `tflm`.
  public var runtime: String? { configuration.text(.runtime) }
  /// `measured` unless the log says `published`, `emulated` or `predicted`.
  public var origin: Origin { configuration.origin ?? .measured }
  /// Whether an emulator ran it; what it counts is no time.
  public var isEmulated: Bool { origin == .emulated }
  /// The origin; nil where nothing was measured, for the file holds only costs or the run failed.
  public var statedOrigin: Origin? {
    let hasNoTimes = observed(.costsOnly) || observed(.failedRun)
    if run.latency == nil, hasNoTimes { return configuration.origin }
    return origin
  }
  /// Why MACs or bytes are not known, where they are not.
  public var costsReason: String {
    observed(.failedRun) ? Self.failed : "the costs of this model are not known"
  }
  /// Why there are no operators, where there are none.
  var operatorsReason: String {
    observed(.failedRun) ? Self.failed : "the log holds no operators"
  }
  /// Whether it lacks operators, for the log was cut off inside its only inference.
  public var isIncomplete: Bool { observed(.incompleteInference) }
  /// Why the log begins an inference and yet has no number for the whole: it was cut off, or a counter
  /// overflowed; nil where neither happened or there is a number.
  public var lostReason: String? {
    guard run.latency == nil, isIncomplete || observed(.tickOverflow) else { return nil }
    return Normalisation.noLatency(run)
  }
  /// Whether its operators are sums over a kind each.
  public var hasSumsOfKinds: Bool { operators.contains(where: \.isSumOfKind) }
  /// What the tool's own error means for every number of the run.
  static let failed = "the tool says that this run failed"

  private func observed(_ kind: ObservationKind) -> Bool {
    run.observations.contains { $0.kind == kind }
  }

  /// How much one inference takes of `measure`.
  public func quantity(_ measure: Measure) -> Outcome<Quantity> {
    (measure == .cycles ? printedCycles?.value : nil) ?? amount[measure]
  }
  /// Time of one inference, s.
  public var seconds: Outcome<Quantity> { quantity(.time) }
  /// Cycles of the CPU clock in one inference.
  public var cycles: Outcome<Quantity> { quantity(.cycles) }
  /// Instructions in one inference, from an emulator.
  public var instructions: Outcome<Quantity> { quantity(.instructions) }
  /// Ticks in one inference as printed, where the log counts in them.
  public var ticks: Outcome<Quantity> { quantity(.ticks) }

  /// The first of time, cycles, instructions and ticks that is known.
  public var measure: Measure? { Measure.allCases.first { quantity($0).value != nil } }

  /// The first of time, cycles, instructions and ticks that is known of an operator.
  public var operatorMeasure: Measure? {
    Measure.allCases.first { measure in
      operators.contains { $0.quantity(measure).value != nil }
    }
  }
  /// One unit of the last digit that was published, s; nil for a run that is no published figure.
  public var publishedResolution: Double? {
    guard let latency = run.latency, latency.kind == .published,
      let figure = latency.samples.median, figure > 0, let time = seconds.value?.value
    else { return nil }
    return latency.quantum * (time / figure)
  }
  /// What the source calls the dtype.
  public var label: Dtype? { dtypeClaimed ?? dtype }

  /// Whether flash is read as the bundled roofs assume, as far as the log says.
  var hasDefaultFlash: Bool { configuration.hasDefaultFlash }

  /// How sentences call the board.
  public var boardWords: String { machine?.short ?? board ?? mcu ?? "the unnamed board" }

  /// "RP2350, fp32, weights in flash"; parts that are not known are left out.
  public var words: String {
    var parts = [boardWords]
    if let dtype { parts.append(dtype.description) }
    if let weights { parts.append("weights in \(weights)") }
    return parts.joined(separator: ", ")
  }
}

extension Configuration {
  /// False where flash is stated to be read otherwise than the bundled roofs assume: quad, a third of the
  /// CPU clock, cache on.
  var hasDefaultFlash: Bool { hasDefaultFlashMode && text(.xipCache) != "off" }

  /// The same, whether the cache is on or off.
  var hasDefaultFlashMode: Bool {
    if let mode = text(.flash), mode != "quad/3" { return false }
    if let flash = number(.flashClock), let clock = number(.clock) {
      return abs(flash * 3 / clock - 1) < 0.01
    }
    return true
  }
}

/// One operator with its quantities in SI units and its costs.
public struct AnalysedOperator: Sendable {
  /// Position in the graph; nil where the source does not say.
  public var index: Int?
  /// TFLite name, as in `CONV_2D`.
  public var kind: String
  /// What singles it out, or the tool's own name for it.
  public var name: String?
  /// It stands for all operators of its kind together; the log lists no single ones.
  public var isSumOfKind = false
  var amount: Amount
  /// MACs in one inference.
  public var macs: UInt64?
  /// Bytes of its weights, biases not counted.
  public var weightBytes: UInt64?
  /// Its row of the cost table; nil where it has none.
  var cost: OperatorCost?
  /// Raw samples, for ratios.
  var samples: Samples
  var samplesAre = LatencyKind.inference
  var quantum: Double
  /// The median of each boot, where boots are the unit of its interval.
  var bootMedians: [Double]?

  /// "TANH", "FULLY_CONNECTED (largest)", "3 CONV_2D", "CONV_2D (sum over kind)".
  public var words: String {
    if isSumOfKind { return "\(kind) (sum over kind)" }
    if let index { return "\(index) \(kind)" }
    guard let name, name != kind else { return kind }
    return "\(kind) (\(name))"
  }

  /// Why its MACs or bytes are not known, where they are not.
  public var costsReason: String {
    isSumOfKind
      ? "it is a sum over a kind; costs are those of single operators"
      : "the costs of this operator are not known"
  }

  /// How much of `measure` the operator takes in one inference.
  public func quantity(_ measure: Measure) -> Outcome<Quantity> { amount[measure] }
  /// Time of one inference, s.
  public var seconds: Outcome<Quantity> { quantity(.time) }
  /// Cycles of the CPU clock in one inference.
  public var cycles: Outcome<Quantity> { quantity(.cycles) }
  /// Instructions in one inference, from an emulator.
  public var instructions: Outcome<Quantity> { quantity(.instructions) }
  /// Ticks in one inference as printed, where the log counts in them.
  public var ticks: Outcome<Quantity> { quantity(.ticks) }
}
