import Models

/// Versions of int8 operators, by which a runtime tells whether it can run them: the table in
/// TensorFlow's tensorflow/lite/tools/versioning/op_version.cc.
enum OperatorVersion {
  /// The version of `kind` on int8 tensors of those shapes and parameters.
  static func int8(
    _ kind: OperatorKind, _ attributes: Attributes, inputs: [Tensor?], output: Tensor
  ) -> Int {
    let shapes = inputs.compactMap { $0?.shape }
    let rank = shapes.map(\.count).max() ?? 0
    let isBroadcast = shapes.count > 1 && shapes[0] != shapes[1]
    switch kind {
    case .conv2D:
      let isGrouped = shapes.count > 1 && shapes[0].last != shapes[1].last
      return isGrouped ? 6 : 3
    case .depthwiseConv2D: return 3
    case .fullyConnected:
      if inputs.count == 2 { return 6 }
      if case .fullyConnected(_, keepsDimensions: true, _) = attributes { return 5 }
      return 4
    case .mul: return product(inputs, output) >= 1 ? 3 : 2
    case .sub, .minimum, .maximum: return isBroadcast && rank > 4 ? 3 : 2
    case .pad: return (shapes.first?.count ?? 0) > 4 ? 4 : 2
    case .transpose:
      let dimensions = shapes.first?.count ?? 0
      return dimensions > 5 ? 6 : (dimensions > 4 ? 4 : 2)
    case .reshape, .quantize: return 1
    // ADD, AVERAGE_POOL_2D, CONCATENATION, DEQUANTIZE, LOGISTIC, MAX_POOL_2D, MEAN, RELU, RELU6,
    // SOFTMAX, TANH.
    default: return 2
    }
  }

  /// By how much a product of two integers is scaled.
  private static func product(_ inputs: [Tensor?], _ output: Tensor) -> Float {
    let scales = inputs.compactMap { $0?.quantization?.scales.first }
    guard scales.count == 2, let scale = output.quantization?.scales.first else { return 0 }
    return scales[0] * scales[1] / scale
  }
}
