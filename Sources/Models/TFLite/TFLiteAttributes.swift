import Support

/// Reads the options of one operator.
struct TFLiteAttributes {
  private let table: FlatTable<TFLiteSchema.Operator>
  private let kind: OperatorKind

  init(_ table: FlatTable<TFLiteSchema.Operator>, kind: OperatorKind) {
    self.table = table
    self.kind = kind
  }

  func attributes() throws(Diagnostic) -> Attributes {
    let type: UInt8 = try table.integer(.builtinOptionsType)
    guard kind.isKnown, let expected = Self.expected[kind.name] else {
      return Self.plain.contains(kind) ? .plain : .opaque(at: try table.target(.builtinOptions))
    }
    guard type == 0 || type == expected.rawValue else {
      throw Diagnostic(
        "options", "\(kind.name) has options of type \(type), not \(expected.rawValue)",
        remedy: "The file is damaged: convert the model again.",
        place: Place(offset: table.position))
    }
    switch expected {
    case .conv2D, .transposeConv, .depthwiseConv2D, .pool2D: return try windowed(expected)
    case .fullyConnected:
      let options = try options(TFLiteSchema.FullyConnectedOptions.self)
      return .fullyConnected(
        try activation(options, .fusedActivation),
        keepsDimensions: try options?.bool(.keepNumDims) ?? false,
        hasShuffledWeights: try options?.bool(.weightsFormat) ?? false)
    case .softmax:
      return .softmax(beta: try options(TFLiteSchema.SoftmaxOptions.self)?.float(.beta) ?? 0)
    case .concatenation:
      let options = try options(TFLiteSchema.ConcatenationOptions.self)
      return .concatenation(
        axis: Int(try options?.integer(.axis, default: Int32(0)) ?? 0),
        try activation(options, .fusedActivation))
    case .reshape:
      let vector = try options(TFLiteSchema.ReshapeOptions.self)?.vector(.newShape, width: 4)
      return .reshape(to: try vector?.integers(Int32.self).map { Int($0) } ?? [])
    case .reducer:
      return .reducer(
        keepsDimensions: try options(TFLiteSchema.ReducerOptions.self)?.bool(.keepDims) ?? false)
    case .add, .sub, .mul, .div, .l2Norm:
      let options = try options(TFLiteSchema.ActivationOptions.self)
      return .activation(try activation(options, .fusedActivation))
    }
  }

  private func windowed(_ type: TFLiteOptionsType) throws(Diagnostic) -> Attributes {
    switch type {
    case .depthwiseConv2D:
      let options = try needed(TFLiteSchema.DepthwiseConv2DOptions.self)
      let window = Window(
        padding: try padding(options, .padding),
        stride: try extent(options, .strideH, .strideW),
        dilation: try extent(options, .dilationH, .dilationW, default: 1))
      return .depthwise(
        window, depthMultiplier: Int(try options.integer(.depthMultiplier, default: Int32(0))),
        try activation(options, .fusedActivation))
    case .pool2D:
      let options = try needed(TFLiteSchema.Pool2DOptions.self)
      let window = Window(
        padding: try padding(options, .padding),
        stride: try extent(options, .strideH, .strideW),
        size: try extent(options, .filterHeight, .filterWidth))
      return .pooling(window, try activation(options, .fusedActivation))
    case .transposeConv:
      let options = try needed(TFLiteSchema.TransposeConvOptions.self)
      let window = Window(
        padding: try padding(options, .padding), stride: try extent(options, .strideH, .strideW))
      return .convolution(window, try activation(options, .fusedActivation))
    default:
      let options = try needed(TFLiteSchema.Conv2DOptions.self)
      let window = Window(
        padding: try padding(options, .padding),
        stride: try extent(options, .strideH, .strideW),
        dilation: try extent(options, .dilationH, .dilationW, default: 1))
      return .convolution(window, try activation(options, .fusedActivation))
    }
  }

  private func options<Field: SchemaField>(_: Field.Type) throws(Diagnostic)
    -> FlatTable<Field>?
  {
    // A table without its type is of no type.
    let type: UInt8 = try table.integer(.builtinOptionsType)
    return type == 0 ? nil : try table.table(.builtinOptions, as: Field.self)
  }

  /// Options without which an operator means nothing, as a stride of 0 is none.
  private func needed<Field: SchemaField>(_ type: Field.Type) throws(Diagnostic)
    -> FlatTable<Field>
  {
    guard let options = try options(type) else {
      throw Diagnostic(
        "options", "\(kind.name) has no options, so no stride and padding",
        remedy: "The file is damaged: convert the model again.",
        place: Place(offset: table.position))
    }
    return options
  }

  private func padding<Field: SchemaField>(_ options: FlatTable<Field>, _ field: Field)
    throws(Diagnostic) -> Padding
  {
    let code: Int8 = try options.integer(field)
    switch code {
    case 0: return .same
    case 1: return .valid
    default:
      throw Diagnostic(
        "options", "the padding is number \(code); 0 (SAME) and 1 (VALID) are known",
        remedy: "The file is damaged: convert the model again.",
        place: Place(offset: options.position))
    }
  }

  private func extent<Field: SchemaField>(
    _ options: FlatTable<Field>, _ height: Field, _ width: Field, default value: Int32 = 0
  ) throws(Diagnostic) -> Extent {
    Extent(
      height: Int(try options.integer(height, default: value)),
      width: Int(try options.integer(width, default: value)))
  }

  private func activation<Field: SchemaField>(_ options: FlatTable<Field>?, _ field: Field)
    throws(Diagnostic) -> FusedActivation
  {
    guard let options else { return .none }
    let code: Int8 = try options.integer(field)
    guard let activation = FusedActivation(rawValue: Int(code)) else {
      throw Diagnostic(
        "options", "the fused activation is number \(code); 0 to 5 are known",
        remedy: "Convert the model for an older runtime.",
        place: Place(offset: options.position))
    }
    return activation
  }

  /// Kinds whose options' tables have no fields, or none that this reader knows a meaning of.
  private static let plain: Set<OperatorKind> = [
    .dequantize, .logistic, .maximum, .minimum, .pad, .quantize, .relu, .relu6, .tanh, .transpose,
  ]
  /// Which options a kind has, where they are read.
  private static let expected: [String: TFLiteOptionsType] = [
    "ADD": .add, "AVERAGE_POOL_2D": .pool2D, "CONCATENATION": .concatenation, "CONV_2D": .conv2D,
    "DEPTHWISE_CONV_2D": .depthwiseConv2D, "DIV": .div, "FULLY_CONNECTED": .fullyConnected,
    "L2_NORMALIZATION": .l2Norm, "L2_POOL_2D": .pool2D, "MAX_POOL_2D": .pool2D,
    "MEAN": .reducer, "MUL": .mul,
    "RESHAPE": .reshape, "SOFTMAX": .softmax, "SUB": .sub, "TRANSPOSE_CONV": .transposeConv,
  ]
}
