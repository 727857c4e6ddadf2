/// In which steps the tensors of a graph must be in memory.
///
/// Step 0 is before the first operator, step i + 1 the run of operator i. A tensor lives from the step
/// that writes it to the last that reads it; inputs from step 0, outputs to the end.
struct TensorLifetimes {
  /// By tensor; nil where nothing writes or reads it.
  let all: [ClosedRange<Int>?]

  init(_ graph: Graph) {
    var first: [Int?] = Array(repeating: nil, count: graph.tensors.count)
    var last = first
    for index in graph.inputs {
      first[index] = 0
      last[index] = 0
    }
    for (position, each) in graph.operators.enumerated() {
      for index in each.outputs { first[index] = first[index] ?? position + 1 }
      for case let index? in each.inputs { last[index] = position + 1 }
      for index in each.outputs { last[index] = position + 1 }
    }
    for index in graph.outputs {
      first[index] = first[index] ?? graph.operators.count
      last[index] = graph.operators.count
    }
    all = zip(first, last).map { first, last in
      guard let last else { return nil }
      // What is read and never written: constants, variables, tensors without elements.
      return (first ?? 0)...last
    }
  }
}
