import Support

/// Who reads and writes each tensor of a draft, whose data flow is sound.
struct DraftIndex {
  /// By tensor: number of operators that read it.
  let readerCounts: [Int]
  /// By tensor: an operator that reads it, the only one where there is one; -1 where there is none.
  let lastReaders: [Int]
  /// By tensor: the operator that writes it; -1 where there is none.
  let writers: [Int]
  /// By tensor: an output of the graph.
  let isOutput: [Bool]
  /// By tensor: an input of the graph.
  let isInput: [Bool]

  /// Throws the first rule that tensors, data flow or shapes break, so that a pass may use indices and
  /// shapes of known kinds without a check.
  init(_ draft: GraphDraft) throws(Diagnostic) {
    for (position, tensor) in draft.tensors.enumerated() {
      try TensorCheck.check(tensor, index: position)
    }
    try FlowCheck.check(
      tensors: draft.tensors, operators: draft.operators, inputs: draft.inputs,
      outputs: draft.outputs)
    for (position, each) in draft.operators.enumerated() {
      do throws(Diagnostic) {
        try ShapeCheck.check(each, tensors: draft.tensors, isStrict: true)
      } catch {
        throw error.within(
          Place(operatorIndex: position, operatorKind: each.kind.printableName))
      }
    }
    let count = draft.tensors.count
    var readerCounts = Array(repeating: 0, count: count)
    var lastReaders = Array(repeating: -1, count: count)
    var writers = Array(repeating: -1, count: count)
    var isOutput = Array(repeating: false, count: count)
    var isInput = isOutput
    for (position, each) in draft.operators.enumerated() {
      for case let tensor? in each.inputs where lastReaders[tensor] != position {
        readerCounts[tensor] += 1
        lastReaders[tensor] = position
      }
      for tensor in each.outputs { writers[tensor] = position }
    }
    for tensor in draft.outputs { isOutput[tensor] = true }
    for tensor in draft.inputs { isInput[tensor] = true }
    self.readerCounts = readerCounts
    self.lastReaders = lastReaders
    self.writers = writers
    self.isOutput = isOutput
    self.isInput = isInput
  }

  /// The operator that alone reads `tensor`; nil where there are others, or the graph gives it out.
  func onlyReader(of tensor: Int) -> Int? {
    readerCounts[tensor] == 1 && !isOutput[tensor] ? lastReaders[tensor] : nil
  }
}

extension Operator {
  /// The input at a place; nil where there is none.
  func input(_ place: Int) -> Int? { inputs.indices.contains(place) ? inputs[place] : nil }

  /// The output of an operator that has one; nil for others.
  var onlyOutput: Int? { outputs.count == 1 ? outputs.first : nil }
}

extension GraphDraft {
  /// A constant input of an operator, all of it there.
  func constant(_ each: Operator, _ place: Int) -> Tensor? {
    guard let index = each.input(place) else { return nil }
    let tensor = tensors[index]
    return tensor.constant != nil && !tensor.isSparse && !tensor.isVariable ? tensor : nil
  }

  /// The numbers of a constant int32 input: permutation, paddings, axes or shape; nil for more than
  /// any shape needs, which many operators may share.
  func numbers(_ each: Operator, _ place: Int) -> [Int]? {
    guard let tensor = constant(each, place), let count = tensor.elementCount,
      count <= 2 * Permutation.mostDimensions
    else { return nil }
    return tensor.int32Values
  }

  /// Takes out the operators marked, in the order of `operators`.
  mutating func remove(_ isRemoved: [Bool]) {
    operators = zip(operators, isRemoved).filter { !$0.1 }.map(\.0)
  }
}
