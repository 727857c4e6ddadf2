import Support

/// The options' table of an operator, from its attributes.
enum TFLiteOptionTables {
  /// nil for kinds without options. Throws for options that were carried, not understood.
  static func options(
    of each: Operator
  ) throws(Diagnostic) -> (TFLiteOptionsType, [Int: FlatValue])? {
    switch each.attributes {
    case .plain: return nil
    case .opaque(at: nil) where each.kind.customName != nil: return nil
    case .opaque:
      throw Diagnostic(
        "opaque-operator", "the options of \(each.kind.printableName) were not understood",
        remedy: "Models with it can be inspected, not written.")
    case .convolution(let window, let activation):
      if each.kind == .transposeConv { return transposed(window, activation) }
      typealias Field = TFLiteSchema.Conv2DOptions
      return (
        .conv2D,
        fields([
          (Field.padding.rawValue, padding(window)),
          (Field.strideW.rawValue, int(window.stride.width)),
          (Field.strideH.rawValue, int(window.stride.height)),
          (Field.fusedActivation.rawValue, code(activation)),
          (Field.dilationW.rawValue, int(window.dilation.width, default: 1)),
          (Field.dilationH.rawValue, int(window.dilation.height, default: 1)),
        ])
      )
    case .depthwise(let window, let multiplier, let activation):
      typealias Field = TFLiteSchema.DepthwiseConv2DOptions
      return (
        .depthwiseConv2D,
        fields([
          (Field.padding.rawValue, padding(window)),
          (Field.strideW.rawValue, int(window.stride.width)),
          (Field.strideH.rawValue, int(window.stride.height)),
          (Field.depthMultiplier.rawValue, int(multiplier)),
          (Field.fusedActivation.rawValue, code(activation)),
          (Field.dilationW.rawValue, int(window.dilation.width, default: 1)),
          (Field.dilationH.rawValue, int(window.dilation.height, default: 1)),
        ])
      )
    case .pooling(let window, let activation):
      typealias Field = TFLiteSchema.Pool2DOptions
      return (
        .pool2D,
        fields([
          (Field.padding.rawValue, padding(window)),
          (Field.strideW.rawValue, int(window.stride.width)),
          (Field.strideH.rawValue, int(window.stride.height)),
          (Field.filterWidth.rawValue, int(window.size?.width ?? 0)),
          (Field.filterHeight.rawValue, int(window.size?.height ?? 0)),
          (Field.fusedActivation.rawValue, code(activation)),
        ])
      )
    case .fullyConnected(let activation, let keepsDimensions, let hasShuffledWeights):
      typealias Field = TFLiteSchema.FullyConnectedOptions
      return (
        .fullyConnected,
        fields([
          (Field.fusedActivation.rawValue, code(activation)),
          (Field.weightsFormat.rawValue, hasShuffledWeights ? .int8(1) : nil),
          (Field.keepNumDims.rawValue, keepsDimensions ? .bool(true) : nil),
        ])
      )
    case .softmax(let beta):
      return (
        .softmax,
        fields([(TFLiteSchema.SoftmaxOptions.beta.rawValue, beta == 0 ? nil : .float(beta))])
      )
    case .concatenation(let axis, let activation):
      typealias Field = TFLiteSchema.ConcatenationOptions
      return (
        .concatenation,
        fields([
          (Field.axis.rawValue, int(axis)), (Field.fusedActivation.rawValue, code(activation)),
        ])
      )
    case .reshape(let shape):
      let value: FlatValue? = shape.isEmpty ? nil : .int32s(shape)
      return (.reshape, fields([(TFLiteSchema.ReshapeOptions.newShape.rawValue, value)]))
    case .reducer(let keepsDimensions):
      let value: FlatValue? = keepsDimensions ? .bool(true) : nil
      return (.reducer, fields([(TFLiteSchema.ReducerOptions.keepDims.rawValue, value)]))
    case .activation(let activation): return try elementwise(each.kind, activation)
    }
  }

  private static func transposed(
    _ window: Window, _ activation: FusedActivation
  ) -> (TFLiteOptionsType, [Int: FlatValue]) {
    typealias Field = TFLiteSchema.TransposeConvOptions
    return (
      .transposeConv,
      fields([
        (Field.padding.rawValue, padding(window)),
        (Field.strideW.rawValue, int(window.stride.width)),
        (Field.strideH.rawValue, int(window.stride.height)),
        (Field.fusedActivation.rawValue, code(activation)),
      ])
    )
  }

  private static func elementwise(
    _ kind: OperatorKind, _ activation: FusedActivation
  ) throws(Diagnostic) -> (TFLiteOptionsType, [Int: FlatValue]) {
    let types: [String: TFLiteOptionsType] = [
      "ADD": .add, "DIV": .div, "L2_NORMALIZATION": .l2Norm, "MUL": .mul, "SUB": .sub,
    ]
    guard let type = types[kind.name] else {
      throw Diagnostic(
        "attributes", "\(kind.printableName) has a fused activation, for which it has no option",
        remedy: "This is a mistake of this program: please report it with the model.")
    }
    return (
      type, fields([(TFLiteSchema.ActivationOptions.fusedActivation.rawValue, code(activation))])
    )
  }

  private static func fields(_ list: [(Int, FlatValue?)]) -> [Int: FlatValue] {
    Dictionary(uniqueKeysWithValues: list.compactMap { field, value in value.map { (field, $0) } })
  }

  private static func padding(_ window: Window) -> FlatValue? {
    window.padding == .same ? nil : .int8(1)
  }

  private static func int(_ value: Int, default standard: Int = 0) -> FlatValue? {
    value == standard ? nil : .int32(Int32(truncatingIfNeeded: value))
  }

  private static func code(_ activation: FusedActivation) -> FlatValue? {
    activation == .none ? nil : .int8(Int8(activation.rawValue))
  }
}
