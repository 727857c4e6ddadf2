import Models

/// Which operator of one graph is which of another of the same network, found by following both from
/// their outputs: branches may be listed in another order.
enum OperatorPairing {
  /// Kinds that change shape or type only, and may stand elsewhere.
  static func changesNoValue(_ kind: OperatorKind) -> Bool {
    [.quantize, .dequantize, .reshape].contains(kind)
  }

  /// Positions in `theirs` and `ours`, in the order of `ours`; nil where the graphs differ.
  static func pairs(_ theirs: Graph, _ ours: Graph) -> [(their: Int, our: Int)]? {
    guard theirs.outputs.count == ours.outputs.count else { return nil }
    let (their, our) = (Writers(theirs), Writers(ours))
    var found: [Int: Int] = [:]
    var waiting = Array(zip(theirs.outputs, ours.outputs))
    while let (first, second) = waiting.popLast() {
      let (from, to) = (their.source(of: first), our.source(of: second))
      guard let from, let to else {
        guard from == nil, to == nil else { return nil }
        continue
      }
      if let known = found[to] {
        guard known == from else { return nil }
        continue
      }
      guard theirs.operators[from].kind == ours.operators[to].kind else { return nil }
      found[to] = from
      let operands = (their.activations(of: from), our.activations(of: to))
      guard operands.0.count == operands.1.count else { return nil }
      waiting += zip(operands.0, operands.1)
    }
    // Nothing that is not needed may be left over, as it would have no ranges.
    let count = ours.operators.count { !changesNoValue($0.kind) }
    guard found.count == count, Set(found.values).count == count else { return nil }
    return found.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
  }

  /// Who writes the tensors of a graph.
  private struct Writers {
    private let graph: Graph
    private var writers: [Int: Int] = [:]

    init(_ graph: Graph) {
      self.graph = graph
      for (position, each) in graph.operators.enumerated() {
        for output in each.outputs { writers[output] = position }
      }
    }

    /// The operator that computes what `tensor` holds; nil where it is given.
    func source(of tensor: Int) -> Int? {
      var position = writers[tensor]
      while let found = position, changesNoValue(graph.operators[found].kind) {
        position = (graph.operators[found].inputs.first ?? nil).flatMap { writers[$0] }
      }
      return position
    }

    func activations(of position: Int) -> [Int] {
      graph.operators[position].inputs.compactMap { $0 }
        .filter { graph.tensors[$0].constant == nil }
    }
  }
}
