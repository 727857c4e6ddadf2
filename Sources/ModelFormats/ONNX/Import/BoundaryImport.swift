import Models
import Support

/// What the graph is given and what it gives.
extension Importer {
  mutating func addInputs(_ graph: ONNXGraphProto) throws(Diagnostic) {
    let constants = Set(graph.initializer.map(\.name))
    // Up to IR version 3, initializers stand in the list of inputs too.
    let given = graph.input.filter { !constants.contains($0.name) }
    guard !given.isEmpty else { throw Self.boundary("the graph has no input") }
    for input in given {
      guard !input.name.isEmpty, values[input.name] == nil else {
        throw Self.boundary(
          input.name.isEmpty
            ? "an input of the graph has no name"
            : "two inputs of the graph are called `\(printable(input.name))`")
      }
      let shape = try shape(of: input)
      values[input.name] = .computed(draft.addInput(input.name, shape: shape))
    }
  }

  private mutating func shape(of input: ONNXValueInfoProto) throws(Diagnostic) -> [Int] {
    let name = printable(input.name)
    let type = try Self.tensorType(input, "input")
    guard type.hasShape else {
      throw Self.boundary("the shape of the input `\(name)` is not stated")
    }
    guard type.shape.dim.count <= Self.largestRank else {
      throw Self.boundary("the input `\(name)` has \(type.shape.dim.count) dimensions")
    }
    var shape: [Int] = []
    for (position, dimension) in type.shape.dim.enumerated() {
      if let size = Self.fixedSize(dimension) {
        guard size <= TensorCheck.largestSize else {
          throw Self.boundary("dimension \(position) of the input `\(name)` is \(size)")
        }
        shape.append(size)
        continue
      }
      let label = printable(dimension.dimParam)
      guard position == 0 else {
        throw Diagnostic(
          "dynamic-shape",
          "dimension \(position) of the input `\(name)` is not fixed"
            + (label.isEmpty ? "" : " (`\(label)`)") + "; only the first, the batch, may be so",
          remedy: "Export the model with fixed sizes, or run onnxsim with --overwrite-input-shape.")
      }
      remarks.add(
        Diagnostic(
          "batch-size",
          "the first dimension of the input `\(name)` is not fixed"
            + (label.isEmpty ? "" : " (`\(label)`)") + "; it is taken as 1",
          remedy: "Export the model with a fixed first dimension for another batch size."))
      shape.append(1)
    }
    guard let count = CheckedArithmetic.product(shape), count <= Int.max / 8 else {
      throw Self.boundary("the input `\(name)` is too large: \(TensorCheck.text(shape))")
    }
    return shape
  }

  mutating func addOutputs(_ graph: ONNXGraphProto) throws(Diagnostic) {
    guard !graph.output.isEmpty else { throw Self.boundary("the graph has no output") }
    var named = Set(draft.inputs)
    for output in graph.output {
      let name = printable(output.name)
      guard let value = values[output.name] else {
        throw Self.boundary("the output `\(name)` of the graph is written by no node")
      }
      guard case .computed(let index) = value else {
        throw Self.boundary("the output `\(name)` of the graph does not depend on its inputs")
      }
      if output.hasType { try compare(output, with: draft.tensors[index].shape) }
      // An Identity before it leaves the name of what it passes on.
      if named.insert(index).inserted { draft.tensors[index].name = output.name }
      draft.outputs.append(index)
    }
  }

  private mutating func compare(
    _ output: ONNXValueInfoProto, with shape: [Int]
  ) throws(Diagnostic) {
    let type = try Self.tensorType(output, "output")
    guard type.hasShape else { return }
    let stated = type.shape.dim.map(Self.fixedSize)
    let agrees =
      stated.count == shape.count && zip(stated, shape).allSatisfy { $0 == nil || $0 == $1 }
    guard !agrees else { return }
    let text = stated.prefix(Self.largestRank).map { $0.map { "\($0)" } ?? "?" }
    remarks.add(
      Diagnostic(
        "output-shape",
        "the output `\(printable(output.name))` is stated as \(text.joined(separator: "x")); "
          + "from the operators follows \(TensorCheck.text(shape))",
        remedy: "The operators were trusted; export the model again for a file without doubts."))
  }

  /// nil where the size is a name, not stated, or below 1.
  private static func fixedSize(_ dimension: ONNXTensorShapeProto.Dimension) -> Int? {
    guard case .dimValue(let size) = dimension.value, size > 0 else { return nil }
    return Int(size)
  }

  private static func tensorType(
    _ value: ONNXValueInfoProto, _ what: String
  ) throws(Diagnostic) -> ONNXTypeProto.Tensor {
    guard case .tensorType(let type) = value.type.value else {
      throw boundary("the \(what) `\(printable(value.name))` is no tensor")
    }
    guard ONNXTensorProto.DataType(rawValue: Int(type.elemType)) == .float else {
      let name = ONNXTensorProto.DataType(rawValue: Int(type.elemType)).map { "\($0)" }
      throw Diagnostic(
        "element-type",
        "the \(what) `\(printable(value.name))` is \(name ?? "of type \(type.elemType)"), not float",
        remedy: "Export the model in float32; int8 is made from that by quantization.")
    }
    return type
  }

  private static func boundary(_ message: String) -> Diagnostic {
    Diagnostic(
      "graph-boundary", message, remedy: "Export the model again, with fixed input shapes.")
  }
}
