/// What each kind of operator makes of operands that are stored in another order.
extension TransposeSweep {
  /// Adds the operator in a form that works on what is stored, and says how its output is read then.
  /// False, and nothing added, where it needs its operands as they are.
  mutating func rewrite(_ each: Operator) -> Bool {
    guard let output = each.onlyOutput, let input = each.input(0),
      !draft.tensors[output].isVariable,
      !each.inputs.contains(where: { $0.map { draft.tensors[$0].isVariable } ?? false })
    else { return false }
    if each.kind == .transpose { return putOff(each, input, output) }
    if [.add, .sub, .mul, .minimum, .maximum].contains(each.kind) {
      return pushCombining(each, output)
    }
    if each.kind == .fullyConnected { return pushWeights(each, input) }
    guard let view = views[input] else { return false }
    switch each.kind {
    case .relu, .reluN1To1, .relu6, .tanh, .logistic, .quantize, .dequantize:
      return pushElementwise(each, view, output)
    case .softmax:
      guard case .transposed(_, let order) = view, order.order.last == order.order.count - 1 else {
        return false
      }
      return pushElementwise(each, view, output)
    case .pad: return pushPad(each, view, output)
    case .mean: return pushMean(each, view, output)
    case .reshape: return pushReshape(each, view, output)
    default: return false
    }
  }

  /// Whether to put the TRANSPOSE of `inputs` off beyond the operator that writes `output`. Not where
  /// the readers of both want them as they are: one TRANSPOSE would become two.
  func isWorthwhile(_ output: Int, from inputs: [Int]) -> Bool {
    guard isPlain(wishes[output]) else { return true }
    return inputs.allSatisfy { views[$0] == nil || index.onlyReader(of: $0) != nil }
  }

  private func isPlain(_ wish: LayoutWish) -> Bool {
    if case .order(let order) = wish { return order.isIdentity }
    return false
  }

  private mutating func putOff(_ each: Operator, _ input: Int, _ output: Int) -> Bool {
    let (from, to) = (draft.tensors[input], draft.tensors[output])
    guard let order = draft.numbers(each, 1).flatMap({ Permutation($0) }),
      order.order.count == from.shape.count, order(from.shape) == to.shape,
      from.elementType == to.elementType, from.quantization == to.quantization,
      from.quantization?.axis == nil
    else { return false }
    if let (source, before) = transposed(input) {
      put(output, .transposed(source, before.then(order)))
    } else {
      put(output, .transposed(plain(input), order))
    }
    return true
  }

  /// Adds the operator with other inputs, its output stored in `order`.
  private mutating func emit(
    _ each: Operator, inputs: [Int?], _ output: Int, storedIn order: Permutation
  ) {
    var copy = each
    copy.inputs = inputs
    if !order.isIdentity {
      let target = stored(output, order)
      copy.outputs = [target]
      put(output, .transposed(target, order))
    }
    emit(copy)
    countMove()
  }

  /// The same with an output whose columns are in another order.
  private mutating func emit(
    _ each: Operator, inputs: [Int?], _ output: Int, _ shuffle: Shuffle
  ) {
    var copy = each
    copy.inputs = inputs
    let target = add(draft.tensors[output], shape: draft.tensors[output].shape)
    copy.outputs = [target]
    put(output, .shuffled(target, shuffle))
    emit(copy)
    countMove()
  }

  private mutating func pushElementwise(_ each: Operator, _ view: View, _ output: Int) -> Bool {
    let result = draft.tensors[output]
    guard result.quantization?.axis == nil, each.inputs.count == 1 else { return false }
    switch view {
    case .transposed(let source, let order):
      guard !order.isIdentity, isWorthwhile(output, from: each.inputs.compactMap { $0 }),
        result.shape.count == order.order.count
      else {
        return false
      }
      emit(each, inputs: [source], output, storedIn: order)
    case .shuffled(let source, let shuffle):
      guard wishes[output] == .columns, result.shape == draft.tensors[source].shape else {
        return false
      }
      emit(each, inputs: [source], output, shuffle)
    }
    return true
  }

