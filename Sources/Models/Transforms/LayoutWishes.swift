/// How those who read a tensor would like to have it.
enum LayoutWish: Equatable {
  /// They take any order of dimensions.
  case any
  /// Transposed so; the identity is the order it has.
  case order(Permutation)
  /// Any order of the elements along the last dimension, as FULLY_CONNECTED's weights can follow.
  case columns
  /// They differ.
  case mixed

  mutating func merge(_ other: LayoutWish) {
    if self == .any {
      self = other
    } else if other != .any, other != self {
      self = .mixed
    }
  }

  /// The order that the tensor has.
  static func plain(_ rank: Int) -> LayoutWish {
    guard rank <= Permutation.mostDimensions,
      let order = Permutation(Array(0..<rank))
    else { return .mixed }
    return .order(order)
  }
}

/// Finds what each tensor of a draft is wanted as, from the last operator to the first.
struct LayoutWishes {
  /// By tensor.
  private(set) var wishes: [LayoutWish]

  /// The data flow of `draft` is sound. `isFree` says that images may leave the graph in any layout.
  init(_ draft: GraphDraft, outputsAreFree isFree: Bool) {
    wishes = Array(repeating: .any, count: draft.tensors.count)
    for tensor in draft.outputs {
      let rank = draft.tensors[tensor].shape.count
      if !(isFree && rank == 4) { wishes[tensor].merge(.plain(rank)) }
    }
    for each in draft.operators.reversed() {
      for (place, tensor) in each.inputs.enumerated() {
        guard let tensor else { continue }
        let wish = wish(of: each, for: draft.tensors[tensor], at: place, in: draft)
        wishes[tensor].merge(wish)
      }
    }
  }

  private func wish(
    of each: Operator, for tensor: Tensor, at place: Int, in draft: GraphDraft
  ) -> LayoutWish {
    let rank = tensor.shape.count
    guard let output = each.onlyOutput else { return .plain(rank) }
    let result = draft.tensors[output]
    switch each.kind {
    case .transpose where place == 0:
      guard let order = draft.numbers(each, 1).flatMap({ Permutation($0) }),
        order.order.count == rank
      else { return .plain(rank) }
      if case .order(let next) = wishes[output], next.order.count == rank {
        return .order(order.then(next))
      }
      return .order(order)
    case .relu, .reluN1To1, .relu6, .tanh, .logistic, .quantize, .dequantize:
      return result.shape.count == rank ? wishes[output] : .plain(rank)
    case .add, .sub, .mul, .minimum, .maximum:
      return result.shape.count == rank ? wishes[output] : .plain(rank)
    case .pad where place == 0: return wishes[output]
    case .mean where place == 0: return result.shape.count == rank ? wishes[output] : .any
    case .reshape where place == 0:
      if tensor.shape.count(where: { $0 != 1 }) <= 1 { return .any }
      return wishes[output] == .columns && Shuffle.isFlattening(tensor.shape, to: result.shape)
        ? .any : .plain(rank)
    case .fullyConnected where place == 0:
      guard let weights = draft.constant(each, 1), weights.shape.count == 2,
        weights.constantWidth != nil
      else { return .plain(rank) }
      if tensor.shape.last == weights.shape[1] { return .columns }
      return Shuffle.isFlattening(tensor.shape, to: [weights.shape[1]]) ? .any : .plain(rank)
    default: return .plain(rank)
    }
  }
}
