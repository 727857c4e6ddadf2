import Models
import Support

/// What quantization does to a model: error and clipping, operator by operator.
public struct QuantizationReport: Sendable {
  /// Of one operator of the fp32 graph, and the tensor it writes.
  public struct Row: Sendable, Equatable {
    /// Position in the fp32 graph's operators.
    public var index: Int
    /// TFLite name, as in `CONV_2D`.
    public var kind: String
    /// Position of the output in the fp32 graph's tensors.
    public var tensor: Int
    /// int8 against fp32 when the whole model is int8: the error collected on the way.
    public var collected = SignalToNoise()
    /// int8 against fp32 when only this operator is int8, on exact inputs: its own damage.
    public var own = SignalToNoise()
    /// fp32 values more than half a step outside what int8 can stand for.
    public var clipped = Share()
    /// int8 values at -128, which is also the 0 of many a RELU.
    public var atLowest = Share()
    /// int8 values at 127.
    public var atHighest = Share()
  }

  /// Of one input of the model.
  public struct InputRow: Sendable, Equatable {
    /// Position in the fp32 graph's tensors.
    public var tensor: Int
    /// Values more than half a step outside what int8 can stand for.
    public var clipped = Share()
    /// The smallest value seen.
    public var min = Float.infinity
    /// The largest value seen.
    public var max = -Float.infinity
  }

  /// In the order of execution.
  public internal(set) var rows: [Row]
  /// In the order of the model's inputs.
  public internal(set) var inputs: [InputRow]
  /// int8 against fp32 of each output of the model.
  public internal(set) var outputs: [SignalToNoise]
  /// Samples that were run.
  public let sampleCount: Int
  /// Where these are from.
  let sampleOrigin: CalibrationRanges.Origin
  /// What to worry about: first what these samples show, then what is known without any.
  public internal(set) var warnings: [Diagnostic]

  /// Rows by own damage, the worst first; in the order of execution where it is equal.
  public var rowsByDamage: [Row] {
    rows.sorted { ($0.own.decibels, $0.index) < ($1.own.decibels, $1.index) }
  }

  /// Runs both graphs on samples, which should be others than those of calibration. `reference`, an
  /// int8 model of the same network, adds a comparison of input ranges.
  public static func measure(
    _ model: QuantizedModel, on samples: SampleSet, reference: Graph? = nil,
    progress: Progress = { _, _ in }
  ) throws(Diagnostic) -> QuantizationReport {
    guard samples.count > 0 else {
      throw Diagnostic(
        "no-samples", "there are no samples to compare on",
        remedy: "Hold samples out of calibration, or name a file of others.")
    }
    var meter = try DamageMeter(model)
    for index in 0..<samples.count {
      try meter.add(samples.sample(index))
      progress(index + 1, samples.count)
    }
    var report = QuantizationReport(
      rows: meter.rows, inputs: meter.inputs, outputs: meter.outputs, sampleCount: samples.count,
      sampleOrigin: samples.origin, warnings: [])
    report.warnings =
      report.findings(model) + QuantizationWarnings.of(model, reference: reference)
    return report
  }
}
