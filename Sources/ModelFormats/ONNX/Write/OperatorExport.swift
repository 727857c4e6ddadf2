import Models
import Support

/// Nodes for each kind of operator (https://onnx.ai/onnx/operators, as of opset 11).
extension Exporter {
  static let imageKinds: Set<OperatorKind> = [
    .conv2D, .depthwiseConv2D, .averagePool2D, .maxPool2D,
  ]
  static let pointwiseKinds: Set<OperatorKind> = [
    .add, .sub, .mul, .minimum, .maximum, .relu, .relu6, .tanh, .logistic,
  ]
  /// What is written.
  static let kinds = imageKinds.union(pointwiseKinds).union([
    .fullyConnected, .mean, .pad, .reshape, .softmax, .transpose,
  ])

  mutating func export(_ each: Operator) throws(Diagnostic) {
    guard let data = each.inputs.first ?? nil, each.outputs.count == 1 else {
      throw Self.operands("there is no input, or not one output")
    }
    let output = each.outputs[0]
    switch each.kind {
    case .conv2D, .depthwiseConv2D: try convolution(each, data, output)
    case .averagePool2D, .maxPool2D: try pooling(each, data, output)
    case .fullyConnected: try fullyConnected(each, data, output)
    case .add: try binary("Add", each, data, output)
    case .sub: try binary("Sub", each, data, output)
    case .mul: try binary("Mul", each, data, output)
    case .minimum: try binary("Min", each, data, output)
    case .maximum: try binary("Max", each, data, output)
    case .relu: unary("Relu", data, output)
    case .relu6: clip(data, output, 0, 6)
    case .tanh: unary("Tanh", data, output)
    case .logistic: unary("Sigmoid", data, output)
    case .softmax: try softmax(each, data, output)
    case .reshape: reshape(data, output)
    case .transpose: try transpose(each, data, output)
    case .pad: try pad(each, data, output)
    case .mean: try mean(each, data, output)
    default: throw Self.operands("the operator is not written")
    }
  }

  /// The output's name, of a node in front of the activation where there is one, which follows.
  mutating func finish(
    _ kind: String, _ inputs: [String], _ output: Int, _ form: Form,
    _ attributes: [ONNXAttributeProto] = [], activation: FusedActivation
  ) throws(Diagnostic) {
    guard activation != .none else {
      return add(kind, inputs, define(output, form), attributes)
    }
    let before = between(output, "/\(kind)")
    add(kind, inputs, before, attributes)
    let name = define(output, form)
    switch activation {
    case .none: break
    case .relu: add("Relu", [before], name)
    case .relu6: addClip(before, name, 0, 6)
    case .reluN1To1: addClip(before, name, -1, 1)
    case .tanh: add("Tanh", [before], name)
    case .signBit:
      throw Diagnostic(
        "unsupported", "the activation SIGN_BIT has no counterpart", remedy: "Use RELU.")
    }
  }

  private mutating func unary(_ kind: String, _ data: Int, _ output: Int) {
    let form = form(data)
    let source = name(data, form)
    add(kind, [source], define(output, form))
  }

  private mutating func clip(_ data: Int, _ output: Int, _ low: Float, _ high: Float) {
    let form = form(data)
    let source = name(data, form)
    addClip(source, define(output, form), low, high)
  }

  private mutating func addClip(_ source: String, _ output: String, _ low: Float, _ high: Float) {
    let limits = [low, high].map { limit in
      initializer(.floats([limit], shape: []), called: "limit_\(Int(limit))")
    }
    add("Clip", [source] + limits, output)
  }

  private mutating func binary(
    _ kind: String, _ each: Operator, _ data: Int, _ output: Int
  ) throws(Diagnostic) {
    guard each.inputs.count == 2, let second = each.inputs[1] else {
      throw Self.operands("there are not two operands")
    }
    var activation = FusedActivation.none
    if case .activation(let fused) = each.attributes { activation = fused }
    let operands = [data, second]
    let isImage = operands.contains { form($0) == .channelsFirst }
    let canBeImages = operands.allSatisfy { isConstant($0) || shape($0).count == 4 }
    guard isImage, canBeImages, shape(output).count == 4 else {
      return try finish(
        kind, operands.map { name($0) }, output, .plain, activation: activation)
    }
    let names = operands.map { tensor in
      isConstant(tensor) && shape(tensor).count < 4
        ? imageConstant(tensor) : name(tensor, .channelsFirst)
    }
    try finish(kind, names, output, .channelsFirst, activation: activation)
  }

  /// A constant of fewer dimensions as it combines with an image that has channels first.
  private mutating func imageConstant(_ tensor: Int) -> String {
    var constant = graph.tensors[tensor]
    guard constant.elementCount != 1 else { return name(tensor) }
    constant.shape = Array(repeating: 1, count: 4 - constant.shape.count) + constant.shape
    return initializer(
      ConstantOrder.transposed(constant, Self.toChannelsFirst), called: constant.name)
  }

  static func operands(_ message: String) -> Diagnostic {
    Diagnostic(
      "operands", message, remedy: "The graph is not one that TFLite would run: make it again.")
  }
}
