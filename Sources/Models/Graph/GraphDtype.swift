/// What a model computes with.
public enum GraphDtype: Sendable, Equatable, CustomStringConvertible {
  /// Weights and activations of all operators with weights are int8.
  case int8
  /// Both are float32.
  case fp32
  /// Neither; the types that occur, in the order of `ElementType`.
  case other(weights: [ElementType], activations: [ElementType])

  /// Integer weights and float activations, which TFLM refuses.
  public var isHybrid: Bool {
    guard case .other(let weights, let activations) = self else { return false }
    return weights.contains { !$0.isFloat } && activations.contains { $0.isFloat }
  }

  /// `int8`, `fp32`, `hybrid (weights float32 and int8, activations float32)` or the latter without
  /// its first word.
  public var description: String {
    switch self {
    case .int8: return "int8"
    case .fp32: return "fp32"
    case .other(let weights, let activations):
      let parts = [("weights", weights), ("activations", activations)].filter { !$0.1.isEmpty }
      let text = parts.map { "\($0.0) \($0.1.map(\.name).joined(separator: " and "))" }
      if parts.isEmpty { return "no operators" }
      return isHybrid ? "hybrid (\(text.joined(separator: ", ")))" : text.joined(separator: ", ")
    }
  }
}

extension Graph {
  /// What the model computes with, from its operators with weights; from all where none has any.
  public var dtype: GraphDtype {
    var weights: Set<ElementType> = []
    var activations: Set<ElementType> = []
    let madeBy = dequantized
    for each in operators {
      guard let operand = OperatorCosting.weightsOperand(each.kind),
        each.inputs.indices.contains(operand), let index = each.inputs[operand]
      else { continue }
      weights.insert(tensors[madeBy[index] ?? index].elementType)
      let data = OperatorCosting.dataOperand(each.kind)
      let input = each.inputs.indices.contains(data) ? each.inputs[data] : nil
      let used = [input].compactMap { $0 } + each.outputs
      activations.formUnion(used.map { tensors[$0].elementType })
    }
    if weights.isEmpty {
      for each in operators {
        let used = each.inputs.compactMap { $0 }.filter { tensors[$0].constant == nil }
        activations.formUnion((used + each.outputs).map { tensors[$0].elementType })
      }
    }
    if activations == [.int8], weights.isSubset(of: [.int8]) { return .int8 }
    if activations == [.float32], weights.isSubset(of: [.float32]) { return .fp32 }
    return .other(weights: sorted(weights), activations: sorted(activations))
  }

  /// Constants behind DEQUANTIZE, by its output: weights stored in a smaller type.
  private var dequantized: [Int: Int] {
    var result: [Int: Int] = [:]
    for each in operators where each.kind == .dequantize {
      guard let source = each.inputs.first ?? nil, let output = each.outputs.first,
        tensors[source].constant != nil
      else { continue }
      result[output] = source
    }
    return result
  }

  private func sorted(_ types: Set<ElementType>) -> [ElementType] {
    types.sorted { $0.rawValue < $1.rawValue }
  }
}
