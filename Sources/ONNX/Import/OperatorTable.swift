import Models

/// What a node of an operator may have.
struct OperatorRule: Sendable {
  /// Numbers of inputs; the last ones may be left out where the range says so.
  let inputs: ClosedRange<Int>
  /// All attributes of opset 7 to 21.
  let attributes: Set<String>

  init(_ inputs: ClosedRange<Int>, _ attributes: Set<String> = []) {
    self.inputs = inputs
    self.attributes = attributes
  }
}

/// The operators that are read (https://onnx.ai/onnx/operators).
enum OperatorTable {
  static let rules: [String: OperatorRule] = {
    let window: Set = ["auto_pad", "dilations", "kernel_shape", "pads", "strides"]
    let many = 1...1024
    return [
      "Add": OperatorRule(2...2),
      "AveragePool": OperatorRule(1...1, window.union(["ceil_mode", "count_include_pad"])),
      "BatchNormalization": OperatorRule(
        5...5, ["epsilon", "momentum", "spatial", "training_mode"]),
      "Cast": OperatorRule(1...1, ["to", "saturate"]),
      "Clip": OperatorRule(1...3, ["max", "min"]),
      "Concat": OperatorRule(many, ["axis"]),
      "Constant": OperatorRule(
        0...0, ["value", "value_float", "value_floats", "value_int", "value_ints"]),
      "Conv": OperatorRule(2...3, window.union(["group"])),
      "Div": OperatorRule(2...2),
      "Dropout": OperatorRule(1...3, ["ratio", "seed"]),
      "Flatten": OperatorRule(1...1, ["axis"]),
      "Gather": OperatorRule(2...2, ["axis"]),
      "Gemm": OperatorRule(2...3, ["alpha", "beta", "transA", "transB"]),
      "GlobalAveragePool": OperatorRule(1...1),
      "GlobalMaxPool": OperatorRule(1...1),
      "Identity": OperatorRule(1...1),
      "MatMul": OperatorRule(2...2),
      "Max": OperatorRule(many),
      "MaxPool": OperatorRule(1...1, window.union(["ceil_mode", "storage_order"])),
      "Min": OperatorRule(many),
      "Mul": OperatorRule(2...2),
      "Pad": OperatorRule(1...4, ["mode", "pads", "value"]),
      "ReduceMean": OperatorRule(1...2, ["axes", "keepdims", "noop_with_empty_axes"]),
      "Relu": OperatorRule(1...1),
      "Reshape": OperatorRule(2...2, ["allowzero"]),
      "Shape": OperatorRule(1...1, ["end", "start"]),
      "Sigmoid": OperatorRule(1...1),
      "Slice": OperatorRule(1...5, ["axes", "ends", "starts"]),
      "Softmax": OperatorRule(1...1, ["axis"]),
      "Squeeze": OperatorRule(1...2, ["axes"]),
      "Sub": OperatorRule(2...2),
      "Sum": OperatorRule(many),
      "Tanh": OperatorRule(1...1),
      "Transpose": OperatorRule(1...1, ["perm"]),
      "Unsqueeze": OperatorRule(1...2, ["axes"]),
    ]
  }()

  static func convert(_ node: Node, _ importer: inout Importer) throws(ModelDiagnostic) {
    guard let rule = rules[node.kind] else { return try importer.convert(node) }
    guard rule.inputs.contains(node.inputs.count) else {
      throw node.failure(
        "operands",
        "there are \(node.inputs.count) inputs; \(rule.inputs.lowerBound) to "
          + "\(rule.inputs.upperBound) are allowed")
    }
    try node.check(attributes: rule.attributes)
    try importer.convert(node)
  }

  /// The default domain has two names.
  static func isStandard(domain: String) -> Bool { domain.isEmpty || domain == "ai.onnx" }

  /// Refuses a graph with operators that are not read, naming all of them.
  static func check(_ nodes: [ONNXNodeProto]) throws(ModelDiagnostic) {
    var counts: [String: Int] = [:]
    var first: (index: Int, kind: String)?
    for (index, node) in nodes.enumerated() {
      let isStandard = isStandard(domain: node.domain)
      if isStandard, rules[node.opType] != nil { continue }
      let kind = isStandard ? node.opType : "\(node.domain)::\(node.opType)"
      counts[kind, default: 0] += 1
      first = first ?? (index, printable(kind))
    }
    guard let first else { return }
    let kinds = counts.keys.sorted()
    var names = kinds.prefix(largestList).map { kind in
      let count = counts[kind] ?? 1
      return printable(kind) + (count > 1 ? " (\(count) times)" : "")
    }
    if kinds.count > largestList { names.append("\(kinds.count - largestList) more") }
    throw ModelDiagnostic(
      "unsupported-operators",
      "these operators are not read: " + names.joined(separator: ", "),
      remedy: remedy(for: kinds),
      place: ModelPlace(operatorIndex: first.index, operatorKind: first.kind))
  }

  private static let largestList = 20

  /// What helps against each group of operators; at most one sentence for each.
  private static func remedy(for kinds: [String]) -> String {
    var sentences: [String] = []
    for (names, sentence) in remedies where kinds.contains(where: names.contains) {
      sentences.append(sentence)
    }
    if kinds.contains(where: { kind in !remedies.contains { $0.names.contains(kind) } }) {
      sentences.append(
        "Fold what is constant (onnxsim), or build the model from the operators that are read: "
          + rules.keys.sorted().joined(separator: ", ") + ".")
    }
    return sentences.joined(separator: " ")
  }

  private static let remedies: [(names: Set<String>, sentence: String)] = [
    (["If", "Loop", "Scan"], "Export the model without control flow, for fixed shapes."),
    (
      [
        "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "QLinearConv",
        "QLinearMatMul", "ConvInteger", "MatMulInteger",
      ], "Take the float32 model from before quantization; int8 is made from that here."
    ),
    (["LSTM", "GRU", "RNN"], "Recurrent layers are not read: use convolutions over time."),
    (
      [
        "LeakyRelu", "PRelu", "Elu", "Selu", "Gelu", "HardSigmoid", "HardSwish", "Mish",
        "Softplus", "Softsign",
      ], "Use Relu, Clip, Tanh or Sigmoid as activation and train again."
    ),
    (["Upsample", "Resize", "ConvTranspose"], "Images are not made larger: end the model before."),
  ]
}
