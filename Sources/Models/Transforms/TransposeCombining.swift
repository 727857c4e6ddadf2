/// Sums, products and the like of two operands, of which one at least is stored in another order.
extension TransposeSweep {
  /// As `rewrite`.
  mutating func pushCombining(_ each: Operator, _ output: Int) -> Bool {
    guard each.inputs.count == 2, let first = each.inputs[0], let second = each.inputs[1],
      draft.tensors[output].quantization?.axis == nil
    else { return false }
    for tensor in [first, second] {
      switch views[tensor] {
      case .transposed(_, let order)?:
        guard !order.isIdentity, order.order.count == draft.tensors[output].shape.count else {
          continue
        }
        return pushTransposed(each, [first, second], output, order)
      case .shuffled(_, let shuffle)?: return pushShuffled(each, [first, second], output, shuffle)
      case nil: continue
      }
    }
    return false
  }

  private mutating func pushTransposed(
    _ each: Operator, _ operands: [Int], _ output: Int, _ order: Permutation
  ) -> Bool {
    // Both are stored alike: one TRANSPOSE behind the operator at worst, instead of two before it.
    let areAlike = operands.allSatisfy { transposed($0)?.order == order }
    guard areAlike || isWorthwhile(output, from: operands) else { return false }
    // Decide first, as nothing may be added if one operand cannot be had.
    for tensor in operands where transposed(tensor)?.order != order {
      let operand = draft.tensors[tensor]
      if operand.constant != nil {
        guard operand.shape.count <= order.order.count, operand.constantWidth != nil,
          operand.quantization?.axis == nil, fits(tensor, order)
        else { return false }
      } else {
        // An own TRANSPOSE for it pays only where the result is wanted as it is stored.
        guard wishes[output] == .order(order.inverse), operand.dynamicShape.isEmpty,
          operand.shape.count == order.order.count
        else { return false }
        if case .shuffled? = views[tensor] { return false }
      }
    }
    let inputs = operands.map { operand($0, storedIn: order) }
    var copy = each
    copy.inputs = inputs
    let target = stored(output, order)
    copy.outputs = [target]
    emit(copy)
    put(output, .transposed(target, order))
    countMove()
    return true
  }

  /// Makes the constant in the order of storage, and says whether the budget allowed it.
  private mutating func fits(_ tensor: Int, _ order: Permutation) -> Bool {
    constant(tensor, storedIn: order) != nil
  }

  /// The constant `tensor` in the order in which the other operand is stored. It may lack leading
  /// dimensions, or be repeated along some.
  private mutating func constant(_ tensor: Int, storedIn order: Permutation) -> Int? {
    let constant = draft.tensors[tensor]
    guard constant.elementCount != 1 else { return tensor }
    let rank = order.order.count
    let shape = Array(repeating: 1, count: rank - constant.shape.count) + constant.shape
    let back = order.inverse
    let key = ReorderedConstant(tensor: tensor, stored: shape, order: back)
    return reorder(key) {
      guard let width = constant.constantWidth, let bytes = constant.constant else { return nil }
      var result = constant
      result.shape = back(shape)
      result.constant =
        back.keepsElementOrder(of: shape)
        ? bytes : ConstantData.permuted(bytes, shape: shape, width: width, by: back)
      return result
    }
  }

  private mutating func operand(_ tensor: Int, storedIn order: Permutation) -> Int {
    if let (source, own) = transposed(tensor), own == order { return source }
    if draft.tensors[tensor].constant != nil {
      return constant(tensor, storedIn: order) ?? tensor
    }
    let back = order.inverse
    let (source, own) = transposed(tensor) ?? (tensor, Permutation.unmoved(order.order.count))
    let result = add(draft.tensors[tensor], shape: back(draft.tensors[tensor].shape))
    write(source, own.then(back), to: result)
    return result
  }

  private mutating func pushShuffled(
    _ each: Operator, _ operands: [Int], _ output: Int, _ shuffle: Shuffle
  ) -> Bool {
    guard wishes[output] == .columns else { return false }
    var inputs: [Int] = []
    for tensor in operands {
      let operand = draft.tensors[tensor]
      if case .shuffled(let source, shuffle)? = views[tensor] {
        inputs.append(source)
      } else if operand.constant == nil {
        return false
      } else if operand.shape.last == nil || operand.shape.last == 1 {
        // One number for all columns.
        inputs.append(tensor)
      } else {
        let key = ReorderedConstant(tensor: tensor, stored: shuffle.stored, order: shuffle.order)
        guard operand.shape.last == shuffle.columns, operand.quantization?.axis == nil,
          let turned = reorder(key, { shuffle.reordered(operand) })
        else { return false }
        inputs.append(turned)
      }
    }
    var copy = each
    copy.inputs = inputs
    let target = add(draft.tensors[output], shape: draft.tensors[output].shape)
    guard draft.tensors[target].shape.last == shuffle.columns else { return false }
    copy.outputs = [target]
    emit(copy)
    put(output, .shuffled(target, shuffle))
    countMove()
    return true
  }
}
