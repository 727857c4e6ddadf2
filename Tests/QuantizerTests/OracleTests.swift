import Interpreter
import Models
import Support
import TestSupport
import Testing

@testable import Quantizer

/// Against the files that TensorFlow 2.13.1 writes, with the ranges that these files were given.
@Suite("Against TensorFlow 2.13.1", .shared("oracles"))
struct OracleTests {
  /// Operands and results of every operator that differ: number of values and of parameters.
  func differences(_ ours: Graph, _ theirs: Graph) -> (values: Int, parameters: Int, of: Int) {
    var values = 0
    var parameters = 0
    var total = 0
    for (mine, other) in zip(ours.operators, theirs.operators) {
      let pairs = Array(zip(mine.inputs, other.inputs)) + zip(mine.outputs, other.outputs)
      for case (let a?, let b?) in pairs.map({ ($0.0 as Int?, $0.1 as Int?) }) {
        let one = ours.tensors[a]
        let two = theirs.tensors[b]
        if one.shape != two.shape || one.elementType != two.elementType { parameters += 1 }
        if one.quantization != two.quantization { parameters += 1 }
        switch one.elementType {
        case .int8:
          let lists = (one.int8Values ?? [], two.int8Values ?? [])
          values += zip(lists.0, lists.1).count { $0 != $1 } + abs(lists.0.count - lists.1.count)
          total += lists.0.count
        case .int32:
          let lists = (one.int32Values ?? [], two.int32Values ?? [])
          values += zip(lists.0, lists.1).count { $0 != $1 } + abs(lists.0.count - lists.1.count)
          total += lists.0.count
        default: parameters += 1
        }
      }
    }
    return (values, parameters, total)
  }

  @Test("Weights, biases, scales, zero points and versions are the same", arguments: ModelPair.all)
  func constants(pair: ModelPair) throws {
    let (fp32, int8) = try pair.graphs()
    let ranges = try CalibrationRanges.of(int8, for: fp32, file: pair.int8)
    let made = try Quantizer.quantize(fp32, ranges: ranges).graph
    #expect(made.dtype == .int8)
    #expect(made.operators.map(\.kind) == int8.operators.map(\.kind))
    #expect(made.operators.map(\.version) == int8.operators.map(\.version))
    #expect(made.operators.map(\.attributes) == int8.operators.map(\.attributes))
    let found = differences(made, int8)
    #expect(found.of > 0 && found.values == 0 && found.parameters == 0, "\(found)")
  }

  @Test("The same constants are in the file whose KWS has no RESHAPE")
  func withoutReshape() throws {
    let fp32 = try Shared.graph("oracles/original-tf2131-int8/kws_ref_model_f32.tflite")
    let int8 = try Shared.graph("oracles/original-tf2131/kws_ref_model.tflite")
    let ranges = try CalibrationRanges.of(int8, for: fp32)
    let made = try Quantizer.quantize(fp32, ranges: ranges).graph
    for kind in [OperatorKind.conv2D, .depthwiseConv2D, .fullyConnected] {
      func weights(_ graph: Graph) -> [Tensor] {
        graph.operators.filter { $0.kind == kind }.flatMap { each in
          each.inputs.dropFirst().compactMap { $0 }.map { index in
            var tensor = graph.tensors[index]
            tensor.name = ""
            tensor.dynamicShape = []
            return tensor
          }
        }
      }
      #expect(weights(made) == weights(int8) && !weights(int8).isEmpty)
    }
  }

  @Test("531 channels of VWW have their weight scale raised")
  func raisedScales() throws {
    let pair = try #require(ModelPair.tinyML.first { $0.fp32.contains("vww") })
    let (fp32, int8) = try pair.graphs()
    let ranges = try CalibrationRanges.of(int8, for: fp32)
    let model = try Quantizer.quantize(fp32, ranges: ranges)
    #expect(model.raisedWeightScales == 531)
    #expect(model.warnings().map(\.rule) == ["raised-scales"])
  }

  @Test("Ranges of another network are refused")
  func otherNetwork() throws {
    let fp32 = try Shared.graph("oracles/generated/cnn_l1.tflite")
    let other = try Shared.graph("oracles/generated/fc_l1_w16int8.tflite")
    let refused = refusal { () throws(Diagnostic) in
      try CalibrationRanges.of(other, for: fp32, file: "other.tflite")
    }
    #expect(refused?.rule == "other-network" && refused?.file == "other.tflite")
    let same = refusal { () throws(Diagnostic) in try CalibrationRanges.of(fp32, for: fp32) }
    #expect(same?.rule == "other-network")
  }

  @Test("An int8 model is not quantized again")
  func alreadyInt8() throws {
    let int8 = try Shared.graph("oracles/generated/cnn_l1int8.tflite")
    let ranges = CalibrationRanges([:])
    let refused = refusal { () throws(Diagnostic) in
      try Quantizer.quantize(int8, ranges: ranges)
    }
    #expect(refused?.rule == "not-fp32")
  }
}
