import Models
import Support

/// What a node of an operator may have, and what becomes of it.
struct OperatorRule: Sendable {
  /// What becomes of a node.
  enum Result: Sendable, Equatable {
    /// Operators of these kinds, and TRANSPOSE where another layout is needed.
    case operators([OperatorKind])
    /// A constant: it is evaluated at import, on constants and shapes only.
    case constant
    /// Nothing: its input takes its place.
    case nothing
  }

  /// Numbers of inputs; the last ones may be left out where the range says so.
  let inputs: ClosedRange<Int>
  /// All attributes of opset 7 to 21.
  let attributes: Set<String>
  let result: Result

  init(_ inputs: ClosedRange<Int>, _ attributes: Set<String> = [], becomes result: Result) {
    self.inputs = inputs
    self.attributes = attributes
    self.result = result
  }

  init(_ inputs: ClosedRange<Int>, _ attributes: Set<String> = [], to kinds: OperatorKind...) {
    self.init(inputs, attributes, becomes: .operators(kinds))
  }

  /// Whether a node may add operators of these kinds.
  func allows(_ kinds: some Sequence<OperatorKind>) -> Bool {
    var allowed: Set<OperatorKind> = []
    if case .operators(let listed) = result { allowed = Set(listed + [.transpose]) }
    return kinds.allSatisfy(allowed.contains)
  }
}

/// The operators that are read (https://onnx.ai/onnx/operators).
enum OperatorTable {
  static let rules: [String: OperatorRule] = {
    let window: Set = ["auto_pad", "dilations", "kernel_shape", "pads", "strides"]
    let many = 1...1024
    return [
      "Add": OperatorRule(2...2, to: .add),
      "AveragePool": OperatorRule(
        1...1, window.union(["ceil_mode", "count_include_pad"]), to: .averagePool2D, .pad),
      "BatchNormalization": OperatorRule(
        5...5, ["epsilon", "momentum", "spatial", "training_mode"], to: .mul, .add),
      "Cast": OperatorRule(1...1, ["to", "saturate"], becomes: .nothing),
      "Clip": OperatorRule(1...3, ["max", "min"], to: .relu, .relu6, .maximum, .minimum),
      "Concat": OperatorRule(many, ["axis"], becomes: .constant),
      "Constant": OperatorRule(
        0...0, ["value", "value_float", "value_floats", "value_int", "value_ints"],
        becomes: .constant),
      "Conv": OperatorRule(2...3, window.union(["group"]), to: .conv2D, .depthwiseConv2D, .pad),
      "Div": OperatorRule(2...2, to: .mul),
      "Dropout": OperatorRule(1...3, ["ratio", "seed"], becomes: .nothing),
      "Flatten": OperatorRule(1...1, ["axis"], to: .reshape),
      "Gather": OperatorRule(2...2, ["axis"], becomes: .constant),
      "Gemm": OperatorRule(
        2...3, ["alpha", "beta", "transA", "transB"], to: .fullyConnected, .add),
      "GlobalAveragePool": OperatorRule(1...1, to: .mean),
      "GlobalMaxPool": OperatorRule(1...1, to: .maxPool2D),
      "Identity": OperatorRule(1...1, becomes: .nothing),
      "MatMul": OperatorRule(2...2, to: .fullyConnected),
      "Max": OperatorRule(many, to: .maximum),
      "MaxPool": OperatorRule(
        1...1, window.union(["ceil_mode", "storage_order"]), to: .maxPool2D, .pad),
      "Min": OperatorRule(many, to: .minimum),
      "Mul": OperatorRule(2...2, to: .mul),
      "Pad": OperatorRule(1...4, ["mode", "pads", "value"], to: .pad),
      "ReduceMean": OperatorRule(1...2, ["axes", "keepdims", "noop_with_empty_axes"], to: .mean),
      "Relu": OperatorRule(1...1, to: .relu),
      "Reshape": OperatorRule(2...2, ["allowzero"], to: .reshape),
      "Shape": OperatorRule(1...1, ["end", "start"], becomes: .constant),
      "Sigmoid": OperatorRule(1...1, to: .logistic),
      "Slice": OperatorRule(1...5, ["axes", "ends", "starts"], becomes: .constant),
      "Softmax": OperatorRule(1...1, ["axis"], to: .softmax, .reshape),
      "Squeeze": OperatorRule(1...2, ["axes"], to: .reshape),
      "Sub": OperatorRule(2...2, to: .sub),
      "Sum": OperatorRule(many, to: .add),
      "Tanh": OperatorRule(1...1, to: .tanh),
      "Transpose": OperatorRule(1...1, ["perm"], to: .transpose),
      "Unsqueeze": OperatorRule(1...2, ["axes"], to: .reshape),
    ]
  }()

  static func convert(_ node: Node, _ importer: inout Importer) throws(Diagnostic) {
    guard let rule = rules[node.kind] else { return try importer.convert(node) }
    guard rule.inputs.contains(node.inputs.count) else {
      throw node.failure(
        "operands",
        "there are \(node.inputs.count) inputs; \(rule.inputs.lowerBound) to "
          + "\(rule.inputs.upperBound) are allowed")
    }
    try node.check(attributes: rule.attributes)
    let count = importer.draft.operators.count
    try importer.convert(node)
    assert(rule.allows(importer.draft.operators[count...].map(\.kind)), "\(node.kind)")
  }

  /// The default domain has two names.
  static func isStandard(domain: String) -> Bool { domain.isEmpty || domain == "ai.onnx" }

  /// Refuses a graph with operators that are not read, naming all of them.
  static func check(_ nodes: [ONNXNodeProto]) throws(Diagnostic) {
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
    throw Diagnostic(
      "unsupported-operators",
      "these operators are not read: " + names.joined(separator: ", "),
      remedy: remedy(for: kinds),
      place: Place(operatorIndex: first.index, operatorKind: first.kind))
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
