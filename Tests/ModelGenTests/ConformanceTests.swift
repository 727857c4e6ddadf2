import Foundation
import Inspection
import ModelFormats
import Interpreter
import Models
import Quantizer
import TestSupport
import Testing

@testable import modelgen

/// Models as they are read, converted and quantized here, against TensorFlow 2.13.1 and TFLM. With
/// MODELGEN_FIGURES=1 the figures are printed.
@Suite("Against TensorFlow", .serialized, .shared("oracles"))
struct ConformanceTests {
  /// A model, what TensorFlow makes of it, and TFLM's inputs and outputs for that.
  struct Model: Sendable, CustomTestStringConvertible {
    let twin: TinyMLTwin
    let source: String
    let fp32: String
    let int8: String
    let arrays: String
    var testDescription: String { twin.rawValue }
  }

  static let models = [
    model(.ad, "models/ad/ad01.h5", "ad01", "AD_seed_f32"),
    model(.ic, "models/ic/pretrainedResnet.h5", "pretrainedResnet", "IC_seed_f32"),
    Model(
      twin: .kws, source: "models/kws/kws_ref_model",
      fp32: "oracles/original-tf2131-int8/kws_ref_model_f32.tflite",
      int8: "oracles/original-tf2131-int8/kws_ref_model_int8.tflite",
      arrays: "oracles/tinyml-io/KWS_f32"),
    model(.sww, "models/sww/str_ww_ref_model.h5", "str_ww_ref_model", "SWW_seed_f32"),
    model(.vww, "models/vww/vww_96.h5", "vww_96", "VWW_seed_f32"),
  ]

  private static func model(
    _ twin: TinyMLTwin, _ source: String, _ stem: String, _ arrays: String
  ) -> Model {
    Model(
      twin: twin, source: source, fp32: "oracles/original-tf2131/\(stem).tflite",
      int8: "oracles/original-tf2131-int8/\(stem)_int8.tflite",
      arrays: "oracles/tinyml-io/\(arrays)")
  }

  @Test(arguments: ["cnn_l1", "cnn_l2", "fc_l1_w16", "fc_l2_w64"])
  func generatedModelsAreTensorFlowsBitForBit(name: String) throws {
    let stem = "oracles/generated/\(name)"
    let opened = try ModelOpener.open(Shared.path(stem + ".onnx")).graph
    let (fp32, int8) = (try Shared.graph(stem + ".tflite"), try Shared.graph(stem + "int8.tflite"))
    let constants = try Constants(opened, fp32)
    #expect(constants.count > 0 && constants.differing == 0)
    let made = try Quantizer.quantize(
      opened, ranges: CalibrationRanges.of(int8, for: opened)
    ).graph
    let quantized = try Constants(made, int8)
    #expect(made.dtype == .int8 && quantized.count == constants.count)
    #expect(quantized.differing == 0 && quantized.differingScales == 0)
    for (ours, theirs) in zip(made.operators, int8.operators) {
      #expect(ours.kind == theirs.kind && ours.version == theirs.version)
      #expect(ours.attributes == theirs.attributes)
      let pairs = [(ours.inputs[0], theirs.inputs[0]), (ours.outputs[0], theirs.outputs[0])]
      for case (let one?, let other?) in pairs {
        #expect(made.tensors[one].quantization == int8.tensors[other].quantization)
      }
    }
    // Both images are [N, H, W, C].
    let worst = try largestGap(opened, stem)
    #expect(worst <= 2e-6)
    figure("\(name): worst output \(worst) of the largest")
  }

  @Test(arguments: models)
  func referenceModelsAreTensorFlows(_ model: Model) throws {
    let opened = try ModelOpener.open(Shared.path(model.source)).graph
    let (fp32, int8) = (try Shared.graph(model.fp32), try Shared.graph(model.int8))
    let file = try TFLiteWriter.bytes(of: opened, options: .init(dtype: .fp32))
    let worst = try largestGap(try TFLiteReader.read(bytes: file), model.arrays)
    #expect(worst <= 2e-6)
    let real = try Constants(opened, fp32)
    // Batch normalisation is folded in another order of rounding.
    #expect(real.largestGap <= 2e-7)
    let made = try Quantizer.quantize(
      opened, ranges: CalibrationRanges.of(int8, for: opened)
    ).graph
    let small = try TFLiteWriter.bytes(of: made, options: .init(dtype: .int8))
    let quantized = try Constants(made, int8)
    #expect(real.count == quantized.count && real.count > 20_000)
    #expect(quantized.largestStep <= 1)
    #expect(file.count <= fp32.bytes.count && small.count <= int8.bytes.count)
    figure(
      "\(model.twin.rawValue): outputs \(worst); fp32 \(real.differing) of \(real.count) constants differ, by "
        + "\(real.largestGap) at most; int8 \(quantized.differingWeights) weights, "
        + "\(quantized.differingBiases) biases of \(quantized.count) differ, by "
        + "\(quantized.largestStep) at most, and \(quantized.differingScales) of "
        + "\(quantized.scaleCount) scales; file \(file.count) B (TensorFlow \(fp32.bytes.count)), "
        + "int8 \(small.count) B (\(int8.bytes.count))")
  }

