import Support

/// Gives float32 convolutions without a bias one of zeros, which TensorFlow's converter writes and
/// some kernels expect. Those of the same size share it.
public enum BiasCompletion {
  /// Gives the number of biases added.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    _ = try DraftIndex(draft)
    var zeros: [Int: Int] = [:]
    var changes = 0
    for position in draft.operators.indices {
      let each = draft.operators[position]
      guard each.kind == .conv2D || each.kind == .depthwiseConv2D,
        each.inputs.count == 2 || (each.inputs.count == 3 && each.inputs[2] == nil),
        let weights = draft.constant(each, 1), weights.elementType == .float32,
        weights.constantWidth != nil, weights.shape.count == 4,
        let data = each.input(0), draft.tensors[data].elementType == .float32
      else { continue }
      let channels = each.kind == .conv2D ? weights.shape[0] : weights.shape[3]
      // A bias is never larger than the weights, which are there.
      guard weights.elementCount.map({ channels > 0 && channels <= $0 }) == true else { continue }
      let bias =
        zeros[channels]
        ?? draft.add(
          .floats(Array(repeating: 0, count: channels), shape: [channels], name: "zeros"))
      zeros[channels] = bias
      draft.operators[position].inputs = [each.inputs[0], each.inputs[1], bias]
      changes += 1
    }
    return changes
  }
}
