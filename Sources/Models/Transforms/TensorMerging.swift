/// Tensors that turn out to be one: each set has one that stays, which may be known outside.
struct TensorMerging {
  private var parents: [Int]
  /// Inputs, outputs and constants keep their place.
  private var isPinned: [Bool]
  /// What a variable holds changes while others keep their value.
  private let isVariable: [Bool]

  init(_ draft: GraphDraft, _ index: DraftIndex) {
    parents = Array(draft.tensors.indices)
    isPinned = draft.tensors.indices.map {
      index.isInput[$0] || index.isOutput[$0] || draft.tensors[$0].constant != nil
    }
    isVariable = draft.tensors.map(\.isVariable)
  }

  /// The tensor that stays for `tensor`.
  mutating func survivor(_ tensor: Int) -> Int {
    var root = tensor
    while parents[root] != root { root = parents[root] }
    var next = tensor
    while parents[next] != root {
      (next, parents[next]) = (parents[next], root)
    }
    return root
  }

  /// Makes both one; false where both must stay. The caller drops the operator between them.
  mutating func merge(_ first: Int, _ second: Int) -> Bool {
    let (a, b) = (survivor(first), survivor(second))
    guard a != b, !isVariable[a], !isVariable[b], !(isPinned[a] && isPinned[b]) else {
      return false
    }
    if isPinned[b] { parents[a] = b } else { parents[b] = a }
    return true
  }

  /// Writes the survivors into the operators of `draft`.
  mutating func rewrite(_ draft: inout GraphDraft) {
    for position in draft.operators.indices {
      for (place, tensor) in draft.operators[position].inputs.enumerated() {
        guard let tensor else { continue }
        draft.operators[position].inputs[place] = survivor(tensor)
      }
      for (place, tensor) in draft.operators[position].outputs.enumerated() {
        draft.operators[position].outputs[place] = survivor(tensor)
      }
    }
  }
}

extension Tensor {
  /// The same kind of value: an operator that only copies may be dropped.
  func isInterchangeable(with other: Tensor) -> Bool {
    shape == other.shape && dynamicShape == other.dynamicShape && elementType == other.elementType
      && quantization == other.quantization
  }
}
