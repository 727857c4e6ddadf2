import Support

/// What must hold between the shapes of an operator, so that MACs follow from them.
enum WindowCheck {
  /// Strides, dilations and sizes are 1 or more.
  static func check(_ window: Window) throws(Diagnostic) {
    for extent in [window.stride, window.dilation] + [window.size].compactMap({ $0 }) {
      for value in [extent.height, extent.width]
      where value < 1 || value > TensorCheck.largestSize {
        throw Diagnostic(
          "attributes", "a stride, dilation or window size is \(value); it must be 1 or more",
          remedy: "The file is damaged: convert the model again.")
      }
    }
  }

  /// CONV_2D: [N, H, W, C], [out, H, W, C / groups], [N, H', W', out].
  static func checkConvolution(
    _ window: Window, input: [Int], weights: [Int], output: [Int]
  ) throws(Diagnostic) {
    try checkImages(input, weights, output)
    let size = Extent(height: weights[1], width: weights[2])
    try checkPositions(window, size, input: input, output: output)
    guard output[3] == weights[0], input[3] % weights[3] == 0 else {
      throw mismatch([("input", input), ("weights", weights), ("output", output)], "channels")
    }
  }

  /// DEPTHWISE_CONV_2D: [N, H, W, C], [1, H, W, C x multiplier], [N, H', W', C x multiplier].
  static func checkDepthwise(
    _ window: Window, input: [Int], weights: [Int], output: [Int]
  ) throws(Diagnostic) {
    try checkImages(input, weights, output)
    let size = Extent(height: weights[1], width: weights[2])
    try checkPositions(window, size, input: input, output: output)
    guard weights[0] == 1, output[3] == weights[3], input[3] > 0, weights[3] % input[3] == 0 else {
      throw mismatch([("input", input), ("weights", weights), ("output", output)], "channels")
    }
  }

  /// Pooling: [N, H, W, C], [N, H', W', C].
  static func checkPooling(
    _ window: Window, input: [Int], output: [Int]
  ) throws(Diagnostic) {
    guard let size = window.size, input.count == 4, output.count == 4, input[3] == output[3] else {
      throw mismatch([("input", input), ("output", output)], "channels or dimensions")
    }
    try checkPositions(window, size, input: input, output: output)
  }

  /// FULLY_CONNECTED: any shape of batch x in elements, [out, in], batch x out elements.
  static func checkFullyConnected(
    input: [Int], weights: [Int], output: [Int]
  ) throws(Diagnostic) {
    let shapes = [("input", input), ("weights", weights), ("output", output)]
    guard weights.count == 2, weights.allSatisfy({ $0 > 0 }),
      let given = CheckedArithmetic.product(input), let made = CheckedArithmetic.product(output)
    else { throw mismatch(shapes, "dimensions") }
    guard made % weights[0] == 0, given % weights[1] == 0, made / weights[0] == given / weights[1]
    else { throw mismatch(shapes, "elements") }
  }

  private static func checkImages(
    _ input: [Int], _ weights: [Int], _ output: [Int]
  ) throws(Diagnostic) {
    guard [input, weights, output].allSatisfy({ $0.count == 4 }), weights.allSatisfy({ $0 > 0 })
    else {
      throw mismatch([("input", input), ("weights", weights), ("output", output)], "dimensions")
    }
  }

  private static func checkPositions(
    _ window: Window, _ size: Extent, input: [Int], output: [Int]
  ) throws(Diagnostic) {
    guard let axes = window.axes(over: input, size: size) else {
      throw mismatch([("input", input), ("output", output)], "sizes")
    }
    let height = axes.height.positions(window.padding)
    let width = axes.width.positions(window.padding)
    guard output[0] == input[0], output[1] == height, output[2] == width else {
      throw Diagnostic(
        "shape-mismatch",
        "the output is \(TensorCheck.text(output)); from the input \(TensorCheck.text(input)), "
          + "window, stride and padding follow \(input[0])x\(height)x\(width)",
        remedy: "Convert the model with fixed input shapes.")
    }
  }

  private static func mismatch(_ shapes: [(name: String, shape: [Int])], _ what: String)
    -> Diagnostic
  {
    let list = shapes.map { "\($0.name) \(TensorCheck.text($0.shape))" }.joined(separator: ", ")
    return Diagnostic(
      "shape-mismatch", "the \(what) do not agree: \(list)",
      remedy: "Convert the model with fixed input shapes.")
  }
}