  /// Only where its readers want that: a PAD in front of a window is to become SAME, and what comes
  /// out is larger.
  private mutating func pushPad(_ each: Operator, _ view: View, _ output: Int) -> Bool {
    guard case .transposed(let source, let order) = view, !order.isIdentity,
      !isPlain(wishes[output]), let paddings = draft.numbers(each, 1),
      paddings.count == 2 * order.order.count, each.inputs.count == 2
    else { return false }
    let pairs = order.inverse(
      stride(from: 0, to: paddings.count, by: 2).map { [paddings[$0], paddings[$0 + 1]] })
    let moved = draft.add(
      .int32s(
        pairs.joined().map { Int32(clamping: $0) }, shape: [pairs.count, 2], name: "paddings"))
    emit(each, inputs: [source, moved], output, storedIn: order)
    return true
  }

  /// Always: what comes out is smaller.
  private mutating func pushMean(_ each: Operator, _ view: View, _ output: Int) -> Bool {
    guard case .transposed(let source, let order) = view, !order.isIdentity,
      let values = draft.numbers(each, 1), case .reducer(let keeps) = each.attributes,
      each.inputs.count == 2
    else { return false }
    let rank = order.order.count
    let axes = values.map { $0 < 0 ? $0 + rank : $0 }
    guard axes.allSatisfy({ order.order.indices.contains($0) }) else { return false }
    let moved = Set(axes.map { order.order[$0] }).sorted()
    let constant = draft.add(
      .int32s(moved.map { Int32(clamping: $0) }, shape: [moved.count], name: "axes"))
    let left = keeps ? order : order.dropping(Set(moved))
    guard draft.tensors[output].shape.count == left.order.count else { return false }
    emit(each, inputs: [source, constant], output, storedIn: left)
    return true
  }

  private mutating func pushReshape(_ each: Operator, _ view: View, _ output: Int) -> Bool {
    guard case .transposed(let source, let order) = view, !order.isIdentity,
      each.inputs.count < 2 || draft.numbers(each, 1) != nil,
      draft.tensors[source].dynamicShape.isEmpty
    else { return false }
    let shape = draft.tensors[source].shape
    let inputs = [source] + each.inputs.dropFirst()
    if order.keepsElementOrder(of: shape) {
      emit(each, inputs: inputs, output, storedIn: .unmoved)
      return true
    }
    guard wishes[output] == .columns, let shuffle = Shuffle(stored: shape, order: order),
      Shuffle.isFlattening(order(shape), to: draft.tensors[output].shape)
    else { return false }
    emit(each, inputs: inputs, output, shuffle)
    return true
  }

  private mutating func pushWeights(_ each: Operator, _ input: Int) -> Bool {
    guard let view = views[input], let weights = each.input(1),
      case .fullyConnected(_, let keeps, hasShuffledWeights: false) = each.attributes,
      let constant = draft.constant(each, 1), constant.shape.count == 2
    else { return false }
    let source: Int
    let shuffle: Shuffle
    switch view {
    case .transposed(let stored, let order):
      let shape = draft.tensors[stored].shape
      guard !order.isIdentity, !keeps, draft.tensors[stored].dynamicShape.isEmpty else {
        return false
      }
      if order.keepsElementOrder(of: shape) {
        copy(each, reading: stored, weights)
        return true
      }
      guard let turned = Shuffle(stored: shape, order: order) else { return false }
      (source, shuffle) = (stored, turned)
    case .shuffled(let stored, let turned): (source, shuffle) = (stored, turned)
    }
    let key = ReorderedConstant(tensor: weights, stored: shuffle.stored, order: shuffle.order)
    guard constant.shape[1] == shuffle.columns, constant.quantization?.axis != 1,
      let turned = reorder(key, { shuffle.reordered(constant) })
    else { return false }
    copy(each, reading: source, turned)
    return true
  }

  private mutating func copy(_ each: Operator, reading source: Int, _ weights: Int) {
    var copy = each
    copy.inputs[0] = source
    copy.inputs[1] = weights
    emit(copy)
    countMove()
  }
}
