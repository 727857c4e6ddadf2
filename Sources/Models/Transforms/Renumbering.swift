import Support

/// Puts tensors in the order of their use: inputs of the graph, then for each operator what it reads
/// first, then what it writes. Tensors that nobody uses go.
public enum Renumbering {
  /// Gives the number of tensors that moved or went.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    _ = try DraftIndex(draft)
    var isPlaced = Array(repeating: false, count: draft.tensors.count)
    var order: [Int] = []
    order.reserveCapacity(draft.tensors.count)
    func place(_ tensor: Int) {
      guard !isPlaced[tensor] else { return }
      isPlaced[tensor] = true
      order.append(tensor)
    }
    for tensor in draft.inputs { place(tensor) }
    for each in draft.operators {
      for case let tensor? in each.inputs { place(tensor) }
      for tensor in each.outputs { place(tensor) }
    }
    for tensor in draft.outputs { place(tensor) }
    let moved = order.enumerated().count { $0.offset != $0.element }
    let changes = moved + draft.tensors.count - order.count
    if changes > 0 { draft.keep(order) }
    return changes
  }
}
