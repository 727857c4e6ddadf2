import Models

/// Pooling, convolutions and FULLY_CONNECTED.
enum OracleWindows {
  static let families: [OracleFamily] = [
    OracleFamily(name: "average_pool_2d_int8") { try poolInt8(&$0, .averagePool2D) },
    OracleFamily(name: "average_pool_2d_fp32") { try poolFloat(&$0, .averagePool2D) },
    OracleFamily(name: "max_pool_2d_int8") { try poolInt8(&$0, .maxPool2D) },
    OracleFamily(name: "max_pool_2d_fp32") { try poolFloat(&$0, .maxPool2D) },
    OracleFamily(name: "conv_2d_int8") { try weighted(&$0, .conv2D, isInt8: true) },
    OracleFamily(name: "conv_2d_fp32") { try weighted(&$0, .conv2D, isInt8: false) },
    OracleFamily(name: "depthwise_conv_2d_int8") {
      try weighted(&$0, .depthwiseConv2D, isInt8: true)
    },
    OracleFamily(name: "depthwise_conv_2d_fp32") {
      try weighted(&$0, .depthwiseConv2D, isInt8: false)
    },
    OracleFamily(name: "fully_connected_int8") { try weighted(&$0, .fullyConnected, isInt8: true) },
    OracleFamily(name: "fully_connected_fp32") {
      try weighted(&$0, .fullyConnected, isInt8: false)
    },
  ]

  /// An image and a window that fits into it at least once.
  private static func image(_ sketch: inout OracleSketch, channels: Int) -> ([Int], Window) {
    let (height, width) = (sketch.integer(1...11), sketch.integer(1...11))
    let size = Extent(
      height: sketch.integer(1...min(5, height)), width: sketch.integer(1...min(5, width)))
    let window = Window(
      padding: sketch.pick([.same, .valid]),
      stride: Extent(height: sketch.integer(1...3), width: sketch.integer(1...3)), size: size)
    return ([sketch.integer(1...2), height, width, channels], window)
  }

  private static func poolInt8(_ sketch: inout OracleSketch, _ kind: OperatorKind) throws {
    let (shape, window) = image(&sketch, channels: sketch.integer(1...9))
    let quantization = sketch.quantization()
    let input = sketch.int8Input(shape, quantization)
    let activation = sketch.activation()
    try sketch.finish(
      kind, .pooling(window, activation), inputs: [input], type: .int8, quantization)
  }

  private static func poolFloat(_ sketch: inout OracleSketch, _ kind: OperatorKind) throws {
    let (shape, window) = image(&sketch, channels: sketch.integer(1...9))
    let input = sketch.floatInput(shape)
    let activation = sketch.activation()
    try sketch.finish(kind, .pooling(window, activation), inputs: [input], type: .float32)
  }

  /// An operator with weights, without a bias now and then.
  private static func weighted(
    _ sketch: inout OracleSketch, _ kind: OperatorKind, isInt8: Bool
  ) throws {
    let depth = sketch.integer(1...17)
    let activation = sketch.activation()
    let shape: [Int]
    let weights: [Int]
    let channels: Int
    let attributes: Attributes
    if kind == .fullyConnected {
      channels = sketch.integer(1...20)
      shape = [sketch.integer(1...3), depth * sketch.integer(1...8)]
      weights = [channels, shape[1]]
      attributes = .fullyConnected(activation, keepsDimensions: false, hasShuffledWeights: false)
    } else {
      let image = image(&sketch, channels: depth)
      var window = image.1
      let size = window.size ?? Extent(height: 1, width: 1)
      window.size = nil
      // Dilation only where the wider window still fits, and without stride, as in practice.
      if sketch.integer(0...3) == 0, 2 * size.height - 1 <= image.0[1],
        2 * size.width - 1 <= image.0[2]
      {
        window.dilation = Extent(height: 2, width: 2)
        window.stride = Extent(height: 1, width: 1)
      }
      shape = image.0
      if kind == .conv2D {
        channels = sketch.integer(1...9)
        weights = [channels, size.height, size.width, depth]
        attributes = .convolution(window, activation)
      } else {
        let multiplier = sketch.pick([1, 1, 2, 3])
        channels = depth * multiplier
        weights = [1, size.height, size.width, channels]
        attributes = .depthwise(window, depthMultiplier: multiplier, activation)
      }
    }
    let operands = (shape: shape, weights: weights, channels: channels)
    if isInt8 {
      try int8(&sketch, kind, attributes, operands)
    } else {
      let count = weights.reduce(1, *)
      var inputs: [Int?] = [
        sketch.floatInput(shape),
        sketch.draft.add(.floats(sketch.floatValues(count, -1...1), shape: weights)),
      ]
      if sketch.integer(0...4) > 0 {
        inputs.append(
          sketch.draft.add(.floats(sketch.floatValues(channels), shape: [channels])))
      }
      try sketch.finish(kind, attributes, inputs: inputs, type: .float32)
    }
  }

  private static func int8(
    _ sketch: inout OracleSketch, _ kind: OperatorKind, _ attributes: Attributes,
    _ operands: (shape: [Int], weights: [Int], channels: Int)
  ) throws {
    let quantization = sketch.quantization()
    // One scale per channel, but for FULLY_CONNECTED.
    let scaleCount = kind == .fullyConnected ? 1 : operands.channels
    let scales = (0..<scaleCount).map { _ in sketch.scale(-9 ... -6) }
    let weights = sketch.int8Values(operands.weights.reduce(1, *)).map { max($0, -127) }
    let axis = kind == .fullyConnected ? nil : (kind == .conv2D ? 0 : 3)
    var inputs: [Int?] = [
      sketch.int8Input(operands.shape, quantization),
      sketch.draft.add(
        .int8s(
          weights, shape: operands.weights,
          quantization: Quantization(
            scales: scales, zeroPoints: [Int64](repeating: 0, count: scaleCount), axis: axis))),
    ]
    if sketch.integer(0...4) > 0 {
      let biases = (0..<operands.channels).map { _ in Int32(sketch.integer(-20000...20000)) }
      inputs.append(
        sketch.draft.add(
          .int32s(
            biases, shape: [operands.channels],
            quantization: Quantization(
              scales: scales.map { $0 * quantization.scales[0] },
              zeroPoints: [Int64](repeating: 0, count: scaleCount),
              axis: scaleCount == 1 ? nil : 0))))
    }
    // About the size of the sums, so that most results are inside the range.
    let taps = Float(operands.weights.reduce(1, *)) / Float(operands.channels)
    let size = quantization.scales[0] * scales[0] * 75 * taps.squareRoot()
    let output = Quantization(
      scales: [size * sketch.real(0.2...3)], zeroPoints: [Int64(sketch.integer(-128...127))])
    try sketch.finish(kind, attributes, inputs: inputs, type: .int8, output)
  }
}
