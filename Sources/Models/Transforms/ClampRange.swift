/// What RELU and its like do: x, not below a number and not above another.
struct ClampRange: Equatable {
  var low: Float
  var high: Float

  static let relu = ClampRange(low: 0, high: .infinity)
  static let relu6 = ClampRange(low: 0, high: 6)
  static let reluN1To1 = ClampRange(low: -1, high: 1)

  /// The range of an activation; nil for those that are none.
  init?(_ activation: FusedActivation) {
    switch activation {
    case .none: self.init(low: -.infinity, high: .infinity)
    case .relu: self = .relu
    case .relu6: self = .relu6
    case .reluN1To1: self = .reluN1To1
    case .tanh, .signBit: return nil
    }
  }

  init(low: Float, high: Float) {
    self.low = low
    self.high = high
  }

  /// The activation with this range; nil where there is none.
  var activation: FusedActivation? {
    switch self {
    case .relu: .relu
    case .relu6: .relu6
    case .reluN1To1: .reluN1To1
    default: nil
    }
  }

  /// The operator with this range that every runtime has; nil where there is none.
  var kind: OperatorKind? {
    switch self {
    case .relu: .relu
    case .relu6: .relu6
    default: nil
    }
  }

  /// This range, then `next`: min(max(x, low), high) twice.
  func then(_ next: ClampRange) -> ClampRange {
    ClampRange(
      low: min(max(low, next.low), next.high), high: min(max(high, next.low), next.high))
  }
}

extension GraphDraft {
  /// The range of a clamping operator on float32 and the tensor that it clamps; nil for others.
  func clamp(_ each: Operator) -> (tensor: Int, range: ClampRange)? {
    guard let output = each.onlyOutput, tensors[output].elementType == .float32 else { return nil }
    switch each.kind {
    case .relu: return each.input(0).map { ($0, .relu) }
    case .reluN1To1: return each.input(0).map { ($0, .reluN1To1) }
    case .relu6: return each.input(0).map { ($0, .relu6) }
    case .minimum, .maximum:
      for place in 0...1 {
        guard let bound = constant(each, place), bound.elementCount == 1,
          let value = bound.floatValues?.first, !value.isNaN, let data = each.input(1 - place),
          tensors[data].shape == tensors[output].shape
        else { continue }
        return each.kind == .maximum
          ? (data, ClampRange(low: value, high: .infinity))
          : (data, ClampRange(low: -.infinity, high: value))
      }
      return nil
    default: return nil
    }
  }
}
