import Models
import Support

/// Arithmetic on shapes, which exporters write where sizes are known anyway: done at import.
extension Importer {
  /// Lists of sizes are short; a bound, as Concat can double a list again and again.
  static let longestList = 64

  mutating func constant(_ node: Node) throws(Diagnostic) {
    let name = node.outputs.first ?? ""
    if let proto = try node.tensor("value") {
      do throws(Diagnostic) {
        define(try decode(proto, name: name), node)
      } catch {
        throw node.located(error)
      }
    } else if node.has("value_float") {
      define(
        .floats(.floats([try node.float("value_float", default: 0)], shape: [], name: name)), node)
    } else if let values = try node.floats("value_floats") {
      define(.floats(.floats(values, shape: [values.count], name: name)), node)
    } else if node.has("value_int") {
      define(.integers([try node.int("value_int", default: 0)], shape: []), node)
    } else if let values = try node.ints("value_ints") {
      define(.integers(values, shape: [values.count]), node)
    } else {
      throw node.failure("attribute", "the constant has no value")
    }
  }

  /// Shape: the sizes as a list; a part of them since opset 15.
  mutating func shapeAsValue(_ node: Node) throws(Diagnostic) {
    let sizes = try shape(of: try value(node, 0, "data"))
    let start = try bound(try node.int("start", default: 0), of: sizes.count)
    let end = try bound(try node.int("end", default: sizes.count), of: sizes.count)
    let part = start < end ? Array(sizes[start..<end]) : []
    define(.integers(part, shape: [part.count]), node)
  }

  mutating func gather(_ node: Node) throws(Diagnostic) {
    let list = try integers(node, 0, "data", limit: Self.longestList)
    guard case .integers(let indices, let shape) = try value(node, 1, "indices"),
      shape.count <= 1, indices.count <= Self.longestList,
      [0, -1].contains(try node.int("axis", default: 0))
    else { throw unfolded(node) }
    var result: [Int] = []
    for index in indices { result.append(list[try resolved(index, rank: list.count, node)]) }
    define(.integers(result, shape: shape), node)
  }

  mutating func concat(_ node: Node) throws(Diagnostic) {
    guard [0, -1].contains(try node.int("axis", default: 0)) else { throw unfolded(node) }
    var result: [Int] = []
    for position in node.inputs.indices {
      result += try integers(node, position, "list", limit: Self.longestList)
      guard result.count <= Self.longestList else { throw unfolded(node) }
    }
    define(.integers(result, shape: [result.count]), node)
  }

  /// Bounds are attributes up to opset 9, inputs from 10.
  mutating func slice(_ node: Node) throws(Diagnostic) {
    let list = try integers(node, 0, "data", limit: Self.longestList)
    var (starts, ends, axes, steps) = ([0], [0], [0], [1])
    if node.opset < 10 {
      starts = try node.ints("starts") ?? []
      ends = try node.ints("ends") ?? []
      axes = try node.ints("axes") ?? axes
    } else {
      starts = try integers(node, 1, "starts")
      ends = try integers(node, 2, "ends")
      if node.input(3) != nil { axes = try integers(node, 3, "axes") }
      if node.input(4) != nil { steps = try integers(node, 4, "steps") }
    }
    guard starts.count == 1, ends.count == 1, axes == [0] || axes == [-1], steps == [1] else {
      throw unfolded(node)
    }
    let start = try bound(starts[0], of: list.count)
    let end = try bound(ends[0], of: list.count)
    let part = start < end ? Array(list[start..<end]) : []
    define(.integers(part, shape: [part.count]), node)
  }

  /// Between integer types, or from float to float.
  mutating func cast(_ node: Node) throws(Diagnostic) {
    let value = try value(node, 0, "data")
    let target = ONNXTensorProto.DataType(rawValue: try node.int("to", default: 0))
    switch (value, target) {
    case (.integers, .int32?), (.integers, .int64?), (.floats, .float?), (.computed, .float?):
      define(value, node)
    default:
      throw node.unsupported(
        "a cast to \(target.map { "\($0)" } ?? "an unknown type") is not read",
        remedy: "Export the model in float32 from input to output.")
    }
  }

  /// A position that may count from the end, within the list.
  private func bound(_ position: Int, of count: Int) throws(Diagnostic) -> Int {
    min(max(position < 0 ? position + count : position, 0), count)
  }

  private func unfolded(_ node: Node) -> Diagnostic {
    node.unsupported(
      "of this operator only what computes a shape from fixed sizes is read, not what works on data",
      remedy: "Export the model with fixed input shapes, or run onnxsim.")
  }
}
