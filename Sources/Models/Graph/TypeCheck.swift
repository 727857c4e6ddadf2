import Support

/// What must hold between the element types of an operator.
///
/// Integer weights with float activations, and the other way round, are let through: such a model
/// exists, and is named by its dtype.
enum TypeCheck {
  /// Kinds with weights, in the order: data, weights, bias.
  static let multiplying: Set<OperatorKind> = [.conv2D, .depthwiseConv2D, .fullyConnected]
  /// Kinds whose output has the type of their data.
  static let uniform: Set<OperatorKind> = [
    .averagePool2D, .maxPool2D, .add, .sub, .mul, .maximum, .minimum, .relu, .reluN1To1, .relu6,
    .tanh, .logistic, .softmax, .reshape, .pad, .transpose, .mean,
  ]
  /// Those of them that combine two tensors of one type.
  private static let combining: Set<OperatorKind> = [.add, .sub, .mul, .maximum, .minimum]
  /// Those whose second input is a list of sizes, dimensions or paddings.
  private static let listing: Set<OperatorKind> = [.reshape, .pad, .transpose, .mean]

  static func check(
    _ kind: OperatorKind, _ operands: [Tensor?], _ output: Tensor
  ) throws(Diagnostic) {
    guard let data = (operands.first ?? nil)?.elementType else { return }
    let second = operands.count > 1 ? operands[1]?.elementType : nil
    if multiplying.contains(kind) {
      let third = operands.count > 2 ? operands[2]?.elementType : nil
      for type in [data, second, third, output.elementType].compactMap({ $0 })
      where !isNumber(type) {
        throw refusal("a \(type.name) tensor cannot be multiplied")
      }
      guard data.isFloat == output.elementType.isFloat else {
        throw refusal(
          "the input is \(data.name), the output \(output.elementType.name); "
            + "both must be integers, or both not")
      }
      return
    }
    if uniform.contains(kind) {
      // SOFTMAX may widen: int8 to int16.
      let widens = kind == .softmax && !data.isFloat && !output.elementType.isFloat
      guard data == output.elementType || widens else {
        throw refusal(
          "the input is \(data.name), the output \(output.elementType.name); "
            + "they must be the same")
      }
    }
    if combining.contains(kind), let second, second != data {
      throw refusal("the operands are \(data.name) and \(second.name); they must be the same")
    }
    if listing.contains(kind), let second, second != .int32, second != .int64 {
      throw refusal("the second input is \(second.name); it must be int32 or int64")
    }
    if kind == .quantize, output.elementType.isFloat || !isNumber(output.elementType) {
      throw refusal("the output is \(output.elementType.name); QUANTIZE gives integers")
    }
    if kind == .dequantize, !output.elementType.isFloat {
      throw refusal("the output is \(output.elementType.name); DEQUANTIZE gives real numbers")
    }
  }

  private static func isNumber(_ type: ElementType) -> Bool {
    switch type {
    case .string, .bool, .complex64, .complex128, .resource, .variant: false
    default: true
    }
  }

  private static func refusal(_ message: String) -> Diagnostic {
    Diagnostic(
      "element-type", message, remedy: "The file is damaged: convert the model again.")
  }
}
