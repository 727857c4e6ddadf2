import Support

/// Takes out operators whose outputs nobody reads, and tensors that nobody uses.
public enum DeadCode {
  /// Gives the number of operators and tensors taken out. The others keep their order; inputs of the
  /// graph stay. Operators that may do more than write their outputs stay, too.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    _ = try DraftIndex(draft)
    var isUsed = Array(repeating: false, count: draft.tensors.count)
    for tensor in draft.inputs + draft.outputs { isUsed[tensor] = true }
    var isRemoved = Array(repeating: false, count: draft.operators.count)
    var changes = 0
    for (position, each) in draft.operators.enumerated().reversed() {
      guard hasEffects(each, draft) || each.outputs.contains(where: { isUsed[$0] }) else {
        isRemoved[position] = true
        changes += 1
        continue
      }
      for tensor in each.outputs { isUsed[tensor] = true }
      for case let tensor? in each.inputs { isUsed[tensor] = true }
    }
    let kept = draft.tensors.indices.filter { isUsed[$0] }
    changes += draft.tensors.count - kept.count
    guard changes > 0 else { return 0 }
    draft.remove(isRemoved)
    draft.keep(kept)
    return changes
  }

  private static func hasEffects(_ each: Operator, _ draft: GraphDraft) -> Bool {
    each.outputs.isEmpty || !each.kind.isKnown || runsOthers.contains(each.kind.name)
      || each.outputs.contains { draft.tensors[$0].isVariable }
      || each.inputs.contains { $0.map { draft.tensors[$0].isVariable } ?? false }
  }

  /// Kinds that run other subgraphs, which may change variables.
  private static let runsOthers: Set = [
    "CALL", "CALL_ONCE", "DELEGATE", "IF", "STABLEHLO_COMPOSITE", "STABLEHLO_WHILE", "WHILE",
  ]
}

extension GraphDraft {
  /// Keeps these tensors, in this order; all that is used is among them.
  mutating func keep(_ kept: [Int]) {
    var places = Array(repeating: 0, count: tensors.count)
    for (place, tensor) in kept.enumerated() { places[tensor] = place }
    tensors = kept.map { tensors[$0] }
    inputs = inputs.map { places[$0] }
    outputs = outputs.map { places[$0] }
    for position in operators.indices {
      operators[position].inputs = operators[position].inputs.map { $0.map { places[$0] } }
      operators[position].outputs = operators[position].outputs.map { places[$0] }
    }
  }
}
