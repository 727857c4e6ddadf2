import Support

/// Shapes of outputs from shapes of inputs, by the rules of TFLite (tensorflow/lite/kernels).
public enum ShapeInference {
  /// The shape of the output of an operator; nil for a kind, or for inputs that are not constant
  /// where they must be, that it does not know. Throws where inputs do not fit together.
  public static func output(
    of kind: OperatorKind, _ attributes: Attributes, inputs: [Tensor?]
  ) throws(Diagnostic) -> [Int]? {
    guard let data = inputs.first ?? nil else { throw missing("data", 0) }
    switch kind {
    case .conv2D, .depthwiseConv2D:
      let weights = try operand(inputs, 1, "weights")
      guard let window = attributes.window, data.shape.count == 4, weights.shape.count == 4 else {
        throw dimensions(data, weights)
      }
      let channels = kind == .conv2D ? weights.shape[0] : weights.shape[3]
      return try windowed(
        data.shape, window, Extent(height: weights.shape[1], width: weights.shape[2]), channels)
    case .averagePool2D, .maxPool2D:
      guard let window = attributes.window, let size = window.size, data.shape.count == 4 else {
        throw dimensions(data, nil)
      }
      return try windowed(data.shape, window, size, data.shape[3])
    case .fullyConnected:
      return try fullyConnected(data, try operand(inputs, 1, "weights"), attributes)
    case .add, .sub, .mul, .maximum, .minimum:
      return try broadcast(data.shape, try operand(inputs, 1, "second operand").shape)
    case .relu, .reluN1To1, .relu6, .tanh, .logistic, .softmax, .quantize, .dequantize:
      return data.shape
    case .reshape: return try reshape(data, attributes, inputs)
    case .pad: return try pad(data, inputs)
    case .transpose: return try transpose(data, inputs)
    case .mean: return try mean(data, attributes, inputs)
    default: return nil
    }
  }

  private static func windowed(
    _ input: [Int], _ window: Window, _ size: Extent, _ channels: Int
  ) throws(Diagnostic) -> [Int] {
    try WindowCheck.check(window)
    guard let axes = window.axes(over: input, size: size) else {
      throw Diagnostic(
        "shape-mismatch", "the image \(TensorCheck.text(input)) or its window is too large",
        remedy: "Convert the model with fixed input shapes.")
    }
    return [
      input[0], axes.height.positions(window.padding), axes.width.positions(window.padding),
      channels,
    ]
  }

  private static func fullyConnected(
    _ data: Tensor, _ weights: Tensor, _ attributes: Attributes
  ) throws(Diagnostic) -> [Int] {
    guard weights.shape.count == 2, weights.shape[1] > 0, let count = data.elementCount,
      count % weights.shape[1] == 0
    else { throw dimensions(data, weights) }
    if case .fullyConnected(_, keepsDimensions: true, _) = attributes, !data.shape.isEmpty {
      return data.shape.dropLast() + [weights.shape[0]]
    }
    return [count / weights.shape[1], weights.shape[0]]
  }

  /// NumPy's rule: sizes are compared from the last; equal, or one of them 1.
  static func broadcast(_ a: [Int], _ b: [Int]) throws(Diagnostic) -> [Int] {
    let rank = max(a.count, b.count)
    let first = Array(repeating: 1, count: rank - a.count) + a
    let second = Array(repeating: 1, count: rank - b.count) + b
    var result: [Int] = []
    for (left, right) in zip(first, second) {
      guard left == right || left == 1 || right == 1 else {
        throw Diagnostic(
          "shape-mismatch",
          "\(TensorCheck.text(a)) and \(TensorCheck.text(b)) cannot be combined element by element",
          remedy: "Sizes must be equal, or one of them 1, counted from the last.")
      }
      result.append(left == 1 ? right : left)
    }
    return result
  }

