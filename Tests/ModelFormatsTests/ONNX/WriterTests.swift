import Foundation
import Models
import Support
import SwiftProtobuf
import Testing

@testable import ModelFormats

@Suite struct WriterTests {
  /// Two convolutions with RELU, images [N, H, W, C], and a fully connected end.
  private func draft(isFlat: Bool = false) throws -> GraphDraft {
    var draft = GraphDraft(name: "chain", note: "seed 1")
    let input = draft.addInput("input", shape: [1, 5, 6, 3])
    let one = Extent(height: 1, width: 1)
    let first = draft.add(
      .floats(randomFloats(4 * 9 * 3, seed: 1), shape: [4, 3, 3, 3], name: "w"))
    let bias = draft.add(.floats(randomFloats(4, seed: 2), shape: [4], name: "b"))
    var last = try draft.append(
      .conv2D, .convolution(Window(padding: .same, stride: one), .relu),
      inputs: [input, first, bias], name: "a")
    let second = draft.add(
      .floats(randomFloats(4 * 4, seed: 3), shape: [1, 2, 2, 4], name: "w"))
    last = try draft.append(
      .depthwiseConv2D,
      .depthwise(Window(padding: .valid, stride: one), depthMultiplier: 1, .relu6),
      inputs: [last, second], name: "output")
    if isFlat {
      draft.tensors[last].name = "d"
      let shape = draft.add(.int32s([1, 80], shape: [2]))
      last = try draft.append(.reshape, .reshape(to: [1, 80]), inputs: [last, shape], name: "f")
      let matrix = draft.add(.floats(randomFloats(160, seed: 4), shape: [2, 80], name: "m"))
      last = try draft.append(
        .fullyConnected, .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false),
        inputs: [last, matrix], name: "output")
    }
    draft.outputs = [last]
    return draft
  }

  /// From [H, W, C] to [C, H, W].
  private func channelsFirst(_ values: [Float], _ height: Int, _ width: Int, _ channels: Int)
    -> [Float]
  {
    (0..<channels).flatMap { c in (0..<height * width).map { values[$0 * channels + c] } }
  }

  @Test func chainsHaveNoTransposes() throws {
    let bytes = try ONNXWriter.write(draft())
    let model = try ONNXModelProto(serializedBytes: bytes)
    #expect(model.graph.node.map(\.opType) == ["Conv", "Relu", "Conv", "Clip"])
    #expect(model.graph.input.map(\.name) == ["input"])
    #expect(model.graph.output.map(\.name) == ["output"])
    let sizes = model.graph.output[0].type.tensorType.shape.dim.map(\.dimValue)
    #expect(sizes == [1, 4, 4, 5])
    #expect(model.opsetImport.map(\.version) == [11] && model.irVersion == 6)
    let pads = try #require(model.graph.node[0].attribute.first { $0.name == "pads" })
    #expect(pads.ints == [1, 1, 1, 1])
    #expect(Set(model.graph.initializer.map(\.name)).count == model.graph.initializer.count)
    #expect(model.graph.initializer[0].dims == [4, 3, 3, 3])
  }

  @Test(arguments: [false, true]) func computesTheSame(isFlat: Bool) throws {
    let graph = try draft(isFlat: isFlat).graph()
    let input = randomFloats(90, seed: 8)
    let expected = try evaluate(graph, [input])[0]
    let bytes = try ONNXWriter.write(graph)
    let model = try ONNXModelProto(serializedBytes: bytes)
    #expect(!model.graph.node.contains { $0.opType == "Transpose" })
    let result = try evaluate(
      ONNXReader.read(bytes: bytes).draft.graph(), [channelsFirst(input, 5, 6, 3)])[0]
    let ordered = isFlat ? expected : channelsFirst(expected, 4, 5, 4)
    #expect(distance(result, ordered) <= 2e-6)
  }

  @Test func channelsLastKeepsTheOrder() throws {
    let graph = try draft().graph()
    let bytes = try ONNXWriter.write(
      graph, options: ONNXWriter.Options(imageOrder: .channelsLast))
    let again = try ONNXReader.read(bytes: bytes).draft.graph()
    let input = randomFloats(90, seed: 8)
    #expect(try evaluate(again, [input]) == evaluate(graph, [input]))
  }

  @Test func bytesAreTheSameEachTime() throws {
    #expect(try ONNXWriter.write(draft()) == ONNXWriter.write(draft()))
  }

  @Test func whatWasReadIsWrittenWithItsNames() throws {
    let graph = try ONNXHostileTests.model.read().draft.graph()
    let model = try ONNXModelProto(serializedBytes: ONNXWriter.write(graph))
    #expect(model.graph.input.map(\.name) == ["x"] && model.graph.output.map(\.name) == ["y"])
    #expect(
      model.graph.node.map(\.opType) == [
        "Conv", "Clip", "MaxPool", "Pad", "Reshape", "Gemm", "Softmax",
      ])
  }

  @Test func outputsThatAreInputsGetAnIdentity() throws {
    var draft = try draft()
    draft.outputs += [draft.inputs[0], draft.outputs[0]]
    let bytes = try ONNXWriter.write(draft)
    let model = try ONNXModelProto(serializedBytes: bytes)
    #expect(model.graph.output.map(\.name) == ["output", "input_2", "output_2"])
    #expect(model.graph.node.filter { $0.opType == "Identity" }.count == 2)
    #expect(try ONNXReader.read(bytes: bytes).draft.outputs.count == 3)
  }

  @Test func quantizedGraphsAreRefused() throws {
    var draft = GraphDraft()
    let quantization = Quantization(scales: [0.1], zeroPoints: [0])
    let input = draft.add(
      Tensor(name: "q", shape: [4], elementType: .int8, quantization: quantization))
    let output = draft.add(
      Tensor(name: "r", shape: [4], elementType: .int8, quantization: quantization))
    draft.inputs = [input]
    draft.outputs = [output]
    draft.operators = [
      Operator(kind: .relu, inputs: [input], outputs: [output], attributes: .plain)
    ]
    let graph = try draft.graph()
    #expect {
      try ONNXWriter.write(graph)
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      return error.rule == "element-type" && error.message.contains("`q`")
        && error.message.contains("quantized")
    }
  }

  @Test func operatorsThatAreNotWrittenAreNamed() throws {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: [4])
    for (position, code) in [(0, 47), (1, 75), (2, 47)] {
      let output = draft.add(Tensor(name: "y\(position)", shape: [4], elementType: .float32))
      draft.operators.append(
        Operator(kind: OperatorKind(code: code), inputs: [input], outputs: [output]))
      draft.outputs = [output]
    }
    #expect {
      try ONNXWriter.write(draft)
    } throws: { error in
      (error as? Diagnostic)?.message == "these operators are not written: EXP, SQRT"
    }
  }
}
