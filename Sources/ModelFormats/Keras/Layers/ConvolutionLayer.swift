import Models
import Support

/// Conv2D: a kernel [H, W, in / groups, out].
struct ConvolutionLayer {
  var filters: Int
  var size: Extent
  var window: Window
  var groups: Int
  var hasBias: Bool
  var activation: KerasActivation

  init(_ config: LayerConfig) throws(Diagnostic) {
    try config.checkLayout()
    filters = try config.count("filters")
    size = try config.extent("kernel_size")
    window = try Self.window(config)
    groups = try config.count("groups", default: 1)
    hasBias = try config.flag("use_bias", default: true)
    activation = try config.activation()
  }

  /// SeparableConv2D: each channel by itself, then a convolution of single pixels.
  static func separable(_ config: LayerConfig) throws(Diagnostic) -> KerasOperation {
    var depthwise = try DepthwiseLayer(config)
    depthwise.hasBias = false
    depthwise.activation = .linear
    var pointwise = try ConvolutionLayer(config)
    pointwise.size = Extent(height: 1, width: 1)
    pointwise.window = Window(padding: .valid, stride: Extent(height: 1, width: 1))
    return .separable(depthwise: depthwise, pointwise: pointwise)
  }

  static func window(_ config: LayerConfig) throws(Diagnostic) -> Window {
    let one = Extent(height: 1, width: 1)
    return Window(
      padding: try config.padding(), stride: try config.extent("strides", default: one),
      dilation: try config.extent("dilation_rate", default: one))
  }
}

/// DepthwiseConv2D: a kernel [H, W, in, multiplier].
struct DepthwiseLayer {
  var multiplier: Int
  var size: Extent
  var window: Window
  var hasBias: Bool
  var activation: KerasActivation

  init(_ config: LayerConfig) throws(Diagnostic) {
    try config.checkLayout()
    multiplier = try config.count("depth_multiplier", default: 1)
    size = try config.extent("kernel_size")
    window = try ConvolutionLayer.window(config)
    hasBias = try config.flag("use_bias", default: true)
    activation = try config.activation()
  }
}
