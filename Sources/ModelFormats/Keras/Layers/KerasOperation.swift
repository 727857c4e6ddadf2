import Models
import Support

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
  static let trainingOnly: Set<String> = [
    "Dropout", "SpatialDropout2D", "GaussianDropout", "GaussianNoise", "AlphaDropout",
    "ActivityRegularization",
  ]

  /// Classes that hold layers.
  static let models: Set<String> = ["Functional", "Sequential", "Model"]

  static func nested(_ config: LayerConfig) -> Diagnostic {
    config.unsupported("a model inside the model", "Save a model whose layers are not nested.")
  }

  /// How layers of one class are understood.
  typealias Reader = @Sendable (LayerConfig) throws(Diagnostic) -> KerasOperation

  /// The classes that compute something, by name.
  static let computing: [String: Reader] = [
    "Activation": { config throws(Diagnostic) in .activation(try config.activation()) },
    "Add": { _ in .add },
    "AveragePooling2D": { config throws(Diagnostic) in
      .pooling(.averagePool2D, try poolingWindow(config))
    },
    "BatchNormalization": { config throws(Diagnostic) in
      .batchNormalization(try BatchNormalizationLayer(config))
    },
    "Conv2D": { config throws(Diagnostic) in .convolution(try ConvolutionLayer(config)) },
    "Dense": { config throws(Diagnostic) in
      .dense(
        units: try config.count("units"), hasBias: try config.flag("use_bias", default: true),
        try config.activation())
    },
    "DepthwiseConv2D": { config throws(Diagnostic) in .depthwise(try DepthwiseLayer(config)) },
    "Flatten": { config throws(Diagnostic) in
      try config.checkLayout()
      return .flatten
    },
    "GlobalAveragePooling2D": { config throws(Diagnostic) in
      try config.checkLayout()
      return .globalAverage(keepsDimensions: try config.flag("keepdims", default: false))
    },
    "InputLayer": { config throws(Diagnostic) in .input(shape: try InputLayer.shape(config)) },
    "MaxPooling2D": { config throws(Diagnostic) in
      .pooling(.maxPool2D, try poolingWindow(config))
    },
    "ReLU": relu, "Reshape": reshape, "SeparableConv2D": ConvolutionLayer.separable,
    "Softmax": softmax, "ZeroPadding2D": zeroPadding,
  ]

  init(_ config: LayerConfig) throws(Diagnostic) {
    let name = config.className
    if let read = Self.computing[name] {
      self = try read(config)
    } else if Self.trainingOnly.contains(name) {
      self = .identity
    } else if Self.models.contains(name) {
      throw Self.nested(config)
    } else {
      let known = Self.computing.keys.sorted() + Self.trainingOnly.sorted()
      throw config.unsupported(
        "this class is not read",
        "Build the model of these layers: \(known.joined(separator: ", ")); or convert it to .tflite "
          + "or ONNX first.")
    }
  }

  private static func relu(_ config: LayerConfig) throws(Diagnostic) -> KerasOperation {
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

  private static func softmax(_ config: LayerConfig) throws(Diagnostic) -> KerasOperation {
    let axes = config.json["axis"].array ?? [config.json["axis"]]
    guard axes == [.number(-1)] || axes == [.null] else {
      throw config.unsupported(
        "`axis` is \(config.json["axis"].summary); only the last, -1, is read",
        "Use Softmax(axis=-1).")
    }
    return .activation(.softmax)
  }

  private static func poolingWindow(_ config: LayerConfig) throws(Diagnostic) -> Window {
    try config.checkLayout()
    let size = try config.extent("pool_size", default: Extent(height: 2, width: 2))
    return Window(
      padding: try config.padding(), stride: try config.extent("strides", default: size),
      size: size)
  }

  private static func reshape(_ config: LayerConfig) throws(Diagnostic) -> KerasOperation {
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
  private static func zeroPadding(_ config: LayerConfig) throws(Diagnostic) -> KerasOperation {
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
