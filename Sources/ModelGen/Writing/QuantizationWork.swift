import Models
import Quantizer
import Support

/// Makes an int8 graph of an fp32 one as the options say.
struct QuantizationWork {
  /// The int8 graph and what was found out on the way.
  struct Result {
    var model: QuantizedModel
    var report: QuantizationReport?
    var warnings: [Diagnostic]
    /// Samples that calibration has not seen, as far as there are enough.
    var heldOut: SampleSet
    /// Where the ranges are from: a file, or how random samples are distributed.
    var origin: String
  }

  let options: CalibrationOptions
  let environment: Environment

  /// Samples to calibrate on, and to compare with.
  struct Samples {
    var calibration: SampleSet
    var heldOut: SampleSet
    /// Too few for two sets: both are the same.
    var areSeen = false
  }

  /// The samples of `file`, every fifth held out, or random ones. Where ranges come from `donor`, an
  /// int8 model, random samples are drawn over the range of its input.
  private func samples(
    for graph: Graph, file: String?, donor: Graph?
  ) throws(Diagnostic) -> Samples {
    let others = max(options.samples / 5, 1)
    guard let file else {
      let all = options.random(
        for: graph, count: options.samples + others, over: donor.flatMap(Self.inputRange))
      return Samples(calibration: all.prefix(options.samples), heldOut: all.suffix(others))
    }
    let all = try options.read(file, for: graph)
    guard all.count >= 5 else { return Samples(calibration: all, heldOut: all, areSeen: true) }
    // Files are often sorted by class: every fifth sample is held out, not the last fifth.
    let (calibration, heldOut) = all.split(heldOutShare: 0.2, .interleaved)
    return Samples(
      calibration: calibration.prefix(options.samples), heldOut: heldOut.prefix(others))
  }

  private static func inputRange(_ model: Graph) -> SyntheticDistribution? {
    guard let input = model.inputs.first, let given = model.tensors[input].quantization,
      let scale = given.scales.first, let zeroPoint = given.zeroPoints.first
    else { return nil }
    let low = scale * Float(-128 - zeroPoint)
    let high = scale * Float(127 - zeroPoint)
    return low < high ? .uniform(low: low, high: high) : nil
  }

  /// Calibrates and quantizes. `samplesFile` and `rangesFile` stand in for the options where these
  /// name nothing. `measures` runs both graphs side by side.
  func quantize(
    _ graph: Graph, name: String, samplesFile: String? = nil, rangesFile: String? = nil,
    measures: Bool
  ) throws(Diagnostic) -> Result {
    let ranges = options.rangesFrom ?? (options.isSilent ? rangesFile : nil)
    let file = options.calibrate ?? (options.isSilent && ranges == nil ? samplesFile : nil)
    let progress = Progress(enabled: environment.progress)
    defer { progress.clear() }
    var reference: Graph?
    if let ranges { reference = try TFLiteReader.read(path: ranges) }
    let samples = try samples(for: graph, file: file, donor: reference)
    let found: CalibrationRanges
    if let reference, let ranges {
      found = try CalibrationRanges.of(reference, for: graph, file: ranges)
    } else {
      found = try CalibrationRanges.measure(graph, on: samples.calibration) { done, total in
        progress.show("calibrating \(name)", done, of: total)
      }
    }
    let model = try Quantizer.quantize(graph, ranges: found)
    var result = Result(
      model: model, report: nil, warnings: [], heldOut: samples.heldOut,
      origin: ranges ?? samples.calibration.source)
    if measures {
      let report = try QuantizationReport.measure(
        model, on: samples.heldOut, reference: reference
      ) { done, total in progress.show("comparing \(name)", done, of: total) }
      result.report = report
      result.warnings = report.warnings
      if samples.areSeen { result.warnings.append(Self.seen(samples.heldOut.count, file)) }
      if reference != nil { result.warnings.append(Self.random(samples.heldOut.source)) }
    } else {
      result.warnings = model.warnings(reference: reference)
    }
    for input in graph.inputs {
      guard case .range(let low, let high)? = found.entries[input], low == high else { continue }
      result.warnings.append(Self.constant(low, file, input))
    }
    return result
  }

  private static func seen(_ count: Int, _ file: String?) -> Diagnostic {
    Diagnostic(
      "seen-samples",
      "with \(count) samples int8 is compared on the samples of calibration themselves",
      remedy: "Give 5 samples or more, of which every fifth is kept back.", file: file ?? "",
      severity: .warning)
  }

  private static func random(_ source: String) -> Diagnostic {
    Diagnostic(
      "synthetic-comparison",
      "fp32 and int8 are compared on random numbers (\(source)), which says nothing of accuracy",
      remedy: "Compare on real samples: modelgen run both models, or calibrate on them.",
      severity: .warning)
  }

  private static func constant(_ value: Float, _ file: String?, _ input: Int) -> Diagnostic {
    Diagnostic(
      "constant-input", "all values of the input are \(value), so its range is empty",
      remedy: "Check the samples: their type, and that they are not blank.",
      place: Place(tensorIndex: input), file: file ?? "", severity: .warning)
  }
}

extension CalibrationOptions {
  /// Nothing is said of where ranges come from.
  var isSilent: Bool { calibrate == nil && rangesFrom == nil && synthetic == nil }
}
