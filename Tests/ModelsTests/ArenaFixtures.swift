@testable import Models

/// Graphs of one kind each, of float32 or int8, as TFLite's converter would write them.
struct ArenaFixture {
  private var draft = GraphDraft()
  private let isInt8: Bool
  private static let shape = [1, 6, 7, 4]

  static let names = [
    "add", "averagePool", "concatenation", "conv1x1", "conv1x3Valid", "conv5x5", "convDilated",
    "depthwise3x3", "depthwise5x5", "depthwiseTwice", "fullyConnected", "fullyConnected3D",
    "fullyConnectedPerChannel", "logistic", "maximum", "maxPool", "mean", "minimum", "mul", "pad",
    "quantizeDequantize", "relu", "relu6", "reshape", "softmax", "sub", "tanh", "transpose",
    "branch",
  ]

  /// One of `names`.
  static func graph(_ name: String, isInt8: Bool) throws -> Graph {
    var fixture = ArenaFixture(isInt8: isInt8)
    let input = fixture.data(shape)
    fixture.draft.inputs = [input]
    fixture.draft.outputs = [fixture.append(name, input)]
    return try fixture.draft.graph()
  }

  private init(isInt8: Bool) { self.isInt8 = isInt8 }

  private mutating func append(_ name: String, _ input: Int) -> Int {
    switch name {
    case "conv1x1": return convolution(input, 1, 1, .same)
    case "conv1x3Valid": return convolution(input, 1, 3, .valid)
    case "conv5x5": return convolution(input, 5, 5, .same)
    case "convDilated": return convolution(input, 2, 2, .same, dilation: 2)
    case "depthwise3x3": return depthwise(input, 3, multiplier: 1)
    case "depthwise5x5": return depthwise(input, 5, multiplier: 1)
    case "depthwiseTwice": return depthwise(input, 5, multiplier: 2)
    case "fullyConnected": return fullyConnected(input, [10, 168], output: [1, 10])
    case "fullyConnected3D": return fullyConnected(input, [10, 4], output: [1, 6, 7, 10])
    case "fullyConnectedPerChannel":
      return fullyConnected(input, [10, 168], output: [1, 10], isPerChannel: true)
    case "averagePool": return pool(.averagePool2D, input)
    case "maxPool": return pool(.maxPool2D, input)
    case "relu", "relu6", "tanh":
      let kinds: [String: OperatorKind] = ["relu": .relu, "relu6": .relu6, "tanh": .tanh]
      return run(kinds[name] ?? .relu, [input], Self.shape)
    case "logistic": return run(.logistic, [input], Self.shape, scale: 1 / 256, zeroPoint: -128)
    case "softmax":
      let output = data(Self.shape, scale: 1 / 256, zeroPoint: -128)
      return run(.softmax, [input], output, .softmax(beta: 1))
    case "add", "sub", "mul":
      let kinds: [String: OperatorKind] = ["add": .add, "sub": .sub, "mul": .mul]
      let other = weights([1, 1, 1, 4], axis: nil)
      return run(kinds[name] ?? .add, [input, other], data(Self.shape), .activation(.relu))
    case "minimum": return run(.minimum, [input, weights(Self.shape, axis: nil)], Self.shape)
    case "maximum": return run(.maximum, [input, input], Self.shape)
    case "reshape":
      return run(.reshape, [input, int32s([1, 168])], data([1, 168]), .reshape(to: [1, 168]))
    case "pad":
      let paddings = int32s([0, 0, 1, 2, 0, 1, 0, 0], shape: [4, 2])
      return run(.pad, [input, paddings], [1, 9, 8, 4])
    case "transpose": return run(.transpose, [input, int32s([0, 3, 1, 2])], [1, 4, 6, 7])
    case "mean":
      let output = data([1, 4])
      return run(.mean, [input, int32s([1, 2])], output, .reducer(keepsDimensions: false))
    case "concatenation":
      let output = data([1, 6, 7, 8])
      let kind = OperatorKind(code: 2)
      return run(kind, [input, input], output, .concatenation(axis: 3, .none))
    case "quantizeDequantize":
      let between = draft.add(
        isInt8 ? real(Self.shape) : integers(Self.shape, scale: 0.25, zeroPoint: 5))
      _ = run(isInt8 ? .dequantize : .quantize, [input], between, .plain)
      return run(isInt8 ? .quantize : .dequantize, [between], Self.shape)
    default:
      // A branch, and a tensor that nothing uses.
      _ = draft.add(real([3]))
      let first = convolution(input, 3, 3, .same)
      let second = convolution(first, 3, 3, .same)
      return run(.add, [second, first], data([1, 6, 7, 5]), .activation(.none))
    }
  }

