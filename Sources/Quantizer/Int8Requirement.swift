import Models
import Support

extension Quantizer {
  /// Throws unless every operator of `graph` computes on int8, with int8 weights and int32 biases.
  ///
  /// QUANTIZE of an input and DEQUANTIZE to an output may touch float32. A model that was asked for
  /// as int8 and is not would spoil every comparison made with it.
  public static func requireInt8(_ graph: Graph) throws(Diagnostic) {
    let readers = GraphDraft(graph).readers
    for (index, each) in graph.operators.enumerated() {
      let place = Place(operatorIndex: index, operatorKind: each.kind.shownName)
      for (position, tensor) in each.inputs.enumerated() {
        guard let tensor else { continue }
        if each.kind == .quantize, graph.inputs.contains(tensor) { continue }
        let type = graph.tensors[tensor].elementType
        let isInteger = type == .int32 && graph.tensors[tensor].constant != nil && position > 0
        guard type == .int8 || isInteger else { throw notInt8(type, "input", tensor, place) }
      }
      for tensor in each.outputs {
        let isLast = graph.outputs.contains(tensor) && readers[tensor] == nil
        if each.kind == .dequantize, isLast { continue }
        let type = graph.tensors[tensor].elementType
        guard type == .int8 else { throw notInt8(type, "output", tensor, place) }
      }
    }
    let hasWeights = graph.costs.contains { !$0.weights.isEmpty }
    guard !hasWeights || graph.dtype == .int8 else {
      throw Diagnostic(
        "not-int8", "the model computes with \(graph.types), not with int8",
        remedy: "Keep the model in fp32, or report this model.")
    }
  }

  private static func notInt8(
    _ type: ElementType, _ what: String, _ tensor: Int, _ place: Place
  ) -> Diagnostic {
    var place = place
    place.tensorIndex = tensor
    return Diagnostic(
      "not-int8", "an \(what) is \(type.name), so the model would not be int8",
      remedy: "Keep the model in fp32, or leave the operator out of the model.", place: place)
  }
}
