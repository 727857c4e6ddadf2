import Core

/// The element types that a model computes with, each in the order of `ElementType`.
public struct ComputeTypes: Sendable, Equatable, CustomStringConvertible {
  /// Those of weights; none where no operator has any.
  public let weights: [ElementType]
  /// Those of activations.
  public let activations: [ElementType]

  /// Any types.
  public init(weights: [ElementType], activations: [ElementType]) {
    self.weights = weights
    self.activations = activations
  }

  /// int8 or fp32 where all of them are; nil otherwise.
  public var dtype: Dtype? {
    if activations == [.int8], [[], [.int8]].contains(weights) { return .int8 }
    if activations == [.float32], [[], [.float32]].contains(weights) { return .fp32 }
    return nil
  }

  /// Integer weights and float activations, which TFLM refuses.
  public var isHybrid: Bool {
    weights.contains { !$0.isFloat } && activations.contains { $0.isFloat }
  }

  /// `int8`, `fp32`, `hybrid (weights float32 and int8, activations float32)` or the latter without
  /// its first word.
  public var description: String {
    if let dtype { return dtype.description }
    let parts = [("weights", weights), ("activations", activations)].filter { !$0.1.isEmpty }
    let text = parts.map { "\($0.0) \($0.1.map(\.name).joined(separator: " and "))" }
    if parts.isEmpty { return "no operators" }
    return isHybrid ? "hybrid (\(text.joined(separator: ", ")))" : text.joined(separator: ", ")
  }
}

extension Graph {
  /// What the model computes with; nil for what is neither int8 nor fp32.
  public var dtype: Dtype? { types.dtype }

  /// What its operators with weights compute with; all of them where none has any.
  public var types: ComputeTypes {
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
    return ComputeTypes(weights: sorted(weights), activations: sorted(activations))
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
