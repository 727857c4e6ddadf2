import Foundation
import Interpreter
import Models
import TestSupport
import Testing

@testable import Quantizer

/// Whole models, calibrated, quantized and run.
@Suite("Whole models", .shared("oracles"))
struct ModelTests {
  @Test(
    "Quantized here, a model gives TFLM's outputs byte for byte",
    arguments: zip(ModelPair.tinyML, ["AD", "IC", "SWW", "VWW", "KWS"]))
  func outputs(pair: ModelPair, name: String) throws {
    let (fp32, int8) = try pair.graphs()
    let made = try Quantizer.quantize(fp32, ranges: CalibrationRanges.of(int8, for: fp32)).graph
    // TFLM's inputs and outputs for the file without a RESHAPE have the suffix of its seed.
    let stem = name == "KWS" ? "KWS_u01seed0_int8" : "\(name)_u01_int8"
    let inputs = try Data(
      contentsOf: URL(fileURLWithPath: Shared.path("oracles/tinyml-io/\(stem)_in.bin")))
    let outputs = try Data(
      contentsOf: URL(fileURLWithPath: Shared.path("oracles/tinyml-io/\(stem)_tflm_out.bin")))
    let size = try #require(made.tensors[made.inputs[0]].byteCount)
    let interpreter = try Interpreter(made)
    var found: [UInt8] = []
    for start in stride(from: 0, to: inputs.count, by: size) {
      found += try interpreter.run([Array(inputs[start..<start + size])])[0]
    }
    #expect(!found.isEmpty && found == Array(outputs))
  }

  @Test("SWW calibrated on its real samples loses no accuracy on them")
  func streamingWakeword() throws {
    let graph = try Shared.graph("oracles/original-tf2131/str_ww_ref_model.tflite")
    let path = Shared.path("models/sww/calibration_samples.npz")
    let samples = try SampleSet.read(path: path, for: graph)
    let labels = try SampleSet.labels(path: path + ":labels")
    #expect(samples.count == 45 && labels.count == 45)
    var calls: [Int] = []
    let ranges = try CalibrationRanges.measure(graph, on: samples) { done, total in
      calls.append(done)
      #expect(total == 45)
    }
    #expect(calls == calls.sorted() && calls.last == 45)
    #expect(ranges.origin == .samples(45, file: path))
    let model = try Quantizer.quantize(graph, ranges: ranges)
    let result = try Verification.compare(graph, model.graph, on: samples)
    let accuracy = try #require(result.accuracy(labels: labels))
    #expect(accuracy.reference == Share(count: 41, total: 45))
    #expect(accuracy.candidate == accuracy.reference)
    #expect(result.agreement == Share(count: 45, total: 45))
    let report = try QuantizationReport.measure(model, on: samples)
    #expect(report.warnings.isEmpty, "\(report.warnings)")
    #expect(report.rows.allSatisfy { $0.own.decibels > 30 })
    #expect(report.outputs[0].decibels > 35)
  }

  @Test("SWW calibrated on four fifths of its samples names the same classes for all")
  func heldOut() throws {
    let graph = try Shared.graph("oracles/original-tf2131/str_ww_ref_model.tflite")
    let samples = try SampleSet.read(
      path: Shared.path("models/sww/calibration_samples.npz:specs"), for: graph)
    // The file is sorted by class: the last fifth would be of one class.
    let labels = try SampleSet.labels(
      path: Shared.path("models/sww/calibration_samples.npz:labels"))
    #expect(Set(samples.split().heldOut.indices.map { labels[$0] }) == [1])
    let (calibration, heldOut) = samples.split(.interleaved)
    #expect(Set(heldOut.indices.map { labels[$0] }) == [0, 1, 2])
    #expect(calibration.count == 36 && heldOut.count == 9)
    let model = try Quantizer.quantize(
      graph, ranges: CalibrationRanges.measure(graph, on: calibration))
    let result = try Verification.compare(graph, model.graph, on: samples)
    #expect(result.agreement == Share(count: 45, total: 45))
    let report = try QuantizationReport.measure(model, on: heldOut)
    #expect(report.sampleCount == 9 && report.outputs[0].decibels > 30)
  }

  @Test("AD calibrated on U[0,1) is warned of")
  func anomalyDetection() throws {
    let graph = try Shared.graph("oracles/original-tf2131/ad01.tflite")
    let samples = SampleSet.synthetic(count: 5, for: graph)
    let model = try Quantizer.quantize(
      graph, ranges: CalibrationRanges.measure(graph, on: samples))
    let reference = try Shared.graph("models/ad/ad01_int8.tflite")
    // All that is known without a sample of AD's data.
    #expect(
      model.warnings(reference: reference).map(\.rule)
        == ["synthetic-calibration", "unlike-data", "reference-range"])
    // No recordings are at hand. These inputs are spread evenly over the range that MLPerf's own
    // int8 file has, from its scale and zero point.
    let spread = try SampleSet.read(
      path: Shared.path("oracles/tinyml-io/AD_mlperf_int8_in.bin"), for: graph,
      options: SampleOptions(rawFormat: .int8, offset: 89, factor: 0.39101523))
    let report = try QuantizationReport.measure(model, on: spread, reference: reference)
    #expect(report.warnings.first?.rule == "input-clipping")
    #expect(report.inputs[0].clipped.fraction > 0.98)
    #expect(report.warnings.contains { $0.rule == "activation-clipping" })
    #expect(report.warnings.contains { $0.rule == "low-signal" })
    #expect(report.warnings.allSatisfy { $0.isHelpful })
    // With the range of MLPerf's file, none of this is said.
    let fitting = try Quantizer.quantize(
      graph, ranges: CalibrationRanges.measure(graph, on: spread))
    let better = try QuantizationReport.measure(fitting, on: spread, reference: reference)
    #expect(better.warnings.isEmpty, "\(better.warnings.map(\.headline))")
    #expect(better.outputs[0].decibels > report.outputs[0].decibels + 10)
  }
}
