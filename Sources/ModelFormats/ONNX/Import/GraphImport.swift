import Models
import Support

/// From the whole file to the draft.
extension Importer {
  static func imported(
    _ model: ONNXModelProto, fileSize: Int
  ) throws(Diagnostic) -> ImportedDraft {
    guard model.hasGraph, !model.graph.node.isEmpty else {
      throw Diagnostic(
        "not-onnx", "there is no graph with nodes in it",
        remedy: "Name the .onnx file, or export the model again.")
    }
    guard model.irVersion >= 3 else {
      throw Diagnostic(
        "ir-version", "the file has IR version \(model.irVersion); 3 and later are read",
        remedy: "Convert it with onnx.version_converter.")
    }
    let opset = try opset(model)
    var nodes: [Node] = []
    nodes.reserveCapacity(model.graph.node.count)
    for (index, proto) in model.graph.node.enumerated() {
      nodes.append(try Node(proto, index: index, opset: opset))
    }
    try OperatorTable.check(model.graph.node)
    // A half in int32_data may take one byte of the file and four here, in two orders.
    var importer = Importer(name: model.graph.name, allowance: 8 * fileSize + (1 << 20))
    try importer.addInitializers(model.graph)
    try importer.addInputs(model.graph)
    try NameCheck.check(nodes, given: importer.values)
    for node in nodes { try OperatorTable.convert(node, &importer) }
    try importer.addOutputs(model.graph)
    return ImportedDraft(draft: importer.draft, remarks: importer.remarks.all)
  }

  private static func opset(_ model: ONNXModelProto) throws(Diagnostic) -> Int {
    let imports = model.opsetImport.filter { OperatorTable.isStandard(domain: $0.domain) }
    guard let version = imports.map(\.version).max() else {
      throw Diagnostic(
        "opset", "the file does not say which version of the ONNX operators it uses",
        remedy: "Export the model again, with opset 11 for example.")
    }
    guard ONNXReader.opsets.contains(Int(version)), imports.allSatisfy({ $0.version == version })
    else {
      throw Diagnostic(
        "opset",
        "the file uses opset \(version); \(ONNXReader.opsets.lowerBound) to "
          + "\(ONNXReader.opsets.upperBound) are read",
        remedy: "Export the model with one of these, as in torch.onnx.export(opset_version=11).")
    }
    return Int(version)
  }

  private mutating func addInitializers(_ graph: ONNXGraphProto) throws(Diagnostic) {
    guard graph.sparseInitializer.isEmpty else {
      throw Diagnostic(
        "sparse", "there are \(graph.sparseInitializer.count) sparse initializers",
        remedy: "Save the model with dense weights.")
    }
    for proto in graph.initializer {
      guard !proto.name.isEmpty, values[proto.name] == nil else {
        throw Diagnostic(
          "names",
          proto.name.isEmpty
            ? "an initializer has no name"
            : "two initializers are called `\(printable(proto.name))`",
          remedy: "The model is damaged: export it again.")
      }
      values[proto.name] = try decode(proto, name: proto.name)
    }
  }

  /// A constant, with a remark where its numbers were converted.
  mutating func decode(
    _ proto: ONNXTensorProto, name: String
  ) throws(Diagnostic) -> Value {
    var isConverted = false
    let value = try TensorDecoding(proto, name: name).value(isConverted: &isConverted)
    if isConverted {
      remarks.add(
        Diagnostic(
          "converted-constant",
          "the constant `\(printable(name))` is not float32 in the file and was converted",
          remedy: "Results may differ from those of other runtimes in the last digits."))
    }
    return value
  }
}
