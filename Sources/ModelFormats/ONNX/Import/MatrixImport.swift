import Models
import Support

/// Products with a constant matrix, which are FULLY_CONNECTED: weights [out, in].
extension Importer {
  /// Gemm: alpha A B + beta C (https://onnx.ai/onnx/operators/onnx__Gemm.html).
  mutating func gemm(_ node: Node) throws(Diagnostic) {
    var data = try computed(node, 0, "A")
    guard shape(data).count == 2 else {
      throw node.failure("shape", "A is \(TensorCheck.text(shape(data))), no matrix")
    }
    if try node.flag("transA") { data = try transposed(data, [1, 0], node, suffix: "/a") }
    let matrix = try matrix(node)
    let alpha = try node.float("alpha", default: 1)
    let weights = try placeWeights(
      matrix, isTransposed: try node.flag("transB"), scale: alpha, node)
    let outputs = shape(weights)[0]
    try checkInner(data, weights, node)
    let beta = try node.float("beta", default: 1)
    let addend = node.input(2) == nil || beta == 0 ? nil : try value(node, 2, "C")
    if case .floats(let tensor)? = addend, isBias(tensor, outputs) {
      let bias = try placeBias(tensor, outputs, scale: beta, node)
      return finish(try product([data, weights, bias], node), node)
    }
    guard let addend else { return finish(try product([data, weights], node), node) }
    let product = try product([data, weights], node, suffix: "/product")
    let term: Int
    switch addend {
    case .floats(let tensor): term = try placeScaled(tensor, by: beta, node)
    case .computed(let index) where beta == 1: term = index
    default:
      throw node.unsupported(
        "C is computed, and beta is \(beta)", remedy: "Export the model with beta 1.")
    }
    let sum = try append(.add, .activation(.none), [product, term], node)
    guard shape(sum) == shape(product) else {
      throw node.failure(
        "shape-mismatch", "C is \(TensorCheck.text(shape(term))), more than the product")
    }
    finish(sum, node)
  }

  mutating func matrixProduct(_ node: Node) throws(Diagnostic) {
    guard case .computed(let data) = try value(node, 0, "first operand") else {
      throw node.unsupported(
        "the first operand is a constant; the weights must be the second",
        remedy: "Write the product as x W, with W transposed.")
    }
    let weights = try placeWeights(try matrix(node), isTransposed: false, scale: 1, node)
    try checkInner(data, weights, node)
    finish(
      try product([data, weights], keepsDimensions: shape(data).count != 2, node), node)
  }

  private func matrix(_ node: Node) throws(Diagnostic) -> Tensor {
    guard case .floats(let tensor) = try value(node, 1, "second operand") else {
      throw node.unsupported(
        "the second operand is computed; only constant weights are read",
        remedy: "Products of two computed tensors, as in attention, are not supported.")
    }
    guard tensor.shape.count == 2, tensor.shape.allSatisfy({ $0 > 0 }) else {
      throw node.unsupported(
        "the second operand is \(TensorCheck.text(tensor.shape)), no matrix",
        remedy: "Reshape the weights to two dimensions.")
    }
    return tensor
  }

  private func checkInner(_ data: Int, _ weights: Int, _ node: Node) throws(Diagnostic) {
    guard shape(data).last == shape(weights)[1] else {
      throw node.failure(
        "shape-mismatch",
        "rows of \(shape(data).last ?? 0) numbers meet columns of "
          + "\(shape(weights)[1])")
    }
  }

  private mutating func product(
    _ inputs: [Int?], keepsDimensions: Bool = false, _ node: Node, suffix: String = ""
  ) throws(Diagnostic) -> Int {
    try append(
      .fullyConnected,
      .fullyConnected(.none, keepsDimensions: keepsDimensions, hasShuffledWeights: false),
      inputs, node, suffix: suffix)
  }

  private mutating func placeWeights(
    _ matrix: Tensor, isTransposed: Bool, scale: Float, _ node: Node
  ) throws(Diagnostic) -> Int {
    if scale == 1 {
      return isTransposed ? try place(matrix, node) : try placeTransposed(matrix, [1, 0], node)
    }
    let form = "times \(scale.bitPattern)" + (isTransposed ? "" : " transposed")
    return try place(ConstantKey(name: matrix.name, form: form), node) {
      let ordered = isTransposed ? matrix : ConstantOrder.transposed(matrix, [1, 0])
      return ordered.mapped { $0 * scale }
    }
  }

  /// One number for each output, whatever the row.
  private func isBias(_ tensor: Tensor, _ outputs: Int) -> Bool {
    tensor.shape.count <= 2 && tensor.shape.dropLast().allSatisfy { $0 == 1 }
      && [1, outputs].contains(tensor.shape.last ?? 1)
  }

  private mutating func placeBias(
    _ tensor: Tensor, _ outputs: Int, scale: Float, _ node: Node
  ) throws(Diagnostic) -> Int {
    if scale == 1, tensor.shape == [outputs] { return try place(tensor, node) }
    let form = "bias \(outputs) times \(scale.bitPattern)"
    return try place(ConstantKey(name: tensor.name, form: form), node) {
      let values = (tensor.floatValues ?? []).map { scale == 1 ? $0 : $0 * scale }
      let all = values.count == outputs ? values : Array(repeating: values[0], count: outputs)
      return .floats(all, shape: [outputs], name: tensor.name)
    }
  }

  private mutating func placeScaled(
    _ tensor: Tensor, by scale: Float, _ node: Node
  ) throws(Diagnostic) -> Int {
    if scale == 1 { return try place(tensor, node) }
    return try place(ConstantKey(name: tensor.name, form: "times \(scale.bitPattern)"), node) {
      tensor.mapped { $0 * scale }
    }
  }
}

extension Tensor {
  /// A float32 constant with another value for each.
  func mapped(_ change: (Float) -> Float) -> Tensor {
    .floats((floatValues ?? []).map(change), shape: shape, name: name)
  }
}
