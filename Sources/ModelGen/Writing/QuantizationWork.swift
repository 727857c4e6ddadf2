import CommandLineSupport
import Models
import Quantizer

/// Makes an int8 graph of an fp32 one as the options say.
struct QuantizationWork {
  /// The int8 graph and what was found out on the way.
  struct Result {
    var model: QuantizedModel
    var report: QuantizationReport?
    var warnings: [ModelDiagnostic]
  }

  let options: CalibrationOptions
  let environment: Environment

  /// The samples to calibrate on and those to check with; nil where ranges come from a model.
  func samples(
    for graph: Graph, file: String?
  ) throws(ModelDiagnostic) -> (calibration: SampleSet, heldOut: SampleSet) {
    guard let file else {
      let others = max(options.samples / 5, 1)
      let all = options.random(for: graph, count: options.samples + others)
      return (all.prefix(options.samples), all.suffix(others))
    }
    let all = try options.read(file, for: graph)
    // Files are often sorted by class: every fifth sample is held out, not the last fifth.
    return all.count < 5 ? (all, all) : all.split(heldOutShare: 0.2, .interleaved)
  }

  /// Calibrates and quantizes. `samplesFile` and `rangesFile` stand in for the options where these
  /// name nothing. `measures` runs both graphs side by side.
  func quantize(
    _ graph: Graph, name: String, samplesFile: String? = nil, rangesFile: String? = nil,
    measures: Bool
  ) throws(ModelDiagnostic) -> Result {
    let ranges = options.rangesFrom ?? (options.isSilent ? rangesFile : nil)
    let file = options.calibrate ?? (options.isSilent && ranges == nil ? samplesFile : nil)
    let progress = CountProgress(enabled: environment.progress)
    defer { progress.clear() }
    let (calibration, heldOut) = try samples(for: graph, file: file)
    var reference: Graph?
    let found: CalibrationRanges
    if let ranges {
      let model = try TFLiteReader.read(path: ranges)
      reference = model
      found = try CalibrationRanges.of(model, for: graph, file: ranges)
    } else {
      found = try CalibrationRanges.measure(graph, on: calibration) { done, total in
        progress.show("calibrating \(name)", done, of: total)
      }
    }
    let model = try Quantizer.quantize(graph, ranges: found)
    guard measures else {
      return Result(model: model, report: nil, warnings: model.warnings(reference: reference))
    }
    let report = try QuantizationReport.measure(model, on: heldOut, reference: reference) {
      done, total in progress.show("comparing \(name)", done, of: total)
    }
    return Result(model: model, report: report, warnings: report.warnings)
  }
}

extension CalibrationOptions {
  /// Nothing is said of where ranges come from.
  var isSilent: Bool { calibrate == nil && rangesFrom == nil && synthetic == nil }
}
