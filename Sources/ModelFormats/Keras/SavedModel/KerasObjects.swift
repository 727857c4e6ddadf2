import Models
import Support

/// The Keras objects of a SavedModel: 0 is the model, its children `layer-0`, `layer-1`, ... its layers
/// (keras/saving/legacy/saved_model).
struct KerasObjects {
  /// Configuration of the model, and of each object by its number.
  let model: JSON
  /// By name of the layer: the name of the edge from the model, as in `layer-3`.
  let edges: [String: String]

  /// `separate` is the contents of keras_metadata.pb, where TensorFlow 2.5 and later keep what was in
  /// the objects before.
  init(
    _ graph: Pico2Benchmark_SavedModel_SavedObjectGraph, separate: ArraySlice<UInt8>?
  ) throws(Diagnostic) {
    var metadata: [Int: String] = [:]
    for (index, node) in graph.nodes.enumerated()
    where node.userObject.identifier.hasPrefix("_tf_keras") && !node.userObject.metadata.isEmpty {
      metadata[index] = node.userObject.metadata
    }
    if let separate {
      let message = try ProtoMessage.decode(
        Pico2Benchmark_SavedModel_KerasMetadata.self, separate, "the Keras metadata")
      for node in message.nodes { metadata[Int(node.nodeID)] = node.metadata }
    }
    guard let root = graph.nodes.first, let text = metadata[0] else {
      throw Diagnostic(
        "saved-model-keras", "holds no Keras model: its first object has no Keras metadata",
        remedy: "Save it with Keras 2: model.save(FOLDER); or convert it to .tflite or ONNX.")
    }
    model = try JSONParser.parse(text, "the model's metadata")
    var edges: [String: String] = [:]
    for child in root.children where child.localName.hasPrefix("layer") {
      guard let text = metadata[Int(child.nodeID)] else { continue }
      let layer = try JSONParser.parse(text, "the metadata of `\(printable(child.localName))`")
      guard let name = layer["name"].text ?? layer["config"]["name"].text else { continue }
      // Layers with weights have a second edge, `layer_with_weights-0`, to the same object.
      if edges[name] == nil || child.localName.hasPrefix("layer-") { edges[name] = child.localName }
    }
    self.edges = edges
  }
}
