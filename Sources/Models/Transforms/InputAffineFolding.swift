import Support

/// Multiplies the weights of FULLY_CONNECTED by what stands in front: MUL, ADD and SUB with a number
/// for each channel, as batch normalisation after an activation leaves them.
///
/// W (s x + t) + b = (W s) x + (W t + b). Windows are left alone, as zeros that SAME pads would have
/// to become -t / s. Sums are gathered in Double and rounded once.
public enum InputAffineFolding {
  /// Gives the number of operators folded away.
  public static func apply(to draft: inout GraphDraft) throws(Diagnostic) -> Int {
    let index = try DraftIndex(draft)
    var budget = ConstantBudget()
    var isRemoved = Array(repeating: false, count: draft.operators.count)
    var changes = 0
    for position in draft.operators.indices {
      guard let dense = DenseOperator(draft.operators[position], in: draft) else { continue }
      let chain = chain(before: dense.input, position, in: draft, index)
      guard let first = chain.first else { continue }
      var affine = ChannelAffine(channels: dense.channels)
      guard let source = source(of: draft.operators[first], in: draft) else { continue }
      var tensor = source
      for each in chain {
        guard let next = affine.append(draft.operators[each], on: tensor, in: draft) else { break }
        tensor = next.output
      }
      guard tensor == dense.input,
        dense.fold(affine, reading: source, into: &draft, position, &budget)
      else { continue }
      for each in chain { isRemoved[each] = true }
      changes += chain.count
    }
    if changes > 0 { draft.remove(isRemoved) }
    return changes
  }

  /// The operators in front of `tensor` that nobody else needs, the first to run first.
  private static func chain(
    before tensor: Int, _ reader: Int, in draft: GraphDraft, _ index: DraftIndex
  ) -> [Int] {
    var result: [Int] = []
    var (tensor, reader) = (tensor, reader)
    while index.onlyReader(of: tensor) == reader, !draft.tensors[tensor].isVariable,
      index.writers[tensor] >= 0
    {
      let writer = index.writers[tensor]
      guard let source = source(of: draft.operators[writer], in: draft) else { break }
      result.append(writer)
      (tensor, reader) = (source, writer)
    }
    return result.reversed()
  }

  /// What an operator scales or moves, where that is no constant and has the shape of the result.
  private static func source(of each: Operator, in draft: GraphDraft) -> Int? {
    let operands = each.inputs.compactMap { $0 }.filter { draft.tensors[$0].constant == nil }
    guard operands.count == 1, let source = operands.first,
      each.attributes.fusedActivation == FusedActivation.none
    else { return nil }
    var affine = ChannelAffine(channels: draft.tensors[source].shape.last ?? 1)
    return affine.append(each, on: source, in: draft) == nil ? nil : source
  }
}

/// A float32 FULLY_CONNECTED with constant weights.
private struct DenseOperator {
  let input: Int
  /// The last size of the input; it may be flattened, so that weights have a multiple of it.
  let channels: Int
  private let weights: Tensor
  private let bias: Tensor?

  init?(_ each: Operator, in draft: GraphDraft) {
    guard case .fullyConnected(_, _, hasShuffledWeights: false) = each.attributes,
      let input = each.input(0), let channels = draft.tensors[input].shape.last, channels > 0,
      draft.tensors[input].elementType == .float32, let weights = draft.constant(each, 1),
      weights.elementType == .float32, weights.constantWidth != nil, weights.shape.count == 2,
      weights.shape[0] > 0, weights.shape[1] > 0, weights.shape[1] % channels == 0
    else { return nil }
    bias = draft.constant(each, 2)
    if each.input(2) != nil {
      guard let bias, bias.elementType == .float32, bias.elementCount == weights.shape[0],
        bias.constantWidth != nil
      else { return nil }
    }
    self.input = input
    self.channels = channels
    self.weights = weights
  }

  /// Puts new weights and a new bias into the operator at `position`. False, and nothing changed,
  /// where a number would leave float32's range or the budget is spent.
  func fold(
    _ affine: ChannelAffine, reading source: Int, into draft: inout GraphDraft, _ position: Int,
    _ budget: inout ConstantBudget
  ) -> Bool {
    let (rows, columns) = (weights.shape[0], weights.shape[1])
    guard budget.take(weights.byteCount), budget.take(4 * rows), let old = weights.floatValues,
      old.count == rows * columns
    else { return false }
    let offsets = bias?.floatValues ?? Array(repeating: 0, count: rows)
    guard offsets.count == rows else { return false }
    var values = old
    var sums = offsets.map(Double.init)
    for row in 0..<rows {
      for column in 0..<columns {
        let (place, channel) = (row * columns + column, column % channels)
        sums[row] += Double(old[place]) * affine.offsets[channel]
        values[place] = Float(Double(old[place]) * affine.scales[channel])
      }
    }
    let newBias = sums.map { Float($0) }
    guard newBias.allSatisfy(\.isFinite), values.allSatisfy(\.isFinite) else { return false }
    var new = [source, draft.operators[position].inputs[1]]
    if affine.hasScales {
      new[1] = draft.add(.floats(values, shape: weights.shape, name: weights.name))
    }
    new.append(draft.add(.floats(newBias, shape: [rows], name: bias?.name ?? "")))
    draft.operators[position].inputs = new
    return true
  }
}
