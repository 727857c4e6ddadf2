import Support

/// What a kernel takes from the arena for one operator, in the order in which it does.
struct KernelMemory: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    /// A TfLiteTensor of that tensor, until the operator is prepared.
    case temporary(tensor: Int)
    /// Memory that stays.
    case persistent(String, bytes: Int)
    /// Memory while the operator runs.
    case scratch(String, bytes: Int)
  }

  /// Options, unpacked when the model is loaded.
  var builtinData: TFLMStructure?
  /// Taken by `Init` of the kernel.
  var opData: TFLMStructure?
  /// Taken by its `Prepare`.
  var preparation: [Step] = []
  /// Why the numbers are a margin and not TFLM's; nil where they are.
  var guess: String?

  /// Bytes that stand for what is not known.
  var guessedBytes: Int {
    guard guess != nil else { return 0 }
    var sum = (builtinData?.bytes ?? 0) + (opData?.bytes ?? 0)
    for step in preparation {
      switch step {
      case .temporary: break
      case .persistent(_, let bytes), .scratch(_, let bytes): sum += bytes
      }
    }
    return sum
  }
}

/// The memory of kinds whose kernels were read.
extension KernelMemory {
  /// For the operator of that view; throws where a size overflows.
  init(_ view: OperatorView) throws(Diagnostic) {
    switch view.kind {
    case .conv2D: self = try Self.convolution(view)
    case .depthwiseConv2D: self = try Self.depthwise(view)
    case .fullyConnected: self = Self.fullyConnected(view)
    case .averagePool2D, .maxPool2D: self = Self.pooling(view)
    case .softmax where view.isModelled:
      self = Self(.softmaxParams, .softmaxOpData, view.temporaries([0], out: true))
    case .mean where view.isModelled: self = Self.mean(view)
    case .add: self = Self(.addParams, .addOpData, view.temporaries([0, 1], out: true))
    case .sub: self = Self(.subParams, .subOpData, view.temporaries([0, 1], out: true))
    case .mul: self = Self(.mulParams, .mulOpData, view.temporaries([0, 1], out: true))
    case .reshape: self = Self(.reshapeParams, nil, view.temporaries([0], out: true))
    case .transpose: self = Self(nil, nil, view.temporaries([0, 1], out: true))
    case .minimum, .maximum: self = Self(nil, nil, [])
    case .pad: self = Self(nil, .padOpData, view.temporaries([0, 1, 2], out: true))
    case .relu: self = Self(nil, .reluOpData, view.temporaries([0], out: true))
    case .relu6: self = Self(nil, .relu6OpData, view.temporaries([0]))
    case .tanh: self = Self(nil, .tanhOpData, view.temporaries([0, 0], out: true))
    case .logistic: self = Self(nil, .logisticOpData, view.temporaries([0], out: true))
    case .quantize: self = Self(nil, .quantizeOpData, view.temporaries([0], out: true))
    case .dequantize: self = Self(nil, .dequantizeOpData, view.temporaries([0], out: true))
    case Self.concatenation:
      let inputs = Array(view.subject.inputs.indices)
      self = Self(
        .concatenationParams, .concatenationOpData,
        view.temporaries([0], out: true) + view.temporaries(inputs))
    default: self = Self.unknown(view)
    }
  }

  private static let concatenation = OperatorKind(code: 2)

  private init(_ builtinData: TFLMStructure?, _ opData: TFLMStructure?, _ preparation: [Step]) {
    self.builtinData = builtinData
    self.opData = opData
    self.preparation = preparation
  }

  private static func convolution(_ view: OperatorView) throws(Diagnostic) -> Self {
    guard let (input, weights, output) = view.operands, let window = view.window, view.isModelled
    else { return unknown(view) }
    var memory = Self(.convParams, .convOpData, view.temporaries([0, 1], out: true))
    if view.isInt8 { memory.preparation += perChannel(weights[0]) }
    memory.preparation += view.temporaries([0, 1, 2], out: true)
    if view.isInt8 {
      let bytes = CMSISScratch.convolution(
        input: input, weights: weights, output: output, window: window)
      memory.preparation += try scratch("columns of patches", bytes)
    }
    return memory
  }

  private static func depthwise(_ view: OperatorView) throws(Diagnostic) -> Self {
    guard let (input, weights, output) = view.operands, let window = view.window, view.isModelled
    else { return unknown(view) }
    var memory = Self(.depthwiseConvParams, .depthwiseConvOpData, [])
    memory.preparation = view.temporaries([0, 1], out: true)
    if view.isInt8 { memory.preparation += perChannel(weights[3]) }
    memory.preparation += view.temporaries([0, 1, 2], out: true)
    if view.isInt8 {
      let bytes = CMSISScratch.depthwise(
        input: input, weights: weights, output: output, window: window)
      memory.preparation += try scratch("one window", bytes)
    }
    return memory
  }

  private static func fullyConnected(_ view: OperatorView) -> Self {
    guard let (_, weights, output) = view.operands, view.isModelled else { return unknown(view) }
    var memory = Self(
      .fullyConnectedParams, .fullyConnectedOpData, view.temporaries([0, 1, 2], out: true))
    guard view.isInt8 else { return memory }
    let scales = view.input(1)?.quantization?.scales.count ?? 0
    if scales > 1 { memory.preparation += perChannel(scales) }
    // As a 1x1 convolution, which needs a multiplier and a shift per channel.
    if output.count > 2, weights[1] % 4 == 0, scales <= 1, let channels = output.last, channels > 0
    {
      memory.preparation.append(.scratch("multipliers and shifts", bytes: 8 * channels))
    }
    return memory
  }

  private static func pooling(_ view: OperatorView) -> Self {
    guard let shape = view.input(0)?.shape, shape.count == 4, view.isModelled else {
      return unknown(view)
    }
    var memory = Self(.poolParams, .poolingOpData, view.temporaries([0], out: true))
    guard view.kind == .averagePool2D else { return memory }
    memory.preparation += view.temporaries([0], out: true)
    if view.isInt8, shape[3] > 0 {
      let bytes = CMSISScratch.averagePool(channels: shape[3])
      memory.preparation.append(.scratch("sums", bytes: bytes))
    }
    return memory
  }

  private static func mean(_ view: OperatorView) -> Self {
    var memory = Self(
      .reducerParams, .reduceOpData,
      view.temporaries([0], out: true) + view.temporaries([1]))
    if view.isInt8 {
      memory.preparation.append(.scratch("sums", bytes: 4 * (view.output?.elementCount ?? 0)))
    }
    memory.preparation += view.temporaries([0, 1], out: view.isInt8)
    return memory
  }

  private static func perChannel(_ channels: Int) -> [Step] {
    [
      .persistent("multipliers per channel", bytes: 4 * channels),
      .persistent("shifts per channel", bytes: 4 * channels),
    ]
  }

  private static func scratch(_ what: String, _ bytes: Int?) throws(Diagnostic) -> [Step] {
    guard let bytes, bytes <= ArenaPlanner.mostBytes else {
      throw ArenaPlanner.tooLarge("the scratch memory of the operator")
    }
    return bytes > 0 ? [.scratch(what, bytes: bytes)] : []
  }
}
