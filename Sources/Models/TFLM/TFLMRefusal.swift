import Support

/// Models that TFLM does not load, whatever arena it is given.
extension Graph {
  /// Why TFLM refuses the model: an operator has no kernel for its types, as in a hybrid model. nil
  /// where that is not so, which promises nothing of operators that TFLM may not have at all.
  public var tflmRefusal: Diagnostic? {
    for (index, each) in operators.enumerated() {
      if var refusal = hybridRefusal(each) ?? typeRefusal(each) {
        refusal.place.operatorIndex = index
        refusal.place.operatorKind = each.kind.printableName
        return refusal
      }
    }
    return nil
  }

  private func hybridRefusal(_ each: Operator) -> Diagnostic? {
    guard let operand = OperatorCosting.weightsOperand(each.kind),
      let weights = each.input(operand).map({ tensors[$0].elementType }), !weights.isFloat,
      let data = each.input(OperatorCosting.dataOperand(each.kind)).map({ tensors[$0].elementType }
      ),
      data.isFloat
    else { return nil }
    return Diagnostic(
      "hybrid",
      "the model is hybrid, with \(weights.name) weights and \(data.name) activations: TFLM "
        + "refuses it",
      remedy: "Quantize the float model with modelgen convert --int8.")
  }

  private func typeRefusal(_ each: Operator) -> Diagnostic? {
    let operands = [each.input(0)].compactMap { $0 } + each.outputs
    let lacking = operands.first { KernelTypes.lacks(tensors[$0].elementType, each.kind) }
    return lacking.map { tensor in
      Diagnostic(
        "tflm-types",
        "TFLM has no kernel for \(tensors[tensor].elementType.name) here: it refuses the model",
        remedy: KernelTypes.remedy(for: tensors[tensor]), place: Place(tensorIndex: tensor))
    }
  }
}

/// Which types the kernels of TFLM have no code for (tensorflow/lite/micro/kernels).
private enum KernelTypes {
  /// No kernel computes with them; RESHAPE copies bytes of any type.
  private static let floats: Set<ElementType> = [
    .float16, .bfloat16, .float64, .float8e4m3fn, .float8e5m2,
  ]
  /// Kinds that once took uint8, before int8 took its place.
  private static let withoutUInt8 = TypeCheck.multiplying.union(TypeCheck.uniform)

  static func lacks(_ type: ElementType, _ kind: OperatorKind) -> Bool {
    guard kind.isKnown, kind != .reshape else { return false }
    return floats.contains(type) || (type == .uint8 && withoutUInt8.contains(kind))
  }

  static func remedy(for tensor: Tensor) -> String {
    switch (tensor.elementType, tensor.constant) {
    case (.float16, .some):
      "Store the weights as float32 with modelgen convert --fp32, or as int8 with --int8."
    case (.uint8, _): "Quantize the float model to int8 with modelgen convert --int8."
    default: "Export the model with float32 weights and activations."
    }
  }
}
