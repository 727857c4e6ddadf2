import Models
import TestSupport

@testable import Interpreter

/// A seeded convolution, grouped or depthwise or neither, and what it gives by its definition.
struct ConvolutionProblem {
  var isDepthwise: Bool
  var groups: Int
  var batches: Int
  var size: Extent
  var depth: Int
  var channels: Int
  var window: Window
  var taps: Extent
  var activation: FusedActivation
  var input: [Float]
  var weights: [Float]
  var bias: [Float]
  var int8Input: [Int8]
  var int8Weights: [Int8]
  var int8Bias: [Int32]
  let inputScale: Float = 0.5
  let outputScale: Float = 0.75
  let inputZeroPoint: Int64 = -5
  var channelScales: [Float]

  init(seed: UInt64) {
    var generator = SplitMix(seed)
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    isDepthwise = seed % 3 == 0
    groups = isDepthwise ? 1 : [1, 1, 2][pick(0...2)]
    batches = pick(1...2)
    size = Extent(height: pick(1...9), width: pick(1...9))
    depth = groups * pick(1...4)
    channels = isDepthwise ? depth * pick(1...3) : groups * pick(1...4)
    taps = Extent(height: pick(1...4), width: pick(1...4))
    window = Window(
      padding: .same, stride: Extent(height: pick(1...3), width: pick(1...3)),
      dilation: Extent(height: pick(1...2), width: pick(1...2)))
    let fits =
      (taps.height - 1) * window.dilation.height < size.height
      && (taps.width - 1) * window.dilation.width < size.width
    if fits, pick(0...1) == 0 { window.padding = .valid }
    activation = pick(0...1) == 0 ? .relu : .none
    let inputs = batches * size.height * size.width * depth
    let filters = channels * taps.height * taps.width * (isDepthwise ? 1 : depth / groups)
    input = (0..<inputs).map { _ in Float.random(in: -1...1, using: &generator) }
    weights = (0..<filters).map { _ in Float.random(in: -1...1, using: &generator) }
    bias = (0..<channels).map { _ in Float.random(in: -1...1, using: &generator) }
    int8Input = (0..<inputs).map { _ in Int8.random(in: -128...127, using: &generator) }
    int8Weights = (0..<filters).map { _ in Int8.random(in: -127...127, using: &generator) }
    int8Bias = (0..<channels).map { _ in Int32.random(in: -2000...2000, using: &generator) }
    channelScales = (0..<channels).map { _ in Float.random(in: 0.002...0.02, using: &generator) }
  }

  private var weightsShape: [Int] {
    isDepthwise
      ? [1, taps.height, taps.width, channels]
      : [channels, taps.height, taps.width, depth / groups]
  }

  private var outputSize: Extent {
    func positions(_ size: Int, _ taps: Int, _ stride: Int, _ dilation: Int) -> Int {
      let starts = window.padding == .same ? size : size - (taps - 1) * dilation
      return (starts + stride - 1) / stride
    }
    return Extent(
      height: positions(size.height, taps.height, window.stride.height, window.dilation.height),
      width: positions(size.width, taps.width, window.stride.width, window.dilation.width))
  }

  private var attributes: Attributes {
    isDepthwise
      ? .depthwise(window, depthMultiplier: channels / depth, activation)
      : .convolution(window, activation)
  }

  var floatSketch: WeightedSketch {
    let shapes = (
      [batches, size.height, size.width, depth],
      [batches, outputSize.height, outputSize.width, channels]
    )
    return WeightedSketch(
      kind: isDepthwise ? .depthwiseConv2D : .conv2D, attributes: attributes,
      input: Tensor(name: "", shape: shapes.0, elementType: .float32),
      weights: .floats(weights, shape: weightsShape), bias: .floats(bias, shape: [channels]),
      output: Tensor(name: "", shape: shapes.1, elementType: .float32))
  }

  var int8Sketch: WeightedSketch {
    var sketch = floatSketch
    sketch.input = int8Tensor(sketch.input.shape, scale: inputScale, zeroPoint: inputZeroPoint)
    sketch.output = int8Tensor(sketch.output.shape, scale: outputScale, zeroPoint: 3)
    sketch.weights = .int8s(
      int8Weights, shape: weightsShape,
      quantization: Quantization(
        scales: channelScales, zeroPoints: Array(repeating: 0, count: channels),
        axis: isDepthwise ? 3 : 0))
    sketch.bias = .int32s(int8Bias, shape: [channels])
    return sketch
  }

  /// Sums over all taps inside the image, the activation not applied.
  func expected(input: [Double], weights: [Double], bias: [Double]) -> [Double] {
    let out = outputSize
    let before = Extent(
      height: padding(size.height, out.height, taps.height, \.height),
      width: padding(size.width, out.width, taps.width, \.width))
    var result: [Double] = []
    for batch in 0..<batches {
      for y in 0..<out.height {
        for x in 0..<out.width {
          for channel in 0..<channels {
            let top = y * window.stride.height - before.height
            let left = x * window.stride.width - before.width
            result.append(
              bias[channel]
                + sum(batch: batch, top: top, left: left, channel: channel, input, weights))
          }
        }
      }
    }
    return result
  }

  private func sum(
    batch: Int, top: Int, left: Int, channel: Int, _ input: [Double], _ weights: [Double]
  ) -> Double {
    let perGroup = isDepthwise ? 1 : depth / groups
    let first =
      isDepthwise ? channel / (channels / depth) : channel / (channels / groups) * perGroup
    var total = 0.0
    for tapY in 0..<taps.height {
      for tapX in 0..<taps.width {
        let y = top + tapY * window.dilation.height
        let x = left + tapX * window.dilation.width
        guard (0..<size.height).contains(y), (0..<size.width).contains(x) else { continue }
        for step in 0..<perGroup {
          let value = input[((batch * size.height + y) * size.width + x) * depth + first + step]
          let tap = tapY * taps.width + tapX
          let weight =
            isDepthwise
            ? weights[tap * channels + channel]
            : weights[(channel * taps.height * taps.width + tap) * perGroup + step]
          total += value * weight
        }
      }
    }
    return total
  }

  private func padding(_ size: Int, _ out: Int, _ taps: Int, _ axis: KeyPath<Extent, Int>) -> Int {
    guard window.padding == .same else { return 0 }
    let reach =
      (out - 1) * window.stride[keyPath: axis] + (taps - 1) * window.dilation[keyPath: axis]
    return max(reach + 1 - size, 0) / 2
  }
}
