/// A float32 CONV_2D, DEPTHWISE_CONV_2D or FULLY_CONNECTED with constant weights and no activation.
struct WeightedOperator {
  /// The tensor that it writes.
  let output: Int
  /// Outputs per position; the last size of the output.
  let channels: Int
  private let weights: Tensor
  private let bias: Tensor?
  /// The channel is the last dimension of the weights, not the first.
  private let isDepthwise: Bool

  /// nil for others.
  init?(_ each: Operator, in draft: GraphDraft) {
    guard [.conv2D, .depthwiseConv2D, .fullyConnected].contains(each.kind),
      each.attributes.fusedActivation == FusedActivation.none, let output = each.onlyOutput,
      draft.tensors[output].elementType == .float32, let weights = draft.constant(each, 1),
      weights.elementType == .float32, weights.constantWidth != nil,
      weights.shape.count == (each.kind == .fullyConnected ? 2 : 4)
    else { return nil }
    if case .fullyConnected(_, _, hasShuffledWeights: true) = each.attributes { return nil }
    isDepthwise = each.kind == .depthwiseConv2D
    channels = isDepthwise ? weights.shape[3] : weights.shape[0]
    guard channels > 0, draft.tensors[output].shape.last == channels,
      weights.shape.allSatisfy({ $0 > 0 })
    else { return nil }
    bias = draft.constant(each, 2)
    if each.input(2) != nil {
      guard let bias, bias.elementType == .float32, bias.elementCount == channels,
        bias.constantWidth != nil
      else { return nil }
    }
    self.output = output
    self.weights = weights
  }

  /// Puts new weights and a new bias into the operator at `position`. False, and nothing changed, where
  /// a number would leave float32's range or the budget is spent.
  func fold(
    _ affine: ChannelAffine, into draft: inout GraphDraft, _ position: Int,
    _ budget: inout ConstantBudget
  ) -> Bool {
    let old = bias?.floatValues ?? Array(repeating: 0, count: channels)
    let newBias = zip(zip(affine.scales, affine.offsets), old).map { factors, value in
      Float(factors.0 * Double(value) + factors.1)
    }
    guard old.count == channels, newBias.allSatisfy(\.isFinite), budget.take(4 * channels) else {
      return false
    }
    var inputs = draft.operators[position].inputs
    if affine.hasScales {
      guard budget.take(weights.byteCount), let values = scaled(affine.scales) else { return false }
      inputs[1] = draft.add(.floats(values, shape: weights.shape, name: weights.name))
    }
    let name = bias?.name ?? ""
    let new = draft.add(.floats(newBias, shape: [channels], name: name))
    draft.operators[position].inputs = [inputs[0], inputs[1], new]
    return true
  }

  private func scaled(_ scales: [Double]) -> [Float]? {
    guard var values = weights.floatValues else { return nil }
    let block = isDepthwise ? 1 : values.count / channels
    for place in values.indices {
      values[place] = Float(Double(values[place]) * scales[place / block % channels])
      guard values[place].isFinite else { return nil }
    }
    return values
  }
}
