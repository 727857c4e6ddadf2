import Foundation
import Models
import SwiftProtobuf
import TestSupport
import Testing

@testable import ModelFormats

/// The generated models, against what TFLM computed from TensorFlow's conversion of them.
@Suite(.shared("oracles"))
struct SharedModelTests {
  @Test(arguments: ["cnn_l1", "cnn_l2", "fc_l1_w16", "fc_l2_w64"])
  func agreesWithTFLM(name: String) throws {
    let graph = try ONNXReader.read(
      path: Shared.path("oracles/generated/\(name).onnx")
    ).draft.graph()
    let shape = graph.tensors[graph.inputs[0]].shape
    let inputs = try Shared.floats("oracles/generated/\(name)_in.bin")
    let outputs = try Shared.floats("oracles/generated/\(name)_tflm_out.bin")
    let size = shape.reduce(1, *)
    let samples = inputs.count / size
    let outputSize = outputs.count / samples
    // Images are channels last in these files.
    let images = shape.count == 4
    for sample in 0..<min(samples, 2) {
      let input = Array(inputs[sample * size..<(sample + 1) * size])
      let expected = Array(outputs[sample * outputSize..<(sample + 1) * outputSize])
      let result = try evaluate(graph, [images ? channelsFirst(input, shape[1]) : input])[0]
      #expect(
        distance(result, images ? channelsFirst(expected, outputSize / (24 * 32)) : expected)
          <= 2e-6)
    }
  }

  @Test(arguments: ["cnn_l1", "cnn_l2", "fc_l1_w16", "fc_l2_w64"])
  func tfliteAndONNXOfAModelAreOne(name: String) throws {
    let fromTFLite = try TFLiteReader.read(path: Shared.path("oracles/generated/\(name).tflite"))
    let fromONNX = try ONNXReader.read(
      path: Shared.path("oracles/generated/\(name).onnx")
    ).draft.graph()
    let messages = try [fromTFLite, fromONNX].map {
      try ONNXModelProto(serializedBytes: ONNXWriter.write($0)).graph
    }
    #expect(messages[0].node.map(\.opType) == messages[1].node.map(\.opType))
    #expect(messages[0].node.map(\.attribute) == messages[1].node.map(\.attribute))
    #expect(messages[0].initializer.map(\.dims) == messages[1].initializer.map(\.dims))
    #expect(messages[0].initializer.map(\.rawData) == messages[1].initializer.map(\.rawData))
    #expect(fromTFLite.macs == fromONNX.macs)
  }

  private func channelsFirst(_ values: [Float], _ channels: Int) -> [Float] {
    let pixels = values.count / channels
    return (0..<channels).flatMap { c in (0..<pixels).map { values[$0 * channels + c] } }
  }
}