  private static func reshape(
    _ data: Tensor, _ attributes: Attributes, _ inputs: [Tensor?]
  ) throws(Diagnostic) -> [Int]? {
    var shape: [Int] = []
    if inputs.count > 1, let tensor = inputs[1] {
      guard let values = tensor.int32Values else { return nil }
      shape = values
    } else if case .reshape(let to) = attributes {
      shape = to
    } else {
      return nil
    }
    guard let count = data.elementCount else { throw dimensions(data, nil) }
    let known = CheckedArithmetic.product(shape.filter { $0 != -1 })
    if let place = shape.firstIndex(of: -1), let known, known > 0, count % known == 0 {
      shape[place] = count / known
    }
    guard CheckedArithmetic.product(shape) == count else {
      throw Diagnostic(
        "shape-mismatch",
        "\(TensorCheck.text(data.shape)) cannot become \(TensorCheck.text(shape)): the numbers of "
          + "elements differ", remedy: "Export the model with fixed shapes.")
    }
    return shape
  }

  private static func pad(_ data: Tensor, _ inputs: [Tensor?]) throws(Diagnostic) -> [Int]? {
    let paddings = try operand(inputs, 1, "paddings")
    guard let values = paddings.int32Values else { return nil }
    guard values.count == 2 * data.shape.count, values.allSatisfy({ $0 >= 0 }) else {
      throw Diagnostic(
        "shape-mismatch",
        "the paddings are \(values.count) numbers for a shape of "
          + "\(data.shape.count) sizes; two for each, not negative, are needed",
        remedy: "Export the model with fixed shapes.")
    }
    return data.shape.indices.map { data.shape[$0] + values[2 * $0] + values[2 * $0 + 1] }
  }

  private static func transpose(
    _ data: Tensor, _ inputs: [Tensor?]
  ) throws(Diagnostic) -> [Int]? {
    guard let order = try operand(inputs, 1, "permutation").int32Values else { return nil }
    guard order.sorted() == Array(data.shape.indices) else {
      throw Diagnostic(
        "shape-mismatch", "the permutation \(order) is none of \(data.shape.count) dimensions",
        remedy: "Each dimension must occur once.")
    }
    return order.map { data.shape[$0] }
  }

  private static func mean(
    _ data: Tensor, _ attributes: Attributes, _ inputs: [Tensor?]
  ) throws(Diagnostic) -> [Int]? {
    guard let values = try operand(inputs, 1, "axes").int32Values else { return nil }
    let rank = data.shape.count
    let axes = Set(values.map { $0 < 0 ? $0 + rank : $0 })
    guard axes.allSatisfy({ data.shape.indices.contains($0) }) else {
      throw Diagnostic(
        "shape-mismatch", "the axes \(values) are not all dimensions of \(rank)",
        remedy: "Axes are counted from 0, or from the end as -1.")
    }
    var keeps = false
    if case .reducer(let keepsDimensions) = attributes { keeps = keepsDimensions }
    return data.shape.indices.compactMap {
      axes.contains($0) ? (keeps ? 1 : nil) : data.shape[$0]
    }
  }

  private static func operand(
    _ inputs: [Tensor?], _ index: Int, _ name: String
  ) throws(Diagnostic) -> Tensor {
    guard inputs.indices.contains(index), let tensor = inputs[index] else {
      throw missing(name, index)
    }
    return tensor
  }

  private static func missing(_ name: String, _ index: Int) -> Diagnostic {
    Diagnostic(
      "operands", "the \(name), input \(index), is missing",
      remedy: "The model is damaged: export it again.")
  }

  private static func dimensions(_ data: Tensor, _ weights: Tensor?) -> Diagnostic {
    let second = weights.map { " and \(TensorCheck.text($0.shape))" } ?? ""
    return Diagnostic(
      "shape-mismatch", "the dimensions \(TensorCheck.text(data.shape))\(second) do not fit",
      remedy: "Export the model with fixed shapes.")
  }
}
