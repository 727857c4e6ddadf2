import Models
import Support

/// Fully connected operators, and softmax on what they give.
extension Exporter {
  mutating func fullyConnected(
    _ each: Operator, _ data: Int, _ output: Int
  ) throws(Diagnostic) {
    guard case .fullyConnected(let activation, let keepsDimensions, false) = each.attributes,
      each.inputs.count >= 2, let weights = each.inputs[1], shape(weights).count == 2
    else { throw Self.operands("the weights are no matrix, or shuffled") }
    let bias = each.inputs.count > 2 ? each.inputs[2] : nil
    if keepsDimensions, shape(data).count != 2 {
      return try wide(data, weights, bias, output, activation)
    }
    let columns = shape(weights)[1]
    var (source, matrix) = factors(data, weights)
    if shape(data).count != 2 || shape(data)[1] != columns {
      let flat = between(output, "/flat")
      add("Reshape", [source, list([-1, columns], called: flat + "/shape")], flat)
      source = flat
    }
    let inputs = [source, matrix] + (bias.map { [name($0)] } ?? [])
    let isFlat = shape(output) == [shape(output)[0], shape(weights)[0]]
    guard isFlat else { throw Self.operands("the output is no matrix") }
    try finish("Gemm", inputs, output, .plain, [.int("transB", 1)], activation: activation)
  }

  /// Names of the data and of the weights in the order that goes with it.
  private mutating func factors(_ data: Int, _ weights: Int) -> (String, String) {
    if let image = rows[data], isConstant(weights) {
      return (name(data, .channelsFirstRows), rowWeights(weights, image))
    }
    guard form(data) == .channelsFirst, isConstant(weights),
      shape(data)[1...].reduce(1, *) == shape(weights)[1]
    else { return (name(data), name(weights)) }
    let image = shape(data)
    let isEither = image[3] == 1 || image[1] * image[2] == 1
    return (name(data, .channelsFirst), isEither ? name(weights) : rowWeights(weights, image))
  }

  /// A product along the last of several dimensions.
  private mutating func wide(
    _ data: Int, _ weights: Int, _ bias: Int?, _ output: Int, _ activation: FusedActivation
  ) throws(Diagnostic) {
    guard isConstant(weights) else { throw Self.operands("the weights are not constant") }
    let matrix = graph.tensors[weights]
    let source = name(data)
    let inputs = [
      source, initializer(ConstantOrder.transposed(matrix, [1, 0]), called: matrix.name),
    ]
    guard let bias else {
      return try finish("MatMul", inputs, output, .plain, activation: activation)
    }
    let product = between(output, "/MatMul")
    add("MatMul", inputs, product)
    try finish("Add", [product, name(bias)], output, .plain, activation: activation)
  }

  /// Weights for rows of C x H x W elements, from those for H x W x C.
  private mutating func rowWeights(_ weights: Int, _ image: [Int]) -> String {
    var matrix = graph.tensors[weights]
    let shape = matrix.shape
    matrix.shape = [shape[0]] + image[1...]
    var ordered = ConstantOrder.transposed(matrix, Self.toChannelsFirst)
    ordered.shape = shape
    return initializer(ordered, called: matrix.name)
  }

  mutating func softmax(_ each: Operator, _ data: Int, _ output: Int) throws(Diagnostic) {
    guard case .softmax(1) = each.attributes, !shape(data).isEmpty else {
      throw Diagnostic(
        "unsupported", "the softmax has another beta than 1", remedy: "Scale its input instead.")
    }
    let source = name(data)
    add("Softmax", [source], define(output, .plain), [.int("axis", shape(data).count - 1)])
  }
}
