import Models
import Support

/// What a graph must be before it is written.
enum ExportCheck {
  static func check(_ graph: Graph) throws(Diagnostic) {
    guard !graph.operators.isEmpty, !graph.inputs.isEmpty, !graph.outputs.isEmpty else {
      throw Diagnostic(
        "empty", "the graph has no operators, no input or no output",
        remedy: "Give a model that computes something.")
    }
    try checkKinds(graph)
    for (position, each) in graph.operators.enumerated() {
      for index in each.inputs.compactMap({ $0 }) + each.outputs {
        let tensor = graph.tensors[index]
        let isList =
          takesList.contains(each.kind) && tensor.constant != nil && tensor.elementType == .int32
        guard tensor.elementType == .float32 || isList, tensor.quantization == nil else {
          let isInt8 = tensor.elementType == .int8 || tensor.quantization != nil
          throw Diagnostic(
            "element-type",
            isInt8
              ? "the graph is quantized: a tensor is \(tensor.elementType.name); float32 is written"
              : "a tensor is \(tensor.elementType.name); float32 is written",
            remedy: "Write the float32 graph from before quantization.",
            place: Place(
              operatorIndex: position, operatorKind: each.kind.name, tensorIndex: index)
          ).named(tensor.name)
        }
        guard !tensor.isVariable, !tensor.isSparse else {
          throw Diagnostic(
            "unsupported", "a tensor is sparse, or keeps its value between inferences",
            remedy: "Give a model without state, with dense weights.",
            place: Place(operatorIndex: position, tensorIndex: index))
        }
      }
    }
  }

  /// Their second input is a list of int32.
  private static let takesList: Set<OperatorKind> = [.mean, .pad, .reshape, .transpose]

  private static func checkKinds(_ graph: Graph) throws(Diagnostic) {
    let isWritten = { (each: Operator) in Exporter.kinds.contains(each.kind) }
    guard let first = graph.operators.firstIndex(where: { !isWritten($0) }) else { return }
    let others = Set(graph.operators.filter { !isWritten($0) }.map { printable($0.kind.name) })
    let isInt8 = others.contains("QUANTIZE") || others.contains("DEQUANTIZE")
    throw Diagnostic(
      "unsupported-operators",
      "these operators are not written: " + others.sorted().prefix(20).joined(separator: ", "),
      remedy: isInt8
        ? "The graph is quantized: write the float32 graph from before."
        : "Written are " + Exporter.kinds.map(\.name).sorted().joined(separator: ", ") + ".",
      place: Place(
        operatorIndex: first, operatorKind: printable(graph.operators[first].kind.name)))
  }
}