  private mutating func convolution(
    _ input: Int, _ height: Int, _ width: Int, _ padding: Padding, dilation: Int = 1
  ) -> Int {
    let source = draft.tensors[input].shape
    let isValid = padding == .valid
    let shape = [
      1, isValid ? source[1] - height + 1 : source[1], isValid ? source[2] - width + 1 : source[2],
      5,
    ]
    let window = Window(
      padding: padding, stride: Extent(height: 1, width: 1),
      dilation: Extent(height: dilation, width: dilation))
    let kernel = weights([5, height, width, source[3]], axis: 0)
    return run(
      .conv2D, [input, kernel, bias(5, isPerChannel: true)], data(shape),
      .convolution(window, .relu))
  }

  private mutating func depthwise(_ input: Int, _ size: Int, multiplier: Int) -> Int {
    let channels = 4 * multiplier
    let window = Window(padding: .same, stride: Extent(height: 2, width: 2))
    let kernel = weights([1, size, size, channels], axis: 3)
    return run(
      .depthwiseConv2D, [input, kernel, bias(channels, isPerChannel: true)],
      data([1, 3, 4, channels]), .depthwise(window, depthMultiplier: multiplier, .relu))
  }

  private mutating func fullyConnected(
    _ input: Int, _ shape: [Int], output: [Int], isPerChannel: Bool = false
  ) -> Int {
    let kernel = weights(shape, axis: isPerChannel ? 0 : nil)
    return run(
      .fullyConnected, [input, kernel, bias(shape[0], isPerChannel: isPerChannel)], data(output),
      .fullyConnected(.none, keepsDimensions: output.count > 2, hasShuffledWeights: false))
  }

  private mutating func pool(_ kind: OperatorKind, _ input: Int) -> Int {
    let two = Extent(height: 2, width: 2)
    let window = Window(padding: .valid, stride: two, size: two)
    return run(kind, [input], data([1, 3, 3, 4]), .pooling(window, .none))
  }

  private mutating func run(
    _ kind: OperatorKind, _ inputs: [Int], _ shape: [Int], scale: Float = 0.125,
    zeroPoint: Int64 = 3
  ) -> Int {
    run(kind, inputs, data(shape, scale: scale, zeroPoint: zeroPoint), .plain)
  }

  private mutating func run(
    _ kind: OperatorKind, _ inputs: [Int], _ output: Int, _ attributes: Attributes
  ) -> Int {
    draft.operators.append(
      Operator(kind: kind, inputs: inputs, outputs: [output], attributes: attributes))
    return output
  }

  private mutating func data(
    _ shape: [Int], scale: Float = 0.125, zeroPoint: Int64 = 3
  ) -> Int {
    draft.add(isInt8 ? integers(shape, scale: scale, zeroPoint: zeroPoint) : real(shape))
  }

  private func real(_ shape: [Int]) -> Tensor {
    Tensor(name: "", shape: shape, elementType: .float32)
  }

  private func integers(_ shape: [Int], scale: Float, zeroPoint: Int64) -> Tensor {
    Tensor(
      name: "", shape: shape, elementType: .int8,
      quantization: Quantization(scales: [scale], zeroPoints: [zeroPoint]))
  }

  private mutating func weights(_ shape: [Int], axis: Int?) -> Int {
    let count = shape.reduce(1, *)
    guard isInt8 else {
      return draft.add(.floats(Array(repeating: 0.5, count: count), shape: shape))
    }
    let scales = axis.map { shape[$0] } ?? 1
    let quantization = Quantization(
      scales: Array(repeating: 0.125, count: scales),
      zeroPoints: Array(repeating: axis == nil ? 3 : 0, count: scales), axis: axis)
    let values = Array(repeating: Int8(1), count: count)
    return draft.add(.int8s(values, shape: shape, quantization: quantization))
  }

  private mutating func bias(_ count: Int, isPerChannel: Bool) -> Int {
    guard isInt8 else {
      return draft.add(.floats(Array(repeating: 0.5, count: count), shape: [count]))
    }
    let scales = isPerChannel ? count : 1
    let quantization = Quantization(
      scales: Array(repeating: 0.015625, count: scales),
      zeroPoints: Array(repeating: 0, count: scales), axis: isPerChannel ? 0 : nil)
    let values = Array(repeating: Int32(1), count: count)
    return draft.add(.int32s(values, shape: [count], quantization: quantization))
  }

  private mutating func int32s(_ values: [Int32], shape: [Int]? = nil) -> Int {
    draft.add(.int32s(values, shape: shape ?? [values.count]))
  }
}
