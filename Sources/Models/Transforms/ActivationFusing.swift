import Support

/// Moves RELU, RELU6 and pairs of MAXIMUM and MINIMUM that equal them into the operator before.
///
/// Where that cannot be, as the value before is needed elsewhere, a pair still becomes one operator.
public enum ActivationFusing {
  /// Gives the number of operators that were taken out or made simpler. Float32 only: integers are
  /// rounded between the two operators.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    let index = try DraftIndex(draft)
    var isRemoved = Array(repeating: false, count: draft.operators.count)
    var isDone = isRemoved
    var changes = 0
    for start in draft.operators.indices where !isDone[start] {
      guard let first = draft.clamp(draft.operators[start]) else { continue }
      let producer = fusingProducer(of: first.tensor, draft, index)
      let before = producer.flatMap {
        draft.operators[$0].attributes.fusedActivation.flatMap { ClampRange($0) }
      }
      // Follow the chain as far as nobody else reads what is between.
      var position = start
      var range = first.range
      var fused = before?.then(range)
      var chain = [start]
      var best: (length: Int, range: ClampRange, isFused: Bool)?
      while true {
        isDone[position] = true
        if let fused, fused.activation != nil {
          best = (chain.count, fused, true)
        } else if range.kind != nil, best?.isFused != true {
          best = (chain.count, range, false)
        }
        guard let output = draft.operators[position].onlyOutput,
          let next = index.onlyReader(of: output), let clamp = draft.clamp(draft.operators[next]),
          clamp.tensor == output
        else { break }
        position = next
        range = range.then(clamp.range)
        fused = fused?.then(clamp.range)
        chain.append(next)
      }
      guard let best, let output = draft.operators[chain[best.length - 1]].onlyOutput else {
        continue
      }
      if best.isFused, let producer, let activation = best.range.activation {
        draft.operators[producer].attributes = draft.operators[producer].attributes.with(activation)
        draft.operators[producer].outputs = [output]
        for each in chain.prefix(best.length) { isRemoved[each] = true }
        changes += best.length
      } else if let kind = best.range.kind {
        if best.length == 1, draft.operators[start].kind == kind { continue }
        draft.operators[start] = Operator(
          kind: kind, inputs: [first.tensor], outputs: [output], attributes: .plain)
        for each in chain.prefix(best.length).dropFirst() { isRemoved[each] = true }
        changes += best.length
      }
    }
    if changes > 0 { draft.remove(isRemoved) }
    return changes
  }

  private static let kinds: Set<OperatorKind> = [
    .conv2D, .depthwiseConv2D, .fullyConnected, .add, .sub, .mul, .averagePool2D, .maxPool2D,
  ]

  /// The operator that writes `tensor` for one reader, if it can apply an activation.
  private static func fusingProducer(of tensor: Int, _ draft: GraphDraft, _ index: DraftIndex)
    -> Int?
  {
    let writer = index.writers[tensor]
    guard writer >= 0, index.onlyReader(of: tensor) != nil,
      kinds.contains(draft.operators[writer].kind), draft.operators[writer].onlyOutput == tensor,
      draft.tensors[tensor].elementType == .float32, !draft.tensors[tensor].isVariable
    else { return nil }
    return writer
  }
}
