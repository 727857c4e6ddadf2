import Models

/// What a layer computes, understood.
enum KerasOperation {
  /// Sizes without the batch's.
  case input(shape: [Int])
  case convolution(ConvolutionLayer)
  case depthwise(DepthwiseLayer)
  case separable(depthwise: DepthwiseLayer, pointwise: ConvolutionLayer)
  case dense(units: Int, hasBias: Bool, KerasActivation)
  case batchNormalization(BatchNormalizationLayer)
  case activation(KerasActivation)
  /// min(max(x, 0), limit).
  case cappedReLU(limit: Float)
  case add
  case pooling(OperatorKind, Window)
  case globalAverage(keepsDimensions: Bool)
  case flatten
  /// Sizes without the batch's; one may be -1.
  case reshape([Int])
  case zeroPadding([Int32])
  /// Nothing at inference.
  case identity

  /// Classes that do nothing at inference.
  private static let trainingOnly: Set<String> = [
    "Dropout", "SpatialDropout2D", "GaussianDropout", "GaussianNoise", "AlphaDropout",
    "ActivityRegularization",
  ]

  /// Classes that hold layers.
  static let models: Set<String> = ["Functional", "Sequential", "Model"]

  static func nested(_ config: LayerConfig) -> ModelDiagnostic {
    config.unsupported("a model inside the model", "Save a model whose layers are not nested.")
  }

  /// Names of all classes that are read, for messages.
  private static let known =
    "InputLayer, Dense, Conv2D, DepthwiseConv2D, SeparableConv2D, BatchNormalization, Activation, "
    + "ReLU, Softmax, Add, MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D, Flatten, Reshape, "
    + "ZeroPadding2D, Dropout"

  init(_ config: LayerConfig) throws(ModelDiagnostic) {
    switch config.className {
    case "InputLayer": self = .input(shape: try InputLayer.shape(config))
    case "Conv2D": self = .convolution(try ConvolutionLayer(config))
    case "DepthwiseConv2D": self = .depthwise(try DepthwiseLayer(config))
    case "SeparableConv2D": self = try ConvolutionLayer.separable(config)
    case "Dense":
      self = .dense(
        units: try config.count("units"), hasBias: try config.flag("use_bias", default: true),
        try config.activation())
    case "BatchNormalization": self = .batchNormalization(try BatchNormalizationLayer(config))
    case "Activation": self = .activation(try config.activation())
    case "ReLU": self = try Self.relu(config)
    case "Softmax": self = try Self.softmax(config)
    case "Add": self = .add
    case "MaxPooling2D": self = .pooling(.maxPool2D, try Self.poolingWindow(config))
    case "AveragePooling2D": self = .pooling(.averagePool2D, try Self.poolingWindow(config))
    case "GlobalAveragePooling2D":
      try config.checkLayout()
      self = .globalAverage(keepsDimensions: try config.flag("keepdims", default: false))
    case "Flatten":
      try config.checkLayout()
      self = .flatten
    case "Reshape": self = try Self.reshape(config)
    case "ZeroPadding2D": self = try Self.zeroPadding(config)
    case let name where Self.trainingOnly.contains(name): self = .identity
    case let name where Self.models.contains(name): throw Self.nested(config)
    default:
      throw config.unsupported(
        "this class is not read",
        "Build the model of these layers: \(Self.known); or convert it to .tflite or ONNX first.")
    }
  }

  private static func relu(_ config: LayerConfig) throws(ModelDiagnostic) -> KerasOperation {
    for key in ["negative_slope", "threshold"] {
      guard try config.number(key, default: 0) == 0 else {
        throw config.unsupported(
          "`\(key)` is \(config.json[key].summary); only 0 is read",
          "Use a ReLU without slope and threshold.")
      }
    }
    let limit = try config.number("max_value", default: .infinity)
    guard limit >= 0 else { throw config.broken("max_value") }
    if limit == .infinity { return .activation(.relu) }
    return limit == 6 ? .activation(.relu6) : .cappedReLU(limit: Float(limit))
  }

  private static func softmax(_ config: LayerConfig) throws(ModelDiagnostic) -> KerasOperation {
    let axes = config.json["axis"].array ?? [config.json["axis"]]
    guard axes == [.number(-1)] || axes == [.null] else {
      throw config.unsupported(
        "`axis` is \(config.json["axis"].summary); only the last, -1, is read",
        "Use Softmax(axis=-1).")
    }
    return .activation(.softmax)
  }

  private static func poolingWindow(_ config: LayerConfig) throws(ModelDiagnostic) -> Window {
    try config.checkLayout()
    let size = try config.extent("pool_size", default: Extent(height: 2, width: 2))
    return Window(
      padding: try config.padding(), stride: try config.extent("strides", default: size),
      size: size)
  }

  private static func reshape(_ config: LayerConfig) throws(ModelDiagnostic) -> KerasOperation {
    guard let values = config.json["target_shape"].array else {
      throw config.broken("target_shape")
    }
    let sizes = values.compactMap(\.int)
    guard sizes.count == values.count, sizes.allSatisfy({ $0 >= -1 && $0 <= Int(Int32.max) }),
      sizes.filter({ $0 == -1 }).count <= 1
    else { throw config.broken("target_shape") }
    return .reshape(sizes)
  }

  /// `padding` is n, [height, width] or [[top, bottom], [left, right]].
  private static func zeroPadding(_ config: LayerConfig) throws(ModelDiagnostic) -> KerasOperation {
    try config.checkLayout()
    let value = config.json["padding"]
    let sides = value.array ?? [value, value]
    let counts = sides.flatMap { $0.array ?? [$0, $0] }.compactMap {
      $0.int.flatMap(Int32.init(exactly:))
    }
    guard sides.count == 2, counts.count == 4, counts.allSatisfy({ $0 >= 0 }) else {
      throw config.broken("padding")
    }
    return .zeroPadding([0, 0] + counts + [0, 0])
  }
}
