import Support

/// Multiplies weights and bias by what follows: MUL, ADD and SUB with a number for each channel, which
/// is how batch normalisation and separate biases are written.
///
/// A chain is folded at once: scales and offsets are gathered in Double, weights and bias rounded once
/// to float32 (Jacob et al. 2018, "Quantization and training of neural networks", section 3.2).
public enum BatchNormalizationFolding {
  /// Gives the number of operators folded away. Where nothing with weights stands in front, they stay.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    let index = try DraftIndex(draft)
    var budget = ConstantBudget()
    var isRemoved = Array(repeating: false, count: draft.operators.count)
    var changes = 0
    for position in draft.operators.indices {
      guard let producer = WeightedOperator(draft.operators[position], in: draft) else { continue }
      var chain: [Int] = []
      var affine = ChannelAffine(channels: producer.channels)
      var output = producer.output
      var activation = FusedActivation.none
      while activation == .none, let next = index.onlyReader(of: output),
        !draft.tensors[output].isVariable,
        let result = affine.append(draft.operators[next], on: output, in: draft)
      {
        chain.append(next)
        output = result.output
        activation = result.activation
      }
      guard !chain.isEmpty, producer.fold(affine, into: &draft, position, &budget) else {
        continue
      }
      draft.operators[position].outputs = [output]
      draft.operators[position].attributes = draft.operators[position].attributes.with(activation)
      for each in chain { isRemoved[each] = true }
      changes += chain.count
    }
    if changes > 0 { draft.remove(isRemoved) }
    return changes
  }
}
