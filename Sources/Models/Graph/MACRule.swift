/// What the kind of an operator says of its MACs, before its shapes are looked at.
enum MACRule: Equatable {
  /// It has weights: elements of the output x weights that each of them needs.
  case byWeights
  /// It multiplies and adds nothing, so there are none.
  case none
  /// It multiplies, or may, and that is not counted.
  case uncounted(reason: String)

  init(_ kind: OperatorKind) {
    let name = kind.printableName
    if !kind.isKnown {
      self = .uncounted(reason: "what \(name) computes is not known")
    } else if Self.runsSubgraphs.contains(name) {
      self = .uncounted(reason: "the subgraphs that \(name) runs are not read")
    } else if Self.multiplies.contains(name) {
      self = .uncounted(reason: "MACs of \(name) are not counted yet")
    } else {
      let hasWeights = [.conv2D, .depthwiseConv2D, .fullyConnected].contains(kind)
      self = hasWeights ? .byWeights : .none
    }
  }

  /// Why MACs are not counted; nil where what is counted holds.
  var reason: String? {
    if case .uncounted(let reason) = self { reason } else { nil }
  }

  private static let runsSubgraphs: Set = [
    "CALL", "CALL_ONCE", "IF", "STABLEHLO_COMPOSITE", "STABLEHLO_WHILE", "WHILE",
  ]
  private static let multiplies: Set = [
    "BATCH_MATMUL", "BIDIRECTIONAL_SEQUENCE_LSTM", "BIDIRECTIONAL_SEQUENCE_RNN", "CONV_3D",
    "CONV_3D_TRANSPOSE", "DELEGATE", "LSTM", "RNN", "STABLEHLO_CONVOLUTION",
    "STABLEHLO_DOT_GENERAL", "SVDF", "TRANSPOSE_CONV", "UNIDIRECTIONAL_SEQUENCE_LSTM",
    "UNIDIRECTIONAL_SEQUENCE_RNN",
  ]
}

extension OperatorCost {
  /// The built-in kinds that have no MACs, whatever their shapes.
  public static let kindsWithoutMACs = Set(
    OperatorKind.known.filter { $0.code != OperatorKind.customCode && MACRule($0) == .none }
      .map(\.name))
}
