import Models
import Support

/// Layers with weights. Keras' kernels are [H, W, in, out] and [in, out], TFLite's [out, H, W, in] and
/// [out, in].
extension GraphBuilder {
  mutating func add(
    _ layer: ConvolutionLayer, _ name: String, input: Int, kernel role: String, name output: String
  ) throws(Diagnostic) -> Int {
    try checkImage(input, name)
    let channels = shape(input)[3]
    guard channels % layer.groups == 0, layer.filters % layer.groups == 0 else {
      throw KerasModel.broken(
        "layer `\(printable(name))`: \(channels) channels and \(layer.filters) filters are not "
          + "\(layer.groups) groups")
    }
    let stored = [layer.size.height, layer.size.width, channels / layer.groups, layer.filters]
    let kernel = try constant(role, of: name) { (builder) throws(Diagnostic) in
      try builder.array([role], of: name, shape: stored)
        .transposed([3, 0, 1, 2], name: name + "/" + role)
    }
    let bias = try layer.hasBias ? [self.bias(of: name, count: layer.filters)] : []
    return try add(
      .conv2D, .convolution(layer.window, .none), [input, kernel] + bias, layer.activation, output)
  }

  mutating func add(
    _ layer: DepthwiseLayer, _ name: String, input: Int, name output: String
  ) throws(Diagnostic) -> Int {
    try checkImage(input, name)
    let (height, width, channels) = (layer.size.height, layer.size.width, shape(input)[3])
    let (count, overflows) = channels.multipliedReportingOverflow(by: layer.multiplier)
    guard !overflows else { throw KerasModel.broken("layer `\(printable(name))` is too large") }
    // [H, W, in, multiplier] and [1, H, W, in x multiplier] are the same bytes. Keras 3 names the
    // array of a DepthwiseConv2D `kernel`.
    let kernel = try constant("depthwise_kernel", of: name) { (builder) throws(Diagnostic) in
      try builder.array(
        ["depthwise_kernel", "kernel"], of: name,
        shape: [height, width, channels, layer.multiplier]
      ).tensor(shape: [1, height, width, count], name: name + "/depthwise_kernel")
    }
    let bias = try layer.hasBias ? [self.bias(of: name, count: count)] : []
    return try add(
      .depthwiseConv2D,
      .depthwise(layer.window, depthMultiplier: layer.multiplier, .none),
      [input, kernel] + bias, layer.activation, output)
  }

  mutating func addDense(
    _ units: Int, _ hasBias: Bool, _ activation: KerasActivation, _ name: String, input: Int
  ) throws(Diagnostic) -> Int {
    guard shape(input).count >= 2, let width = shape(input).last else {
      throw KerasModel.broken("layer `\(printable(name))` is given one dimension; it needs two")
    }
    let kernel = try constant("kernel", of: name) { (builder) throws(Diagnostic) in
      try builder.array(["kernel"], of: name, shape: [width, units])
        .transposed([1, 0], name: name + "/kernel")
    }
    let bias = try hasBias ? [self.bias(of: name, count: units)] : []
    let attributes = Attributes.fullyConnected(
      .none, keepsDimensions: shape(input).count > 2, hasShuffledWeights: false)
    return try add(.fullyConnected, attributes, [input, kernel] + bias, activation, name)
  }

  /// A product and a sum with constants, computed in double precision and rounded once.
  mutating func add(
    _ layer: BatchNormalizationLayer, _ name: String, input: Int
  ) throws(Diagnostic) -> Int {
    let rank = shape(input).count
    guard rank >= 2, layer.axis == -1 || layer.axis == rank - 1 else {
      throw Diagnostic(
        "keras-unsupported",
        "layer `\(printable(name))` normalises along dimension \(layer.axis) of \(rank); only the "
          + "last is read", remedy: "Normalise along the channels, axis=-1.")
    }
    let channels = shape(input)[rank - 1]
    let factor = try constant("factor", of: name) { (builder) throws(Diagnostic) in
      Tensor.floats(
        try builder.terms(of: layer, name, channels).map { Float($0.factor) }, shape: [channels],
        name: name + "/factor")
    }
    let offset = try constant("offset", of: name) { (builder) throws(Diagnostic) in
      Tensor.floats(
        try builder.terms(of: layer, name, channels).map { Float($0.offset) }, shape: [channels],
        name: name + "/offset")
    }
    let scaled = try append(.mul, .activation(.none), [input, factor], name + "/mul")
    return try append(.add, .activation(.none), [scaled, offset], name)
  }

  private mutating func terms(
    of layer: BatchNormalizationLayer, _ name: String, _ channels: Int
  ) throws(Diagnostic) -> [(factor: Double, offset: Double)] {
    let mean = try array(["moving_mean"], of: name, shape: [channels]).floats
    let variance = try array(["moving_variance"], of: name, shape: [channels]).floats
    let gamma = try layer.hasScale ? array(["gamma"], of: name, shape: [channels]).floats : nil
    let beta = try layer.hasCenter ? array(["beta"], of: name, shape: [channels]).floats : nil
    var result: [(factor: Double, offset: Double)] = []
    for i in 0..<channels {
      let factor =
        Double(gamma?[i] ?? 1) / (Double(variance[i]) + layer.epsilon).squareRoot()
      let offset = Double(beta?[i] ?? 0) - Double(mean[i]) * factor
      guard Float(factor).isFinite, Float(offset).isFinite else {
        throw Diagnostic(
          "keras-weights",
          "channel \(i) of layer `\(printable(name))` has variance \(variance[i]) and mean \(mean[i]), "
            + "from which no finite factor follows",
          remedy: "Train the model again: its statistics are damaged.")
      }
      result.append((factor, offset))
    }
    return result
  }

  private mutating func bias(of name: String, count: Int) throws(Diagnostic) -> Int {
    try constant("bias", of: name) { (builder) throws(Diagnostic) in
      try builder.array(["bias"], of: name, shape: [count])
        .tensor(shape: [count], name: name + "/bias")
    }
  }

  /// The operator and its activation, the last of them named as the layer.
  private mutating func add(
    _ kind: OperatorKind, _ attributes: Attributes, _ inputs: [Int], _ activation: KerasActivation,
    _ name: String
  ) throws(Diagnostic) -> Int {
    let isLast = activation == .linear
    let output = try append(kind, attributes, inputs, isLast ? name : name + "/linear")
    return try add(activation, input: output, name: name)
  }
}
