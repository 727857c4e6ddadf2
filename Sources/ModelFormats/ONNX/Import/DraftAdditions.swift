import Models
import Support

/// What is added to the draft.
extension Importer {
  /// The position of a constant as it is in the file.
  mutating func place(_ tensor: Tensor, _ node: Node) throws(Diagnostic) -> Int {
    try place(ConstantKey(name: tensor.name, form: ""), node) { tensor }
  }

  /// The position of the constant `key`, which is made when it is needed first.
  mutating func place(
    _ key: ConstantKey, _ node: Node, make: () throws(Diagnostic) -> Tensor
  ) throws(Diagnostic) -> Int {
    if let index = placed[key] { return index }
    let tensor = try make()
    try spend(tensor.constant?.count ?? 0, node)
    let index = draft.add(tensor)
    placed[key] = index
    return index
  }

  /// Counts bytes of constants, which a file may name again and again.
  mutating func spend(_ bytes: Int, _ node: Node) throws(Diagnostic) {
    allowance -= bytes
    guard allowance >= 0 else {
      throw node.failure(
        "constant-size", "constants grow to more than eight times the file",
        remedy: "Export the model with fewer forms of the same weights.")
    }
  }

  /// A list of int32, as TFLite takes permutations, paddings, axes and shapes.
  mutating func list(_ values: [Int], shape: [Int]? = nil, _ node: Node) throws(Diagnostic)
    -> Int
  {
    let numbers = values.map { Int32(clamping: $0) }
    let shape = shape ?? [values.count]
    return try place(ConstantKey(name: "", form: "\(shape) \(numbers)"), node) {
      .int32s(numbers, shape: shape, name: "list")
    }
  }

  /// Adds an operator and gives the position of its output.
  mutating func append(
    _ kind: OperatorKind, _ attributes: Attributes = .plain, _ inputs: [Int?], _ node: Node,
    suffix: String = ""
  ) throws(Diagnostic) -> Int {
    let output: Int
    do throws(Diagnostic) {
      output = try draft.append(
        kind, attributes, inputs: inputs, name: (node.outputs.first ?? "") + suffix)
    } catch {
      var failure = error
      failure.place = node.place
      throw failure
    }
    let tensor = draft.tensors[output]
    guard tensor.shape.count <= Self.largestRank,
      tensor.shape.allSatisfy({ (1...TensorCheck.largestSize).contains($0) }),
      tensor.byteCount != nil
    else {
      throw node.failure(
        "shape",
        "the output would be \(TensorCheck.text(tensor.shape)): sizes are 1 to "
          + "\(TensorCheck.largestSize), of at most \(Self.largestRank) dimensions",
        remedy: "Make the input larger, or windows and pads smaller.")
    }
    if Self.givesNonNegative.contains(kind)
      || Self.keepsSign.contains(kind) && isNonNegative(inputs.first ?? nil)
    {
      nonNegative.insert(output)
    }
    return output
  }

  /// True where no element can be below 0.
  func isNonNegative(_ tensor: Int?) -> Bool { tensor.map(nonNegative.contains) ?? false }

  private static let givesNonNegative: Set<OperatorKind> = [.relu, .relu6, .logistic, .softmax]
  private static let keepsSign: Set<OperatorKind> = [
    .averagePool2D, .maxPool2D, .mean, .pad, .reshape, .transpose,
  ]

  /// Another shape for the same elements; none where it is the same.
  mutating func reshaped(
    _ tensor: Int, to target: [Int], _ node: Node, suffix: String = ""
  ) throws(Diagnostic) -> Int {
    guard target != shape(tensor) else { return tensor }
    guard target.count <= Self.largestRank,
      target.allSatisfy({ (1...TensorCheck.largestSize).contains($0) })
    else {
      throw node.failure("shape", "the output would be \(TensorCheck.text(target))")
    }
    return try append(
      .reshape, .reshape(to: target), [tensor, try list(target, node)], node, suffix: suffix)
  }

  mutating func transposed(
    _ tensor: Int, _ order: [Int], _ node: Node, suffix: String = ""
  ) throws(Diagnostic) -> Int {
    guard order != Array(order.indices) else { return tensor }
    return try append(
      .transpose, .plain, [tensor, try list(order, node)], node, suffix: suffix)
  }

  /// From [N, C, H, W] to [N, H, W, C].
  mutating func image(_ tensor: Int, _ node: Node) throws(Diagnostic) -> Int {
    if let image = images[tensor] { return image }
    let image = try transposed(tensor, [0, 2, 3, 1], node, suffix: "/nhwc_input")
    images[tensor] = image
    return image
  }

  /// An image operator's input, [N, H, W, C]; throws where there are not four dimensions.
  mutating func imageInput(_ node: Node) throws(Diagnostic) -> Int {
    let data = try computed(node, 0)
    guard shape(data).count == 4 else {
      throw node.unsupported(
        "the input is \(TensorCheck.text(shape(data))); only images, [N, C, H, W], are read",
        remedy:
          "Write a convolution or pooling over one dimension as one over an image of height 1.")
    }
    return try image(data, node)
  }

  /// The node's output is `image`, [N, H, W, C], back in [N, C, H, W].
  mutating func finish(image: Int, _ node: Node) throws(Diagnostic) {
    finish(try transposed(image, [0, 3, 1, 2], node), node)
  }

  /// The node's first output is that tensor.
  mutating func finish(_ tensor: Int, _ node: Node) { define(.computed(tensor), node) }

  /// The node's first output is that value.
  mutating func define(_ value: Value, _ node: Node) {
    if let name = node.outputs.first, !name.isEmpty { values[name] = value }
  }
}
