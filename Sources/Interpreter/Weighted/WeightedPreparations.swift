import Models

/// Kinds with weights.
enum WeightedPreparations {
  static let all = [
    KindPreparation(.conv2D, ConvolutionPreparation.convolution),
    KindPreparation(.depthwiseConv2D, ConvolutionPreparation.depthwise),
    KindPreparation(.fullyConnected, FullyConnectedPreparation.prepare),
  ]

  static let kinds = Set(all.map(\.kind))
}
