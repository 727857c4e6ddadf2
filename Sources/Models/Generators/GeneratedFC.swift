import Support

/// Pairs of FULLY_CONNECTED with fused ReLU: 16 to width and back.
public struct GeneratedFC: Sendable, Equatable {
  /// Number of pairs, 1 to 1024.
  public var layers: Int
  /// Elements between the two of a pair.
  public var width: Int
  /// Elements before and behind a pair.
  public var inputs: Int
  /// Of the weights.
  public var seed: UInt64

  /// The original's shapes: 16 elements in and out.
  public init(layers: Int, width: Int = 16, inputs: Int = 16, seed: UInt64 = 1) {
    self.layers = layers
    self.width = width
    self.inputs = inputs
    self.seed = seed
  }

  /// MACs of one inference.
  public var macs: Int { 2 * layers * weightsPerLayer }

  /// Weights of one FULLY_CONNECTED, biases not counted.
  public var weightsPerLayer: Int { inputs * width }

  /// As in `fc_l2_w64_m4096`: pairs, width, MACs; `_p32` behind the width for other than 16 inputs.
  public var name: String {
    "fc_l\(layers)_w\(width)" + (inputs == 16 ? "" : "_p\(inputs)") + "_m\(macs)"
  }

  /// The name that the original gives, with its MAC count, which is right.
  public var originalName: String { "fc\(macs)" }

  /// The fp32 graph, input [1, 16].
  public func graph() throws(Diagnostic) -> Graph {
    try GeneratorRules.range("layers", layers, 1...1024)
    try GeneratorRules.range("width", width, 1...(1 << 20))
    try GeneratorRules.range("inputs", inputs, 1...(1 << 20))
    try GeneratorRules.weights(2 * layers, weightsPerLayer)
    var builder = ModelBuilder(
      name: name, note: "seeded weights, seed \(seed)", input: [1, inputs], seed: seed)
    for _ in 0..<layers {
      try builder.fullyConnected(width, .relu)
      try builder.fullyConnected(inputs, .relu)
    }
    return try builder.graph()
  }
}
