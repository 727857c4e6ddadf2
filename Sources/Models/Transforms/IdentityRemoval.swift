import Support

/// Takes out operators whose output is their input: TRANSPOSE in the same order, PAD by nothing, MUL
/// by 1, ADD and SUB of 0, MEAN along sizes of 1, pools of 1x1.
public enum IdentityRemoval {
  /// Gives the number of operators taken out.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    let index = try DraftIndex(draft)
    var merging = TensorMerging(draft, index)
    var isRemoved = Array(repeating: false, count: draft.operators.count)
    var budget = ConstantBudget()
    var changes = 0
    for (position, each) in draft.operators.enumerated() {
      guard let output = each.onlyOutput, let input = source(of: each, in: draft, &budget),
        draft.tensors[input].isInterchangeable(with: draft.tensors[output]),
        merging.merge(input, output)
      else { continue }
      isRemoved[position] = true
      changes += 1
    }
    guard changes > 0 else { return 0 }
    draft.remove(isRemoved)
    merging.rewrite(&draft)
    return changes
  }

  /// The input that comes out unchanged, as far as the operator goes; shapes are compared later.
  private static func source(
    of each: Operator, in draft: GraphDraft, _ budget: inout ConstantBudget
  ) -> Int? {
    switch each.kind {
    case .transpose:
      guard let order = draft.numbers(each, 1), order.elementsEqual(order.indices) else {
        return nil
      }
    case .pad:
      guard let paddings = draft.numbers(each, 1), paddings.allSatisfy({ $0 == 0 }) else {
        return nil
      }
    case .mean:
      // The shape is the same, so that all sizes along the axes are 1.
      guard draft.numbers(each, 1) != nil else { return nil }
    case .averagePool2D, .maxPool2D:
      let one = Extent(height: 1, width: 1)
      guard let window = each.attributes.window, window.size == one, window.stride == one,
        each.attributes.fusedActivation == FusedActivation.none
      else { return nil }
    case .quantize, .dequantize: break
    case .mul: return operand(of: each, besides: 1, isOrdered: false, in: draft, &budget)
    case .add: return operand(of: each, besides: 0, isOrdered: false, in: draft, &budget)
    case .sub: return operand(of: each, besides: 0, isOrdered: true, in: draft, &budget)
    default: return nil
    }
    return each.input(0)
  }

  /// The other operand, where one is a constant with that value everywhere.
  private static func operand(
    of each: Operator, besides value: Float, isOrdered: Bool, in draft: GraphDraft,
    _ budget: inout ConstantBudget
  ) -> Int? {
    guard each.attributes.fusedActivation == FusedActivation.none, each.inputs.count == 2 else {
      return nil
    }
    for place in isOrdered ? [1] : [1, 0] {
      guard let tensor = draft.constant(each, place), budget.take(tensor.constant?.count),
        let values = tensor.floatValues, values.allSatisfy({ $0 == value }), !values.isEmpty
      else { continue }
      return each.input(1 - place)
    }
    return nil
  }
}
