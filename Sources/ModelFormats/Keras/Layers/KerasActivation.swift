import Models

/// Functions that a layer may apply to its output, by their names in Keras.
enum KerasActivation: String, CaseIterable {
  case linear, relu, relu6, softmax, tanh, sigmoid

  /// The operator, after which nothing is left of the function; nil where there is none.
  var kind: (OperatorKind, Attributes)? {
    switch self {
    case .linear: nil
    case .relu: (.relu, .plain)
    case .relu6: (.relu6, .plain)
    case .softmax: (.softmax, .softmax(beta: 1))
    case .tanh: (.tanh, .plain)
    case .sigmoid: (.logistic, .plain)
    }
  }
}
