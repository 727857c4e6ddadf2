import Models
import Support

/// Windows without weights, and means.
extension Importer {
  mutating func maxPool(_ node: Node) throws(Diagnostic) {
    let image = try imageInput(node)
    let window = try poolingWindow(node, image)
    if case .explicit = window.border, !isNonNegative(image) {
      throw node.unsupported(
        "the pads are not those of TFLite's SAME, and zeros around the image would change the "
          + "largest element, as it may be negative",
        remedy: "Put the pooling behind Relu, or choose pads of 0 or auto_pad SAME_UPPER.")
    }
    try pool(.maxPool2D, image, window, window.border, node)
  }

  mutating func averagePool(_ node: Node) throws(Diagnostic) {
    let image = try imageInput(node)
    let window = try poolingWindow(node, image)
    if try node.flag("count_include_pad") {
      return try pool(.averagePool2D, image, window, window.explicitBorder, node)
    }
    if case .explicit = window.border {
      throw node.unsupported(
        "the pads are not those of TFLite's SAME, and the mean leaves them out",
        remedy: "Choose pads of 0, count_include_pad=True, or auto_pad SAME_UPPER.")
    }
    try pool(.averagePool2D, image, window, window.border, node)
  }

  mutating func globalMaxPool(_ node: Node) throws(Diagnostic) {
    let image = try imageInput(node)
    let one = Extent(height: 1, width: 1)
    let size = Extent(height: shape(image)[1], width: shape(image)[2])
    let window = Window(padding: .valid, stride: one, size: size)
    try finish(
      image: try append(.maxPool2D, .pooling(window, .none), [image], node, suffix: "/nhwc"), node)
  }

  mutating func globalAveragePool(_ node: Node) throws(Diagnostic) {
    let image = try imageInput(node)
    try finish(image: try mean(image, [1, 2], keepsDimensions: true, node, "/nhwc"), node)
  }

  mutating func reduceMean(_ node: Node) throws(Diagnostic) {
    let data = try computed(node, 0)
    let rank = shape(data).count
    let stated = try axes(node, since: 18) ?? []
    if stated.isEmpty, try node.flag("noop_with_empty_axes") { return finish(data, node) }
    let axes = stated.isEmpty ? Array(0..<rank) : try resolved(stated, rank: rank, node)
    let keeps = try node.flag("keepdims", default: true)
    guard rank == 4, axes == [2, 3] else {
      return finish(try mean(data, axes, keepsDimensions: keeps, node), node)
    }
    let image = try image(data, node)
    if keeps {
      try finish(image: try mean(image, [1, 2], keepsDimensions: true, node, "/nhwc"), node)
    } else {
      finish(try mean(image, [1, 2], keepsDimensions: false, node), node)
    }
  }

  private mutating func mean(
    _ tensor: Int, _ axes: [Int], keepsDimensions: Bool, _ node: Node, _ suffix: String = ""
  ) throws(Diagnostic) -> Int {
    try append(
      .mean, .reducer(keepsDimensions: keepsDimensions), [tensor, try list(axes, node)], node,
      suffix: suffix)
  }

  private func poolingWindow(_ node: Node, _ image: Int) throws(Diagnostic) -> NodeWindow {
    let window = try NodeWindow(node, image: shape(image), size: nil)
    guard window.dilation == Extent(height: 1, width: 1) else {
      throw node.unsupported(
        "the window is dilated, which TFLite's pooling cannot be",
        remedy: "Pool with dilations of 1.")
    }
    return window
  }

  private mutating func pool(
    _ kind: OperatorKind, _ image: Int, _ window: NodeWindow, _ border: Border, _ node: Node
  ) throws(Diagnostic) {
    let padded = try padded(image, border, node)
    let attributes = Attributes.pooling(window.window(border, isPooling: true), .none)
    try finish(image: try append(kind, attributes, [padded], node, suffix: "/nhwc"), node)
  }
}

/// Axes, which count from the end where they are negative.
extension Importer {
  /// An attribute, or the second input since that opset; nil where neither is there.
  func axes(_ node: Node, since opset: Int) throws(Diagnostic) -> [Int]? {
    guard node.opset >= opset else {
      guard node.inputs.count == 1 else {
        throw node.failure("operands", "axes are an attribute before opset \(opset), no input")
      }
      return try node.ints("axes")
    }
    guard !node.has("axes") else {
      throw node.failure("attribute", "`axes` is an input since opset \(opset), no attribute")
    }
    return node.input(1) == nil ? nil : try integers(node, 1, "axes")
  }

  /// The axes of `rank` dimensions, ascending.
  func resolved(_ axes: [Int], rank: Int, _ node: Node) throws(Diagnostic) -> [Int] {
    var result: Set<Int> = []
    for axis in axes.prefix(2 * Self.largestRank) {
      result.insert(try resolved(axis, rank: rank, node))
    }
    guard result.count == axes.count else {
      throw node.failure("attribute", "an axis is there twice")
    }
    return result.sorted()
  }

  func resolved(_ axis: Int, rank: Int, _ node: Node) throws(Diagnostic) -> Int {
    guard axis >= -rank, axis < rank else {
      throw node.failure("attribute", "the axis \(axis) is none of \(rank) dimensions")
    }
    return axis < 0 ? axis + rank : axis
  }
}
