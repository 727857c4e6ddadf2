/// y = scale x + offset, for each channel.
struct ChannelAffine {
  private(set) var scales: [Double]
  private(set) var offsets: [Double]
  /// False as long as all scales are 1.
  private(set) var hasScales = false

  init(channels: Int) {
    scales = Array(repeating: 1, count: channels)
    offsets = Array(repeating: 0, count: channels)
  }

  /// Takes in one more operator, if it is MUL, ADD or SUB of `tensor` and a constant with one number
  /// or one for each channel; gives its output and activation.
  mutating func append(
    _ each: Operator, on tensor: Int, in draft: GraphDraft
  ) -> (output: Int, activation: FusedActivation)? {
    guard [.mul, .add, .sub].contains(each.kind), each.inputs.count == 2,
      let activation = each.attributes.fusedActivation, let output = each.onlyOutput,
      let place = each.inputs.firstIndex(of: tensor), each.inputs[1 - place] != tensor,
      draft.tensors[output].shape == draft.tensors[tensor].shape,
      draft.tensors[output].elementType == .float32,
      let constant = draft.constant(each, 1 - place),
      constant.shape.count <= draft.tensors[tensor].shape.count,
      constant.shape.dropLast().allSatisfy({ $0 == 1 }),
      constant.shape.last ?? 1 == 1 || constant.shape.last == scales.count,
      let values = constant.floatValues, values.count == 1 || values.count == scales.count
    else { return nil }
    for channel in scales.indices {
      let value = Double(values[values.count == 1 ? 0 : channel])
      switch each.kind {
      case .mul:
        scales[channel] *= value
        offsets[channel] *= value
      case .add: offsets[channel] += value
      default:
        offsets[channel] -= value
        guard place == 1 else { continue }
        // The constant less the tensor.
        scales[channel] = -scales[channel]
        offsets[channel] = -offsets[channel]
      }
    }
    if each.kind == .mul || (each.kind == .sub && place == 1) { hasScales = true }
    return (output, activation)
  }
}
