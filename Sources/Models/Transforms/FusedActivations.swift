/// The fused activation among the attributes.
extension Attributes {
  /// What is applied to the output; nil for operators that cannot have it.
  var fusedActivation: FusedActivation? {
    switch self {
    case .convolution(_, let value), .depthwise(_, _, let value), .pooling(_, let value),
      .fullyConnected(let value, _, _), .concatenation(_, let value), .activation(let value):
      value
    case .softmax, .reshape, .reducer, .plain, .opaque: nil
    }
  }

  /// The same with another activation; unchanged where there can be none.
  func with(_ activation: FusedActivation) -> Attributes {
    switch self {
    case .convolution(let window, _): .convolution(window, activation)
    case .depthwise(let window, let multiplier, _):
      .depthwise(window, depthMultiplier: multiplier, activation)
    case .pooling(let window, _): .pooling(window, activation)
    case .fullyConnected(_, let keeps, let shuffled):
      .fullyConnected(activation, keepsDimensions: keeps, hasShuffledWeights: shuffled)
    case .concatenation(let axis, _): .concatenation(axis: axis, activation)
    case .activation: .activation(activation)
    case .softmax, .reshape, .reducer, .plain, .opaque: self
    }
  }

  /// The same with another padding of the window; unchanged where there is none.
  func with(_ padding: Padding) -> Attributes {
    switch self {
    case .convolution(var window, let activation):
      window.padding = padding
      return .convolution(window, activation)
    case .depthwise(var window, let multiplier, let activation):
      window.padding = padding
      return .depthwise(window, depthMultiplier: multiplier, activation)
    case .pooling(var window, let activation):
      window.padding = padding
      return .pooling(window, activation)
    default: return self
    }
  }
}
