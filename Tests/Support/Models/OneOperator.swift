import Models

/// A graph of one operator with seeded weights.
package struct OneOperator {
  package var draft = GraphDraft()
  package var random: SplitMix

  package init(seed: UInt64) { random = SplitMix(seed) }

  package mutating func int8s(_ count: Int) -> [Int8] {
    (0..<count).map { _ in Int8.random(in: -127...127, using: &random) }
  }

  package mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float.random(in: -2...2, using: &random) }
  }

  package mutating func input(_ type: ElementType, _ shape: [Int]) -> Int {
    let quantization = type == .int8 ? Quantization(scales: [0.05], zeroPoints: [3]) : nil
    let index = draft.add(
      Tensor(name: "", shape: shape, elementType: type, quantization: quantization))
    draft.inputs.append(index)
    return index
  }

  /// Adds the operator; its output has that type and scale.
  package mutating func finish(
    _ kind: OperatorKind, _ attributes: Attributes? = nil, _ inputs: [Int?], _ type: ElementType,
    scale: Float = 0.05, zeroPoint: Int64 = 3
  ) throws {
    let output = try draft.append(kind, attributes, inputs: inputs)
    draft.tensors[output].elementType = type
    draft.tensors[output].quantization =
      type == .int8 ? Quantization(scales: [scale], zeroPoints: [zeroPoint]) : nil
    draft.outputs = [output]
  }

  /// Weights and, unless it is left out, a bias.
  private mutating func weights(
    _ type: ElementType, _ shape: [Int], channels: Int, axis: Int?, hasBias: Bool
  ) -> [Int?] {
    let count = shape.reduce(1, *)
    guard type == .int8 else {
      let matrix = draft.add(.floats(floats(count), shape: shape))
      return [matrix, hasBias ? draft.add(.floats(floats(channels), shape: [channels])) : nil]
    }
    let scales = (0..<(axis == nil ? 1 : channels)).map { 0.002 + 0.001 * Float($0) }
    let zeros = [Int64](repeating: 0, count: scales.count)
    let matrix = draft.add(
      .int8s(
        int8s(count), shape: shape,
        quantization: Quantization(scales: scales, zeroPoints: zeros, axis: axis)))
    guard hasBias else { return [matrix, nil] }
    let biases = (0..<channels).map { _ in Int32.random(in: -3000...3000, using: &random) }
    return [
      matrix,
      draft.add(
        .int32s(
          biases, shape: [channels],
          quantization: Quantization(
            scales: scales.map { $0 * 0.05 }, zeroPoints: zeros, axis: axis == nil ? nil : 0))),
    ]
  }

  package mutating func fullyConnected(
    _ type: ElementType, batches: Int, _ inputs: Int, _ outputs: Int, perChannel: Bool = false,
    hasBias: Bool = true
  ) throws {
    let data = input(type, [batches, inputs])
    let operands = weights(
      type, [outputs, inputs], channels: outputs, axis: perChannel ? 0 : nil, hasBias: hasBias)
    try finish(
      .fullyConnected, .fullyConnected(.relu, keepsDimensions: false, hasShuffledWeights: false),
      [data] + operands, type)
  }

  package mutating func convolution(
    _ type: ElementType, _ image: [Int], _ filter: [Int], stride: Int = 1, dilation: Int = 1,
    padding: Padding = .same
  ) throws {
    let data = input(type, image)
    let operands = weights(type, filter, channels: filter[0], axis: 0, hasBias: true)
    let window = Window(
      padding: padding, stride: Extent(height: stride, width: stride),
      dilation: Extent(height: dilation, width: dilation))
    try finish(.conv2D, .convolution(window, .none), [data] + operands, type)
  }

  package mutating func depthwise(
    _ type: ElementType, _ image: [Int], _ filter: [Int], stride: Int = 1, dilation: Int = 1,
    padding: Padding = .same
  ) throws {
    let data = input(type, image)
    let operands = weights(type, filter, channels: filter[3], axis: 3, hasBias: true)
    let window = Window(
      padding: padding, stride: Extent(height: stride, width: stride),
      dilation: Extent(height: dilation, width: dilation))
    try finish(
      .depthwiseConv2D, .depthwise(window, depthMultiplier: filter[3] / image[3], .relu6),
      [data] + operands, type)
  }

  package mutating func unary(
    _ kind: OperatorKind, _ shape: [Int], _ from: ElementType, to type: ElementType,
    scale: Float = 0.05, zeroPoint: Int64 = 3
  ) throws {
    let data = input(from, shape)
    try finish(kind, nil, [data], type, scale: scale, zeroPoint: zeroPoint)
  }

  package mutating func binary(
    _ kind: OperatorKind, _ type: ElementType, _ left: [Int], _ right: [Int]
  ) throws {
    let operands = [input(type, left), input(type, right)]
    try finish(kind, nil, operands, type)
  }

  package mutating func pool(_ kind: OperatorKind, _ type: ElementType, _ image: [Int]) throws {
    let data = input(type, image)
    let window = Window(
      padding: .same, stride: Extent(height: 2, width: 1), size: Extent(height: 3, width: 2))
    try finish(kind, .pooling(window, .none), [data], type)
  }

  /// An operator whose second input is a constant: paddings, axes, a permutation.
  package mutating func numbered(
    _ kind: OperatorKind, _ type: ElementType, _ shape: [Int], _ numbers: [Int32],
    shape numbersShape: [Int]
  ) throws {
    let data = input(type, shape)
    let second = draft.add(.int32s(numbers, shape: numbersShape))
    try finish(kind, nil, [data, second], type)
  }

  package mutating func reshape(_ shape: [Int], to other: [Int]) throws {
    let data = input(.int8, shape)
    try finish(.reshape, .reshape(to: other), [data], .int8)
  }

  /// Random inputs of a graph: fp32 numbers are finite.
  package static func inputs(of graph: Graph, seed: UInt64) -> [[UInt8]] {
    var one = OneOperator(seed: seed)
    return graph.inputs.map { index in
      let tensor = graph.tensors[index]
      if tensor.elementType == .float32 {
        return one.floats(tensor.elementCount ?? 0).flatMap {
          withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init)
        }
      }
      return (0..<(tensor.byteCount ?? 0)).map { _ in UInt8.random(in: 0...255, using: &one.random)
      }
    }
  }
}
