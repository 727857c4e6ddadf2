import Models
import Support

/// Turns the nodes of a file into operators of a draft, one after the other.
struct Importer {
  /// TFLite's kernels take fewer; more dimensions are a sign of damage.
  static let largestRank = 8

  var draft: GraphDraft
  /// By the name in the file.
  var values: [String: Value] = [:]
  var remarks = Remarks()
  /// Positions of constants in the draft, so that each form is there once.
  var placed: [ConstantKey: Int] = [:]
  /// By tensor in [N, C, H, W]: the same in [N, H, W, C].
  var images: [Int: Int] = [:]
  /// Tensors without negative values, as far as known.
  var nonNegative: Set<Int> = []
  /// Bytes that constants may still take.
  var allowance: Int

  /// `allowance` is in bytes.
  init(name: String, allowance: Int) {
    draft = GraphDraft(name: name)
    self.allowance = allowance
  }
}

/// What a node is given.
extension Importer {
  func value(_ node: Node, _ position: Int, _ what: String) throws(Diagnostic) -> Value {
    guard let name = node.input(position) else {
      throw node.failure("operands", "the \(what), input \(position), is missing")
    }
    guard let value = values[name] else {
      throw node.failure("data-flow", "the \(what) is `\(printable(name))`, which nothing gives")
    }
    if case .unusable(let reason) = value {
      throw node.unsupported(
        "the \(what) is `\(printable(name))`: \(reason)",
        remedy: "Export the model in float32, for inference only.")
    }
    return value
  }

  /// The position of a tensor that is computed or given.
  func computed(
    _ node: Node, _ position: Int, _ what: String = "data"
  ) throws(Diagnostic) -> Int {
    guard case .computed(let index) = try value(node, position, what) else {
      throw node.unsupported(
        "the \(what), input \(position), is a constant, so the result is one too",
        remedy: "Fold constants before: export with constant folding, or run onnxsim.")
    }
    return index
  }

  /// A float32 constant.
  func floats(
    _ node: Node, _ position: Int, _ what: String
  ) throws(Diagnostic) -> Tensor {
    guard case .floats(let tensor) = try value(node, position, what) else {
      throw node.unsupported(
        "the \(what), input \(position), is no float constant",
        remedy: "Export the model for inference, with its weights as initializers.")
    }
    return tensor
  }

  /// An integer constant of one dimension, or a scalar, of at most `limit` elements.
  func integers(
    _ node: Node, _ position: Int, _ what: String, limit: Int = largestRank
  ) throws(Diagnostic) -> [Int] {
    guard case .integers(let list, let shape) = try value(node, position, what), shape.count <= 1
    else {
      throw node.unsupported(
        "the \(what), input \(position), is no list of integer constants",
        remedy: "Export the model with fixed input shapes, or run onnxsim.")
    }
    guard list.count <= limit else {
      throw node.failure(
        "shape", "the \(what), input \(position), has \(list.count) numbers; up to \(limit) fit")
    }
    return list
  }

  /// The position of a tensor, constant or not.
  mutating func operand(
    _ node: Node, _ position: Int, _ what: String
  ) throws(Diagnostic) -> Int {
    switch try value(node, position, what) {
    case .computed(let index): return index
    case .floats(let tensor): return try place(tensor, node)
    case .integers, .unusable:
      throw node.unsupported(
        "the \(what), input \(position), is a list of integers; float32 is computed with",
        remedy: "Export the model with constant folding, or run onnxsim.")
    }
  }

  func shape(_ tensor: Int) -> [Int] { draft.tensors[tensor].shape }
}
