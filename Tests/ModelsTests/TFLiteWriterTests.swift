import Foundation
import Support
import TestSupport
import Testing

@testable import Models

@Suite("Writing .tflite files")
struct TFLiteWriterTests {
  /// A network with each kind of options that the writer knows.
  static func draft(seed: UInt64 = 1) throws -> GraphDraft {
    var random = SplitMix(seed)
    func floats(_ shape: [Int]) -> Tensor {
      let values = (0..<shape.reduce(1, *)).map { _ in Float.random(in: -1...1, using: &random) }
      return .floats(values, shape: shape)
    }
    var draft = GraphDraft(name: "net", note: "made of seed \(seed)")
    let input = draft.addInput("input", shape: [1, 9, 7, 3])
    let filter = draft.add(floats([4, 3, 3, 3]))
    let bias = draft.add(floats([4]))
    let stride = Extent(height: 2, width: 1)
    var last = try draft.append(
      .conv2D, .convolution(Window(padding: .same, stride: stride), .relu6),
      inputs: [input, filter, bias], name: "conv")
    let taps = draft.add(floats([1, 3, 3, 8]))
    last = try draft.append(
      .depthwiseConv2D,
      .depthwise(
        Window(
          padding: .valid, stride: Extent(height: 1, width: 1),
          dilation: Extent(height: 2, width: 2)), depthMultiplier: 2, .none),
      inputs: [last, taps, nil], name: "depthwise")
    let paddings = draft.add(.int32s([0, 0, 1, 1, 2, 0, 0, 0], shape: [4, 2]))
    last = try draft.append(.pad, inputs: [last, paddings])
    let window = Window(
      padding: .valid, stride: Extent(height: 1, width: 2), size: Extent(height: 2, width: 2))
    last = try draft.append(.maxPool2D, .pooling(window, .none), inputs: [last])
    let order = draft.add(.int32s([0, 3, 1, 2], shape: [4]))
    last = try draft.append(.transpose, inputs: [last, order])
    let axes = draft.add(.int32s([2, 3], shape: [2]))
    last = try draft.append(.mean, .reducer(keepsDimensions: true), inputs: [last, axes])
    last = try draft.append(.reshape, .reshape(to: [1, 8]), inputs: [last])
    let matrix = draft.add(floats([8, 8]))
    let row = try draft.append(.fullyConnected, inputs: [last, matrix, nil])
    let squashed = try draft.append(.tanh, inputs: [row])
    let sum = try draft.append(.add, .activation(.relu), inputs: [last, squashed])
    let product = try draft.append(.mul, inputs: [sum, draft.add(floats([8]))])
    let least = try draft.append(.minimum, inputs: [product, draft.add(floats([1]))])
    draft.outputs = [try draft.append(.softmax, inputs: [least], name: "output")]
    return draft
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    for seed in UInt64(1)...5 {
      let graph = try Self.draft(seed: seed).graph()
      let bytes = try TFLiteWriter.bytes(of: graph, options: .init(keepsNames: true, dtype: .fp32))
      let again = try TFLiteReader.read(bytes: bytes)
      #expect(again.tensors == graph.tensors)
      #expect(again.operators == graph.operators)
      #expect(again.note == "made of seed \(seed)" && again.name == "net")
      #expect(again.remarks == [], "constants stand where TFLM can read them")
      #expect(try TFLiteWriter.bytes(of: again, options: .init(keepsNames: true)) == bytes)
    }
  }

  @Test func constantsAreAlignedAndStoredOnce() throws {
    var draft = GraphDraft()
    let input = draft.addInput("input", shape: [1, 16])
    let values = (0..<256).map { Float($0) }
    let first = try draft.append(
      .fullyConnected, inputs: [input, draft.add(.floats(values, shape: [16, 16]))])
    draft.outputs = [
      try draft.append(
        .fullyConnected, inputs: [first, draft.add(.floats(values, shape: [16, 16]))])
    ]
    let bytes = try TFLiteWriter.bytes(of: draft.graph())
    let constants = try TFLiteReader.read(bytes: bytes).tensors.compactMap(\.constant)
    #expect(constants.count == 2 && constants[0].startIndex == constants[1].startIndex)
    #expect(constants.allSatisfy { $0.startIndex % 16 == 0 })
    #expect(bytes.count < 2 * 1024)
  }

  @Test func namesAreLeftOutUnlessAskedFor() throws {
    let graph = try Self.draft().graph()
    let short = try TFLiteWriter.bytes(of: graph)
    let long = try TFLiteWriter.bytes(of: graph, options: .init(keepsNames: true))
    #expect(short.count < long.count)
    let names = try TFLiteReader.read(bytes: short).tensors.map(\.name).filter { !$0.isEmpty }
    #expect(names == ["input", "output"])
  }

  /// The silent failure that spoiled the comparison this project replaces.
  @Test func aFloatModelAskedForAsInt8IsNotWritten() throws {
    let graph = try Self.draft().graph()
    let failure = #expect(throws: Diagnostic.self) {
      try TFLiteWriter.bytes(of: graph, options: .init(dtype: .int8))
    }
    #expect(failure?.rule == "dtype")
    #expect(failure?.message.contains("asked for as int8 and is fp32") == true)
  }

  @Test func whatWasNotUnderstoodIsRefused() throws {
    var draft = GraphDraft()
    let input = draft.addInput("input", shape: [1, 4])
    draft.outputs = [draft.add(Tensor(name: "", shape: [1, 4], elementType: .float32))]
    draft.operators = [
      Operator(
        kind: OperatorKind(code: 8), inputs: [input], outputs: draft.outputs,
        attributes: .opaque(at: 12))
    ]
    let graph = try draft.graph()
    let failure = #expect(throws: Diagnostic.self) { try TFLiteWriter.bytes(of: graph) }
    #expect(failure?.rule == "opaque-operator" && failure?.place.operatorKind == "FLOOR")
  }

  @Test(.shared("oracles"))
  func realModelsSurviveAndAreNoLarger() throws {
    for path in Shared.files(ending: ".tflite").map(Shared.path) {
      let graph = try TFLiteReader.read(path: path)
      guard graph.operators.allSatisfy({ $0.attributes != .opaque(at: nil) }) else { continue }
      let written = try TFLiteWriter.bytes(of: graph)
      #expect(written.count <= graph.bytes.count, "\(path)")
      let again = try TFLiteReader.read(bytes: written)
      #expect(again.costs == graph.costs)
      #expect(again.remarks.allSatisfy { $0.rule == "dynamic-shape" })
    }
  }
}
