import Support

/// A stack of CONV_2D with fused ReLU: shapes stay the same, so that any number can be stacked.
public struct GeneratedCNN: Sendable, Equatable {
  /// Number of CONV_2D, 1 to 1024.
  public var layers: Int
  /// Channels in and out.
  public var channels: Int
  /// Side of the window, odd.
  public var kernel: Int
  /// Height of the image.
  public var height: Int
  /// Width of the image.
  public var width: Int
  /// Distance of neighbouring positions; only 1 keeps the shape.
  public var stride: Int
  /// Zeros on each side; nil for (kernel - 1) / 2, which keeps the shape.
  public var padding: Int?
  /// Of the weights.
  public var seed: UInt64

  /// The original's shapes: an image of 24 x 32 with 8 channels and a window of 5 x 5.
  public init(
    layers: Int, channels: Int = 8, kernel: Int = 5, height: Int = 24, width: Int = 32,
    stride: Int = 1, padding: Int? = nil, seed: UInt64 = 1
  ) {
    self.layers = layers
    self.channels = channels
    self.kernel = kernel
    self.height = height
    self.width = width
    self.stride = stride
    self.padding = padding
    self.seed = seed
  }

  /// MACs of one inference, padding counted as data.
  public var macs: Int { layers * height * width * channels * channels * kernel * kernel }

  /// Weights of one CONV_2D, biases not counted.
  public var weightsPerLayer: Int { kernel * kernel * channels * channels }

  /// As in `cnn_l4_c8_k5_m4915200`: layers, channels, window, true MACs.
  public var name: String { "cnn_l\(layers)_c\(channels)_k\(kernel)_m\(macs)" }

  /// The name that the original gives, with its MAC count: it takes (H + P - K + 1)(W + P - K + 1)
  /// positions, one padding short.
  public var originalName: String {
    let padding = self.padding ?? (kernel - 1) / 2
    let positions = (height + padding - kernel + 1) * (width + padding - kernel + 1)
    return "cnn\(layers * channels * channels * kernel * kernel * positions)"
  }

  /// The fp32 graph, images [1, H, W, C]. Throws where layers would not stack.
  public func graph() throws(Diagnostic) -> Graph {
    try check()
    var builder = ModelBuilder(
      name: name, note: "seeded weights, seed \(seed)", input: [1, height, width, channels],
      seed: seed)
    for _ in 0..<layers { try builder.convolution(channels, kernel, kernel) }
    return try builder.graph()
  }

  private func check() throws(Diagnostic) {
    try GeneratorRules.range("layers", layers, 1...1024)
    try GeneratorRules.range("channels", channels, 1...4096)
    try GeneratorRules.range("kernel", kernel, 1...255)
    try GeneratorRules.range("height", height, 1...4096)
    try GeneratorRules.range("width", width, 1...4096)
    guard stride == 1 else {
      throw GeneratorRules.stacking(
        "stride \(stride) makes the output smaller than the input", "Use stride 1.")
    }
    guard kernel % 2 == 1 else {
      throw GeneratorRules.stacking(
        "a kernel of \(kernel) has no middle, so no padding keeps the shape",
        "Use an odd kernel.")
    }
    if let padding, padding != (kernel - 1) / 2 {
      throw GeneratorRules.stacking(
        "padding \(padding) with kernel \(kernel) changes the shape by \(2 * padding - kernel + 1)",
        "Use padding \((kernel - 1) / 2), which is (kernel - 1) / 2.")
    }
    try GeneratorRules.weights(layers, weightsPerLayer)
  }
}
