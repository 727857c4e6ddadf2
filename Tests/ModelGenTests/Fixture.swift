import Foundation
import Models
import TestSupport
import Testing

/// Small models of our own.
enum Fixture {
  static let extent = Extent(height: 1, width: 1)

  /// CONV_2D, DEPTHWISE_CONV_2D, AVERAGE_POOL_2D, RESHAPE, FULLY_CONNECTED and SOFTMAX on an image
  /// of 6 x 6 x 2, all tensors named.
  static func network(seed: UInt64 = 3) throws -> Graph {
    var random = SeededWeights(seed: seed)
    var draft = GraphDraft(name: "network")
    func constant(_ draft: inout GraphDraft, _ shape: [Int], _ name: String) -> Int {
      var tensor = Tensor.floats(random.weights(shape, fanIn: 9), shape: shape)
      tensor.name = name
      return draft.add(tensor)
    }
    let input = draft.addInput("image", shape: [1, 6, 6, 2])
    let window = Window(padding: .same, stride: extent)
    var last = try draft.append(
      .conv2D, .convolution(window, .relu),
      inputs: [
        input, constant(&draft, [4, 3, 3, 2], "conv/weights"), constant(&draft, [4], "conv/bias"),
      ], name: "conv")
    last = try draft.append(
      .depthwiseConv2D, .depthwise(window, depthMultiplier: 1, .relu),
      inputs: [
        last, constant(&draft, [1, 3, 3, 4], "depthwise/weights"),
        constant(&draft, [4], "depthwise/bias"),
      ], name: "depthwise")
    last = try draft.append(
      .averagePool2D,
      .pooling(
        Window(
          padding: .valid, stride: Extent(height: 6, width: 6),
          size: Extent(height: 6, width: 6)), .none), inputs: [last], name: "pool")
    let shape = draft.add(.int32s([1, 4], shape: [2]))
    last = try draft.append(.reshape, .reshape(to: [1, 4]), inputs: [last, shape], name: "flat")
    last = try draft.append(
      .fullyConnected, .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false),
      inputs: [
        last, constant(&draft, [3, 4], "dense/weights"), constant(&draft, [3], "dense/bias"),
      ], name: "dense")
    draft.outputs = [try draft.append(.softmax, inputs: [last], name: "class")]
    return try draft.graph()
  }

  /// By hand: 36 positions x 4 channels x 18 taps, 36 x 4 x 9, 4 x 3.
  static let networkMACs: UInt64 = 36 * 4 * 18 + 36 * 4 * 9 + 12

  /// One operator of one input, float32.
  static func single(_ kind: OperatorKind, behindWeights: Bool = true) throws -> Graph {
    var draft = GraphDraft()
    var last = draft.addInput("x", shape: [1, 4])
    if behindWeights {
      let weights = draft.add(
        .floats([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], shape: [4, 4]))
      last = try draft.append(.fullyConnected, inputs: [last, weights])
    }
    draft.outputs = [try draft.append(kind, inputs: [last])]
    return try draft.graph()
  }

  /// FULLY_CONNECTED with int8 weights and float32 activations.
  static func hybrid() throws -> Graph {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: [1, 4])
    let weights = draft.add(
      .int8s(
        [Int8](repeating: 5, count: 8), shape: [2, 4],
        quantization: Quantization(scales: [0.1], zeroPoints: [0])))
    draft.outputs = [try draft.append(.fullyConnected, inputs: [input, weights])]
    return try draft.graph()
  }

  /// RELU6 of int8 whose output has another scale than its input, which TFLM leaves as it is.
  static func twoScales() throws -> Graph {
    var draft = GraphDraft()
    for (scale, zeroPoint) in [(Float(0.06), Int64(-20)), (6 / 255, -128)] {
      _ = draft.add(
        Tensor(
          name: "", shape: [1, 256], elementType: .int8,
          quantization: Quantization(scales: [scale], zeroPoints: [zeroPoint])))
    }
    (draft.inputs, draft.outputs) = ([0], [1])
    draft.operators = [Operator(kind: .relu6, inputs: [0], outputs: [1], attributes: .plain)]
    return try draft.graph()
  }

  /// FULLY_CONNECTED whose weights 1, -2, 0.5 and 0.25 are float16, behind DEQUANTIZE.
  static func half() throws -> Graph {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: [1, 2])
    let bytes: [UInt8] = [0x00, 0x3C, 0x00, 0xC0, 0x00, 0x38, 0x00, 0x34]
    let half = draft.add(
      Tensor(name: "w", shape: [2, 2], elementType: .float16, constant: bytes[...]))
    let weights = draft.add(Tensor(name: "", shape: [2, 2], elementType: .float32))
    draft.operators = [
      Operator(kind: .dequantize, inputs: [half], outputs: [weights], attributes: .plain)
    ]
    draft.outputs = [try draft.append(.fullyConnected, inputs: [input, weights])]
    return try draft.graph()
  }

  /// int8 but for a RELU of float32 in its middle.
  static func floatInside() throws -> Graph {
    var draft = GraphDraft()
    let quantization = Quantization(scales: [0.1], zeroPoints: [0])
    let input = draft.add(
      Tensor(name: "x", shape: [1, 4], elementType: .int8, quantization: quantization))
    draft.inputs = [input]
    func fullyConnected(_ input: Int) throws -> Int {
      let weights = draft.add(
        .int8s(
          [Int8](repeating: 5, count: 16), shape: [4, 4],
          quantization: Quantization(scales: [0.5], zeroPoints: [0])))
      let output = try draft.append(.fullyConnected, inputs: [input, weights])
      draft.tensors[output].quantization = quantization
      draft.operators[draft.operators.count - 1].version = 6
      return output
    }
    let first = try fullyConnected(input)
    let real = try draft.append(.dequantize, inputs: [first])
    draft.tensors[real].elementType = .float32
    let rectified = try draft.append(.relu, inputs: [real])
    let back = try draft.append(.quantize, inputs: [rectified])
    draft.tensors[back].elementType = .int8
    draft.tensors[back].quantization = quantization
    draft.outputs = [try fullyConnected(back)]
    return try draft.graph()
  }

  /// Writes a graph as .tflite with all names.
  @discardableResult static func write(_ graph: Graph, _ path: String) throws -> [UInt8] {
    let bytes = try TFLiteWriter.bytes(of: graph, options: .init(keepsNames: true))
    try Files.write(bytes, path)
    return bytes
  }

  /// Values spread over a range.
  static func samples(_ count: Int, _ range: ClosedRange<Float>, seed: UInt64 = 9) -> [Float] {
    var random = SeededWeights(seed: seed)
    let middle = (range.lowerBound + range.upperBound) / 2
    return (0..<count).map { _ in middle + random.uniform(range.upperBound - middle) }
  }
}
