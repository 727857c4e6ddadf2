import Models
import Support

/// Operators that move elements, or do nothing at inference.
extension Importer {
  mutating func identity(_ node: Node) throws(Diagnostic) {
    define(try value(node, 0, "data"), node)
  }

  mutating func dropout(_ node: Node) throws(Diagnostic) {
    if node.input(2) != nil, try integers(node, 2, "training mode") != [0] {
      throw node.unsupported(
        "it is in training mode",
        remedy: "Export the model for inference: model.eval() before torch.onnx.export.")
    }
    try identity(node)
  }

  mutating func flatten(_ node: Node) throws(Diagnostic) {
    let data = try computed(node, 0)
    let sizes = shape(data)
    let axis = try node.int("axis", default: 1)
    // The axis may stand behind the last dimension.
    let place = axis == sizes.count ? axis : try resolved(axis, rank: sizes.count, node)
    guard let rows = CheckedArithmetic.product(Array(sizes[..<place])),
      let columns = CheckedArithmetic.product(Array(sizes[place...]))
    else { throw node.failure("overflow", "the shape is too large") }
    finish(try reshaped(data, to: [rows, columns], node), node)
  }

  mutating func reshape(_ node: Node) throws(Diagnostic) {
    var target = try integers(node, 1, "shape")
    let sizes = try shape(of: try value(node, 0, "data"))
    let keepsZero = node.opset >= 14 ? try node.flag("allowzero") : false
    for position in target.indices where target[position] == 0 && !keepsZero {
      guard sizes.indices.contains(position) else {
        throw node.failure("shape", "size \(position) is to be kept, and there is none")
      }
      target[position] = sizes[position]
    }
    let known = target.filter { $0 != -1 }
    guard target.count - known.count <= 1, let count = CheckedArithmetic.product(sizes),
      let product = CheckedArithmetic.product(known), product > 0 || target == known,
      target == known ? product == count : count % product == 0
    else {
      throw node.failure(
        "shape-mismatch",
        "\(TensorCheck.text(sizes)) cannot become \(target): the numbers of elements differ",
        remedy: "Export the model with fixed input shapes and a batch of 1.")
    }
    try view(node, as: target.map { $0 == -1 ? count / product : $0 })
  }

  mutating func squeeze(_ node: Node) throws(Diagnostic) {
    let sizes = try shape(of: try value(node, 0, "data"))
    let stated = try axes(node, since: 13)
    let axes =
      try stated.map { (axes) throws(Diagnostic) in
        try resolved(axes, rank: sizes.count, node)
      } ?? sizes.indices.filter { sizes[$0] == 1 }
    for axis in axes where sizes[axis] != 1 {
      throw node.failure("shape", "size \(axis) is \(sizes[axis]); only sizes of 1 can be removed")
    }
    let removed = Set(axes)
    try view(node, as: sizes.indices.filter { !removed.contains($0) }.map { sizes[$0] })
  }

  mutating func unsqueeze(_ node: Node) throws(Diagnostic) {
    let sizes = try shape(of: try value(node, 0, "data"))
    guard let stated = try axes(node, since: 13) else {
      throw node.failure("attribute", "the axes are missing")
    }
    var rest = sizes[...]
    let rank = sizes.count + stated.count
    let added = Set(try resolved(stated, rank: rank, node))
    try view(node, as: (0..<rank).map { added.contains($0) ? 1 : rest.popFirst() ?? 1 })
  }

  mutating func transpose(_ node: Node) throws(Diagnostic) {
    let value = try value(node, 0, "data")
    let rank = try shape(of: value).count
    let order = try node.ints("perm") ?? Array((0..<rank).reversed())
    guard order.count == rank, order.sorted() == Array(0..<rank) else {
      throw node.failure(
        "attribute", "`perm` is \(Array(order.prefix(8))), no order of \(rank) dimensions")
    }
    switch value {
    case .floats(let tensor):
      try spend(tensor.constant?.count ?? 0, node)
      var result = ConstantOrder.transposed(tensor, order)
      result.name = node.outputs.first ?? ""
      define(.floats(result), node)
    default: finish(try transposed(try computed(node, 0), order, node), node)
    }
  }

  /// The same elements in another shape.
  private mutating func view(_ node: Node, as target: [Int]) throws(Diagnostic) {
    guard target.count <= Self.largestRank else {
      throw node.failure("shape", "the output has \(target.count) dimensions")
    }
    switch try value(node, 0, "data") {
    case .computed(let index): finish(try reshaped(index, to: target, node), node)
    case .integers(let list, _): define(.integers(list, shape: target), node)
    case .floats(var tensor):
      tensor.shape = target
      tensor.name = node.outputs.first ?? ""
      define(.floats(tensor), node)
    case .unusable: break  // `value` threw.
    }
  }

  func shape(of value: Value) throws(Diagnostic) -> [Int] {
    switch value {
    case .computed(let index): shape(index)
    case .floats(let tensor): tensor.shape
    case .integers(_, let shape): shape
    case .unusable: []
    }
  }
}
