import Models
import Support

/// Each value has one writer, and is written before it is read: ONNX wants nodes in the order of
/// execution (https://onnx.ai/onnx/repo-docs/IR.html, "Graphs").
enum NameCheck {
  static func check(_ nodes: [Node], given: [String: Value]) throws(Diagnostic) {
    var writers: [String: Int] = [:]
    for node in nodes {
      guard let first = node.outputs.first, !first.isEmpty else {
        throw node.failure("names", "the node has no output")
      }
      for name in node.outputs where !name.isEmpty {
        guard given[name] == nil else {
          throw node.failure(
            "data-flow",
            "the output `\(printable(name))` is an input of the graph or an initializer already")
        }
        if let other = writers.updateValue(node.index, forKey: name) {
          throw node.failure(
            "data-flow", "the output `\(printable(name))` is written by node \(other) already")
        }
      }
    }
    for node in nodes {
      for name in node.inputs where !name.isEmpty && given[name] == nil {
        guard let writer = writers[name] else {
          throw node.failure(
            "data-flow",
            "the input `\(printable(name))` is written by no node and is no input of "
              + "the graph")
        }
        guard writer < node.index else {
          throw node.failure(
            "data-flow",
            "the input `\(printable(name))` is written by node \(writer) (\(nodes[writer].kind)), "
              + "not before node \(node.index): the order is wrong or goes in a circle",
            remedy: "Nodes must stand in the order of execution: export the model again.")
        }
      }
    }
  }
}
