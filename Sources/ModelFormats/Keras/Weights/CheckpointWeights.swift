import Models
import Support

/// The arrays of a SavedModel: the checkpoint's graph of objects leads from the model over an edge to
/// the layer, and over one named `kernel` to the array's key.
struct CheckpointWeights: WeightSource {
  private let bundle: TensorBundle
  private let graph: Pico2Benchmark_SavedModel_TrackableObjectGraph
  private let edges: [String: String]
  private let layers: [String: Int]

  init(_ bundle: TensorBundle, edges: [String: String]) throws(Diagnostic) {
    self.bundle = bundle
    self.edges = edges
    graph = try ProtoMessage.decode(
      Pico2Benchmark_SavedModel_TrackableObjectGraph.self,
      try bundle.text("_CHECKPOINTABLE_OBJECT_GRAPH"), "the checkpoint's graph of objects")
    layers = Dictionary(
      (graph.nodes.first?.children ?? []).map { ($0.localName, Int($0.nodeID)) },
      uniquingKeysWith: { first, _ in first })
  }

  func arrays(of layer: String) throws(Diagnostic) -> [String: WeightArray] {
    guard let edge = edges[layer], let index = layers[edge], graph.nodes.indices.contains(index)
    else { return [:] }
    var result: [String: WeightArray] = [:]
    for child in graph.nodes[index].children {
      let place = Int(child.nodeID)
      guard graph.nodes.indices.contains(place),
        let value = graph.nodes[place].attributes.first(where: { $0.name == "VARIABLE_VALUE" }),
        result[child.localName] == nil
      else { continue }
      result[child.localName] = try bundle.array(value.checkpointKey)
    }
    return result
  }
}
