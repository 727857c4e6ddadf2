import Models
import Support

/// Convolutions over height and width.
extension Importer {
  /// Conv: weights [out, in / group, H, W].
  mutating func convolution(_ node: Node) throws(Diagnostic) {
    let image = try imageInput(node)
    let weights = try floats(node, 1, "weights")
    guard weights.shape.count == 4, weights.shape.allSatisfy({ $0 > 0 }) else {
      throw node.failure("shape", "the weights are \(TensorCheck.text(weights.shape)), not OIHW")
    }
    let channels = shape(image)[3]
    let (outputs, perGroup) = (weights.shape[0], weights.shape[1])
    let groups = try node.int("group", default: 1)
    guard groups >= 1, perGroup <= channels, groups == channels / perGroup,
      channels % perGroup == 0, outputs % groups == 0
    else {
      throw node.failure(
        "shape-mismatch",
        "\(groups) groups of \(perGroup) input channels and \(outputs) output "
          + "channels do not fit \(channels) channels of the input")
    }
    let size = Extent(height: weights.shape[2], width: weights.shape[3])
    let window = try NodeWindow(node, image: shape(image), size: size)
    let padded = try padded(image, window.border, node)
    let isDepthwise = groups == channels && groups > 1
    // To [out, H, W, in], or to [1, H, W, out].
    let order = isDepthwise ? [1, 2, 3, 0] : [0, 2, 3, 1]
    var inputs: [Int?] = [padded, try placeTransposed(weights, order, node)]
    if let bias = try bias(node, count: outputs) { inputs.append(bias) }
    let output =
      isDepthwise
      ? try append(
        .depthwiseConv2D,
        .depthwise(window.window(window.border), depthMultiplier: outputs / groups, .none), inputs,
        node,
        suffix: "/nhwc")
      : try append(
        .conv2D, .convolution(window.window(window.border), .none), inputs, node, suffix: "/nhwc")
    try finish(image: output, node)
  }

  private mutating func bias(_ node: Node, count: Int) throws(Diagnostic) -> Int? {
    guard node.input(2) != nil else { return nil }
    let bias = try floats(node, 2, "bias")
    guard bias.shape == [count] else {
      throw node.failure(
        "shape-mismatch", "the bias is \(TensorCheck.text(bias.shape)); \(count) numbers are needed"
      )
    }
    return try place(bias, node)
  }

  /// Zeros around an image, where TFLite's windows cannot put them there.
  mutating func padded(
    _ image: Int, _ border: Border, _ node: Node
  ) throws(Diagnostic) -> Int {
    guard case .explicit(let vertical, let horizontal) = border else { return image }
    let paddings = [
      0, 0, vertical.before, vertical.after, horizontal.before, horizontal.after, 0, 0,
    ]
    return try append(
      .pad, .plain, [image, try list(paddings, shape: [4, 2], node)], node, suffix: "/padded")
  }

  /// The position of a constant with its dimensions in another order.
  mutating func placeTransposed(
    _ tensor: Tensor, _ order: [Int], _ node: Node
  ) throws(Diagnostic) -> Int {
    try place(ConstantKey(name: tensor.name, form: "transposed \(order)"), node) {
      ConstantOrder.transposed(tensor, order)
    }
  }
}