  @Test(arguments: models)
  func twinsCostWhatTheModelsCost(_ model: Model) throws {
    let opened = try ModelOpener.open(Shared.path(model.source)).graph
    let twin = try model.twin.graph(seed: 7)
    #expect(twin.weightsSource == .twin && opened.weightsSource == .real)
    try expectSameCost(twin, opened)
    let real = try Quantizer.quantize(
      opened, ranges: CalibrationRanges.of(try Shared.graph(model.int8), for: opened)
    ).graph
    let quantizedTwin = try Quantizer.quantize(
      twin, ranges: CalibrationRanges.measure(twin, on: .synthetic(count: 1, for: twin))
    ).graph
    #expect(quantizedTwin.weightsSource == .twin && quantizedTwin.dtype == .int8)
    try expectSameCost(quantizedTwin, real)
  }

  private func expectSameCost(_ one: Graph, _ other: Graph) throws {
    #expect(one.costs == other.costs)
    #expect(one.operators.map(\.version) == other.operators.map(\.version))
    let written = try [one, other].map {
      try ArenaPlanner.plan(TFLiteReader.read(bytes: TFLiteWriter.bytes(of: $0)))
    }
    #expect(written[0].minimumBytes == written[1].minimumBytes)
    #expect(written[0].headBytes == written[1].headBytes)
    #expect(written[0].tailBytes == written[1].tailBytes)
  }

  /// Of all outputs for the inputs that are there, the largest difference from TFLM's as a share of
  /// the largest of TFLM's.
  private func largestGap(_ graph: Graph, _ stem: String) throws -> Double {
    let given = try floats(stem + "_in.bin")
    let wanted = try floats(stem + "_tflm_out.bin")
    let width = try #require(graph.tensors[graph.inputs[0]].elementCount)
    try #require(width > 0 && !given.isEmpty && given.count % width == 0)
    let interpreter = try Interpreter(graph)
    var found: [Float] = []
    for start in stride(from: 0, to: given.count, by: width) {
      found += try interpreter.run(floats: [Array(given[start..<start + width])]).joined()
    }
    try #require(found.count == wanted.count && found.allSatisfy(\.isFinite))
    let largest = Double(wanted.map(\.magnitude).max() ?? 0)
    return (zip(found, wanted).map { Double(($0 - $1).magnitude) }.max() ?? .infinity) / largest
  }

  private func floats(_ name: String) throws -> [Float] {
    let bytes = try Shared.bytes(name)
    return stride(from: 0, to: bytes.count - 3, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
    }
  }

  private func figure(_ line: String) {
    if ProcessInfo.processInfo.environment["MODELGEN_FIGURES"] != nil { print(line) }
  }
}

/// How the weights and biases of two graphs of one network differ.
struct Constants {
  /// Values in weights and biases.
  var count = 0
  var differingWeights = 0
  var differingBiases = 0
  var differing: Int { differingWeights + differingBiases }
  /// Largest difference of two floats, as a share of the largest of their tensor.
  var largestGap = 0.0
  /// Largest difference of two integers.
  var largestStep = 0
  var scaleCount = 0
  var differingScales = 0

  init(_ ours: Graph, _ theirs: Graph) throws {
    let kinds: Set<OperatorKind> = [.conv2D, .depthwiseConv2D, .fullyConnected]
    let pairs = (
      ours.operators.filter { kinds.contains($0.kind) },
      theirs.operators.filter { kinds.contains($0.kind) }
    )
    try #require(pairs.0.map(\.kind) == pairs.1.map(\.kind) && !pairs.0.isEmpty)
    for (one, other) in zip(pairs.0, pairs.1) {
      try #require(one.inputs.count == other.inputs.count)
      for position in 1..<one.inputs.count {
        let (a, b) = (try #require(one.inputs[position]), try #require(other.inputs[position]))
        try compare(ours.tensors[a], theirs.tensors[b], isBias: position == 2)
      }
    }
  }

  private mutating func compare(_ one: Tensor, _ other: Tensor, isBias: Bool) throws {
    try #require(one.shape == other.shape && one.elementType == other.elementType)
    if let scales = one.quantization?.scales, let theirs = other.quantization?.scales {
      try #require(scales.count == theirs.count)
      scaleCount += scales.count
      differingScales += zip(scales, theirs).count { $0 != $1 }
      #expect(one.quantization?.zeroPoints == other.quantization?.zeroPoints)
    }
    var differing = 0
    if let values = one.floatValues, let theirs = other.floatValues {
      let largest = Double(theirs.map(\.magnitude).max() ?? 0)
      for (x, y) in zip(values, theirs) where x.bitPattern != y.bitPattern {
        differing += 1
        largestGap = max(largestGap, Double((x - y).magnitude) / largest)
      }
      count += values.count
    } else {
      let values = try #require(one.int8Values?.map { Int($0) } ?? one.int32Values)
      let theirs = try #require(other.int8Values?.map { Int($0) } ?? other.int32Values)
      for (x, y) in zip(values, theirs) where x != y {
        differing += 1
        if !isBias { largestStep = max(largestStep, abs(x - y)) }
      }
      count += values.count
    }
    if isBias { differingBiases += differing } else { differingWeights += differing }
  }
}
