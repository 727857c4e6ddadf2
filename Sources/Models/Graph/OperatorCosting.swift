import Support

/// Counts what one operator costs.
struct OperatorCosting {
  private let subject: Operator
  private let tensors: [Tensor]

  /// `subject` and its indices are those of a graph whose data flow was checked.
  init(_ subject: Operator, tensors: [Tensor]) {
    self.subject = subject
    self.tensors = tensors
  }

  func cost(index: Int) throws(Diagnostic) -> GraphCost {
    let window = subject.attributes.window
    if let window { try WindowCheck.check(window) }
    let weights = Self.weightsOperand(subject.kind).flatMap { operand($0) }
    let data = operand(Self.dataOperand(subject.kind))
    let inputs = Set(subject.inputs.compactMap { $0 })
    let weightsIndex = Self.weightsOperand(subject.kind).flatMap { position($0) }
    let rule = MACRule(subject.kind)
    return GraphCost(
      cost: OperatorCost(
        index: index, kind: subject.kind.name, input: data?.shape ?? [],
        output: subject.outputs.first.map { tensors[$0].shape } ?? [],
        weights: weights?.shape ?? [], padding: window?.padding.rawValue,
        stride: window.map { [$0.stride.height, $0.stride.width] } ?? [],
        isDilated: window.map { $0.dilation.height > 1 || $0.dilation.width > 1 } ?? false,
        weightBytes: UInt64(weights?.constant?.count ?? 0),
        constantBytes: try sum(
          inputs.subtracting([weightsIndex].compactMap { $0 }).map {
            tensors[$0].constant?.count ?? 0
          }),
        macs: try macs(rule, data: data, weights: weights)),
      activationBytesIn: try sum(
        inputs.map { tensors[$0].constant == nil ? tensors[$0].byteCount ?? 0 : 0 }),
      activationBytesOut: try sum(Set(subject.outputs).map { tensors[$0].byteCount ?? 0 }),
      uncounted: rule.reason)
  }

  /// Which input holds the weights, for kinds that have one such input.
  static func weightsOperand(_ kind: OperatorKind) -> Int? {
    switch kind {
    case .conv2D, .depthwiseConv2D, .fullyConnected, .transposeConv, .conv3D: 1
    default: nil
    }
  }

  /// Which input holds the data.
  static func dataOperand(_ kind: OperatorKind) -> Int { kind == .transposeConv ? 2 : 0 }

  private func position(_ operand: Int) -> Int? {
    subject.inputs.indices.contains(operand) ? subject.inputs[operand] : nil
  }

  private func operand(_ operand: Int) -> Tensor? { position(operand).map { tensors[$0] } }

  private func macs(
    _ rule: MACRule, data: Tensor?, weights: Tensor?
  ) throws(Diagnostic) -> UInt64 {
    let isPooling = if case .pooling = subject.attributes { true } else { false }
    guard rule == .byWeights || isPooling else { return 0 }
    guard let data, let output = subject.outputs.first.map({ tensors[$0] }) else {
      throw Diagnostic(
        "operands", "there is no input or no output",
        remedy: "The file is damaged: convert the model again.")
    }
    if isPooling, let window = subject.attributes.window {
      try WindowCheck.checkPooling(window, input: data.shape, output: output.shape)
      return 0
    }
    guard let weights else {
      throw Diagnostic(
        "operands", "there are no weights, which are the second input",
        remedy: "The file is damaged: convert the model again.")
    }
    let perElement: [Int]
    switch (subject.kind, subject.attributes.window) {
    case (.conv2D, let window?):
      try WindowCheck.checkConvolution(
        window, input: data.shape, weights: weights.shape, output: output.shape)
      perElement = Array(weights.shape[1...])
    case (.depthwiseConv2D, let window?):
      try WindowCheck.checkDepthwise(
        window, input: data.shape, weights: weights.shape, output: output.shape)
      perElement = Array(weights.shape[1...2])
    case (.fullyConnected, _):
      try WindowCheck.checkFullyConnected(
        input: data.shape, weights: weights.shape, output: output.shape)
      perElement = [weights.shape[1]]
    default:
      throw Diagnostic(
        "attributes", "stride and padding are missing",
        remedy: "The file is damaged: convert the model again.")
    }
    guard let result = CheckedArithmetic.product(output.shape + perElement) else {
      throw overflow
    }
    return UInt64(result)
  }

  private func sum(_ terms: [Int]) throws(Diagnostic) -> UInt64 {
    guard let result = CheckedArithmetic.sum(terms) else { throw overflow }
    return UInt64(result)
  }

  private var overflow: Diagnostic {
    Diagnostic(
      "overflow", "the operator's costs exceed 2^63",
      remedy: "Shapes this large are no model's: convert it again.")
  }
}
