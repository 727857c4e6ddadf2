import Models
import Support

/// Zeros around a tensor.
extension Importer {
  /// Pads are an attribute up to opset 10, an input from 11; since 18 they may be of some axes only.
  mutating func pad(_ node: Node) throws(Diagnostic) {
    let data = try computed(node, 0)
    let mode = try node.text("mode", default: "constant")
    guard mode == "constant", try padValue(node) == 0 else {
      throw node.unsupported(
        mode == "constant"
          ? "the padding has another value than 0"
          : "the mode is '\(printable(mode))'; only constant padding is read",
        remedy: "Pad with zeros.")
    }
    let rank = shape(data).count
    let (before, after) = try sides(node, rank: rank)
    guard (before + after).contains(where: { $0 != 0 }) else { return finish(data, node) }
    guard rank == 4 else {
      return finish(try padded(data, before, after, Array(0..<rank), node), node)
    }
    let image = try image(data, node)
    try finish(image: try padded(image, before, after, [0, 2, 3, 1], node, "/nhwc"), node)
  }

  private mutating func padded(
    _ tensor: Int, _ before: [Int], _ after: [Int], _ order: [Int], _ node: Node,
    _ suffix: String = ""
  ) throws(Diagnostic) -> Int {
    let paddings = order.flatMap { [before[$0], after[$0]] }
    let list = try list(paddings, shape: [order.count, 2], node)
    return try append(.pad, .plain, [tensor, list], node, suffix: suffix)
  }

  private func padValue(_ node: Node) throws(Diagnostic) -> Float {
    guard node.opset >= 11 else { return try node.float("value", default: 0) }
    guard !node.has("value"), !node.has("pads") else {
      throw node.failure("attribute", "pads and value are inputs since opset 11, no attributes")
    }
    return node.input(2) == nil ? 0 : try scalar(node, 2, "value")
  }

  private func sides(
    _ node: Node, rank: Int
  ) throws(Diagnostic) -> (before: [Int], after: [Int]) {
    var axes = Array(0..<rank)
    if node.input(3) != nil {
      axes = []
      for axis in try integers(node, 3, "axes") {
        axes.append(try resolved(axis, rank: rank, node))
      }
    }
    let pads =
      node.opset >= 11
      ? try integers(node, 1, "pads", limit: 2 * Self.largestRank) : try node.ints("pads") ?? []
    guard pads.count == 2 * axes.count, Set(axes).count == axes.count else {
      throw node.failure(
        "shape", "there are \(pads.count) pads for \(axes.count) axes; two for each are needed")
    }
    guard pads.allSatisfy({ (0...TensorCheck.largestSize).contains($0) }) else {
      throw node.unsupported(
        "a pad is negative or too large: \(pads)",
        remedy: "Pads of 0 and more are read.")
    }
    var before = Array(repeating: 0, count: rank)
    var after = before
    for (position, axis) in axes.enumerated() {
      before[axis] = pads[position]
      after[axis] = pads[axes.count + position]
    }
    return (before, after)
  }
}
