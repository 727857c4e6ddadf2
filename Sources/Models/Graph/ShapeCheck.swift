import Support

/// What must hold between the shapes and types of an operator of a known kind.
enum ShapeCheck {
  /// Dimensions that a shape may have (TensorShape::MaxDimensions of TensorFlow), so that comparing
  /// shapes takes no time to speak of.
  static let mostDimensions = 254

  /// `each` and its indices are those of a graph whose data flow was checked. Sizes that change from
  /// call to call are not those stated: they are compared only if `isStrict`.
  static func check(
    _ each: Operator, tensors: [Tensor], isStrict: Bool = false
  ) throws(Diagnostic) {
    guard isInferred(each.kind) else { return }
    guard let output = each.outputs.first.map({ tensors[$0] }), each.outputs.count == 1 else {
      throw Diagnostic(
        "operands", "there are \(each.outputs.count) outputs; the operator has one",
        remedy: "The file is damaged: convert the model again.")
    }
    let operands = each.inputs.map { $0.map { tensors[$0] } }
    for tensor in operands.compactMap({ $0 }) + [output] {
      guard tensor.shape.count <= mostDimensions else {
        throw Diagnostic(
          "shape", "a shape has \(tensor.shape.count) dimensions; \(mostDimensions) are the most",
          remedy: "Shapes this long are no model's: convert it again.")
      }
    }
    try TypeCheck.check(each.kind, operands, output)
    let isFixed = (operands + [output]).allSatisfy { $0?.dynamicShape.isEmpty ?? true }
    guard isFixed || isStrict else { return }
    try checkShape(each, operands, output.shape)
  }

  private static func checkShape(
    _ each: Operator, _ operands: [Tensor?], _ output: [Int]
  ) throws(Diagnostic) {
    switch each.kind {
    case .fullyConnected:
      // Only the numbers of elements matter; the output may have any shape with them.
      guard let data = operands.first ?? nil, operands.count > 1, let weights = operands[1] else {
        throw mismatch(output, "there is no input, or no weights")
      }
      return try WindowCheck.checkFullyConnected(
        input: data.shape, weights: weights.shape, output: output)
    case .reshape:
      let data = operands.first.flatMap { $0?.shape }
      guard let data else { throw mismatch(output, "there is no input") }
      guard CheckedArithmetic.product(data) == CheckedArithmetic.product(output) else {
        throw mismatch(output, "the input \(TensorCheck.text(data)) has another number of elements")
      }
      return
    case .pad, .transpose, .mean:
      // Many operators may share one long constant.
      if operands.count > 1, let list = operands[1]?.elementCount, list > 2 * mostDimensions {
        throw Diagnostic(
          "operands", "the second input has \(list) numbers; \(2 * mostDimensions) are the most",
          remedy: "The file is damaged: convert the model again.")
      }
    default: break
    }
    let inferred = try ShapeInference.output(of: each.kind, each.attributes, inputs: operands)
    guard let inferred, inferred != output else { return }
    let inputs = operands.compactMap { $0 }.map { TensorCheck.text($0.shape) }
    throw mismatch(
      output,
      "from \(inputs.joined(separator: " and ")) follows \(TensorCheck.text(inferred))")
  }

  private static func isInferred(_ kind: OperatorKind) -> Bool {
    TypeCheck.multiplying.contains(kind) || TypeCheck.uniform.contains(kind)
      || kind == .quantize || kind == .dequantize
  }

  private static func mismatch(_ output: [Int], _ reason: String) -> Diagnostic {
    Diagnostic(
      "shape-mismatch", "the output is \(TensorCheck.text(output)); \(reason)",
      remedy: "Convert the model with fixed input shapes.")
  }
}
