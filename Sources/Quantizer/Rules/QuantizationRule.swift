import Models

/// Where the int8 parameters of an operator's output come from, and what becomes of its operands
/// (tensorflow.org, "TensorFlow Lite 8-bit quantization specification").
enum QuantizationRule: Equatable {
  /// Weights and bias are constants; one weight scale per index along the axis, or one for all.
  case weighted(axis: Int?)
  /// The output has the range that calibration found; each operand has its own.
  case ownRange
  /// The output has the parameters of the first operand: no arithmetic happens. RELU6 too, as TFLM
  /// cuts off in the input's scale and writes what is left as it is.
  case inherited
  /// All float operands and the output have the same parameters: values are only chosen or moved.
  case shared
  /// The output's parameters are fixed by the kind, as its range is known.
  case fixed(Quantization)

  /// The rule of `kind`; nil for one that cannot be quantized here.
  static func of(_ kind: OperatorKind) -> QuantizationRule? {
    switch kind {
    case .conv2D: .weighted(axis: 0)
    case .depthwiseConv2D: .weighted(axis: 3)
    // Per channel would multiply what TFLM keeps per output.
    case .fullyConnected: .weighted(axis: nil)
    case .add, .sub, .mul, .relu, .mean: .ownRange
    case .averagePool2D, .maxPool2D, .relu6, .reshape, .pad, .transpose: .inherited
    case .minimum, .maximum: .shared
    case .softmax, .logistic: .fixed(Quantization(scale: 1 / 256, zeroPoint: -128))
    case .tanh: .fixed(Quantization(scale: 1 / 128, zeroPoint: 0))
    default: nil
    }
  }

  /// The kinds that have a rule, by name.
  static let kinds = OperatorKind.known.filter { of($0) != nil }.sorted { $0.name < $1.name }

  /// The parameters that some kind fixes.
  static let fixedParameters: [Quantization] = kinds.compactMap { kind in
    if case .fixed(let parameters)? = of(kind) { parameters } else { nil }
  }
}
