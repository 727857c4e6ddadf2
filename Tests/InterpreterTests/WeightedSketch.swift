import Models

@testable import Interpreter

/// One operator with weights, in a form that tests change before they make the graph.
struct WeightedSketch {
  var kind: OperatorKind
  var attributes: Attributes
  var input: Tensor
  var weights: Tensor
  var bias: Tensor?
  var output: Tensor

  var draft: GraphDraft {
    var draft = GraphDraft()
    draft.inputs = [draft.add(input)]
    var operands: [Int?] = [0, draft.add(weights)]
    if let bias { operands.append(draft.add(bias)) }
    draft.outputs = [draft.add(output)]
    draft.operators = [
      Operator(kind: kind, inputs: operands, outputs: draft.outputs, attributes: attributes)
    ]
    return draft
  }

  /// FULLY_CONNECTED on int8: 2 vectors of 3, 2 rows; scales 0.5, 0.25, 0.125.
  static var fullyConnected: WeightedSketch {
    WeightedSketch(
      kind: .fullyConnected,
      attributes: .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false),
      input: int8Tensor([2, 3], scale: 0.5, zeroPoint: -1),
      weights: .int8s(
        [1, -2, 3, 4, 5, -6], shape: [2, 3],
        quantization: Quantization(scales: [0.25], zeroPoints: [0])
      ),
      bias: .int32s(
        [10, -20], shape: [2], quantization: Quantization(scales: [0.125], zeroPoints: [0])),
      output: int8Tensor([2, 2], scale: 0.125, zeroPoint: 7))
  }

  /// CONV_2D on float32: an image of 4 x 5 x 2, two filters of 3 x 3 x 2, SAME, stride 2.
  static var convolution: WeightedSketch {
    WeightedSketch(
      kind: .conv2D,
      attributes: .convolution(
        Window(padding: .same, stride: Extent(height: 2, width: 2)), .relu),
      input: Tensor(name: "", shape: [1, 4, 5, 2], elementType: .float32),
      weights: .floats((0..<36).map { Float($0 % 7) - 3 }, shape: [2, 3, 3, 2]),
      bias: .floats([0.5, -0.5], shape: [2]),
      output: Tensor(name: "", shape: [1, 2, 3, 2], elementType: .float32))
  }
}
