import Foundation
import Models
import TestSupport

@testable import ModelFormats

func exponential(_ x: Double) -> Double { exp(x) }

/// A model of random layers with random weights, and what it computes for one input.
struct RandomStack {
  private(set) var fixture: KerasFixture
  let input: [Float]
  private(set) var output: ReferenceTensor
  private var random: SplitMix

  init(seed: UInt64, style: KerasFixture.Style) {
    random = SplitMix(seed)
    let shape = [
      Int.random(in: 5...9, using: &random), Int.random(in: 5...9, using: &random),
      Int.random(in: 1...4, using: &random),
    ]
    fixture = KerasFixture(inputShape: shape, layers: [], style: style)
    var values: [Float] = []
    for _ in 0..<shape.reduce(1, *) { values.append(Float.random(in: -1...1, using: &random)) }
    input = values
    output = ReferenceTensor(shape: shape, values: values.map(Double.init))
    for _ in 0..<Int.random(in: 1...5, using: &random) { addOne() }
    if Bool.random(using: &random) { addHead() }
  }

  private mutating func pick(_ values: ClosedRange<Int>) -> Int {
    Int.random(in: values, using: &random)
  }

  private mutating func floats(_ count: Int, _ range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &random) }
  }

  private mutating func add(
    _ className: String, _ config: String = "",
    _ weights: [(role: String, shape: [Int], values: [Float])] = [], plus other: String? = nil
  ) {
    let last = fixture.layers.last?.name ?? fixture.inputName
    fixture.layers.append(
      FixtureLayer(
        className: className, name: "\(className.lowercased())_\(fixture.layers.count)",
        config: config, weights: weights, inputs: [last] + (other.map { [$0] } ?? [])))
  }

  private mutating func addOne() {
    switch pick(0...9) {
    case 0, 1: addConvolution()
    case 2: addDepthwise()
    case 3: addSeparable()
    case 4: addNormalization()
    case 5: addPooling()
    case 6: addActivation()
    case 7: addPadding()
    case 8: addSum()
    default: add("Dropout", #""rate": 0.5"#)
    }
  }

  private func window(_ size: (Int, Int), _ stride: (Int, Int), _ isSame: Bool) -> String {
    #""strides": [\#(stride.0), \#(stride.1)], "padding": "\#(isSame ? "same" : "valid")", "#
      + #""data_format": "channels_last""#
  }

  /// A window that fits, its stride and whether it reaches over the border.
  private mutating func anyWindow() -> (size: (Int, Int), stride: (Int, Int), isSame: Bool) {
    let size = (pick(1...min(3, output.shape[0])), pick(1...min(3, output.shape[1])))
    return (size, (pick(1...2), pick(1...2)), Bool.random(using: &random))
  }

  private mutating func activation() -> (name: String, apply: (ReferenceTensor) -> ReferenceTensor)
  {
    switch pick(0...5) {
    case 0: return ("relu", { $0.map { x, _ in max(x, 0) } })
    case 1: return ("relu6", { $0.map { x, _ in min(max(x, 0), 6) } })
    case 2: return ("tanh", { $0.map { x, _ in tanh(x) } })
    case 3: return ("sigmoid", { $0.map { x, _ in 1 / (1 + exp(-x)) } })
    case 4: return ("softmax", { $0.softmax() })
    default: return ("linear", { $0 })
    }
  }

  private mutating func addConvolution() {
    var (size, stride, isSame) = anyWindow()
    var dilation = (1, 1)
    if Bool.random(using: &random), output.shape[0] > 2 * size.0, output.shape[1] > 2 * size.1 {
      (stride, dilation) = ((1, 1), (2, 2))
    }
    let channels = output.shape[2]
    let groups = channels % 2 == 0 && Bool.random(using: &random) ? 2 : 1
    let out = groups * pick(1...3)
    let kernel = floats(size.0 * size.1 * channels / groups * out)
    let bias = Bool.random(using: &random) ? floats(out) : nil
    let (name, apply) = activation()
    add(
      "Conv2D",
      #""filters": \#(out), "kernel_size": [\#(size.0), \#(size.1)], "use_bias": \#(bias != nil), "#
        + #""dilation_rate": [\#(dilation.0), \#(dilation.1)], "groups": \#(groups), "#
        + #""activation": "\#(name)", "# + window(size, stride, isSame),
      [("kernel", [size.0, size.1, channels / groups, out], kernel)]
        + (bias.map { [("bias", [out], $0)] } ?? []))
    output = apply(
      output.convolved(
        kernel, size, out: out, bias: bias, stride: stride, dilation: dilation, isSame: isSame,
        groups: groups))
  }

  private mutating func addDepthwise() {
    let (size, stride, isSame) = anyWindow()
    let (channels, multiplier) = (output.shape[2], pick(1...2))
    let kernel = floats(size.0 * size.1 * channels * multiplier)
    let bias = Bool.random(using: &random) ? floats(channels * multiplier) : nil
    let (name, apply) = activation()
    let role = fixture.style == .keras3 ? "kernel" : "depthwise_kernel"
    add(
      "DepthwiseConv2D",
      #""kernel_size": [\#(size.0), \#(size.1)], "depth_multiplier": \#(multiplier), "#
        + #""use_bias": \#(bias != nil), "activation": "\#(name)", "#
        + window(size, stride, isSame),
      [(role, [size.0, size.1, channels, multiplier], kernel)]
        + (bias.map { [("bias", [channels * multiplier], $0)] } ?? []))
    output = apply(
      output.depthwise(
        kernel, size, multiplier: multiplier, bias: bias, stride: stride, isSame: isSame))
  }

  private mutating func addSeparable() {
    let (size, stride, isSame) = anyWindow()
    let (channels, multiplier, out) = (output.shape[2], pick(1...2), pick(1...4))
    let first = floats(size.0 * size.1 * channels * multiplier)
    let second = floats(channels * multiplier * out)
    let bias = floats(out)
    let (name, apply) = activation()
    add(
      "SeparableConv2D",
      #""filters": \#(out), "kernel_size": [\#(size.0), \#(size.1)], "activation": "\#(name)", "#
        + #""depth_multiplier": \#(multiplier), "use_bias": true, "# + window(size, stride, isSame),
      [
        ("depthwise_kernel", [size.0, size.1, channels, multiplier], first),
        ("pointwise_kernel", [1, 1, channels * multiplier, out], second), ("bias", [out], bias),
      ])
    let between = output.depthwise(
      first, size, multiplier: multiplier, bias: nil, stride: stride, isSame: isSame)
    output = apply(
      between.convolved(second, (1, 1), out: out, bias: bias, stride: (1, 1), isSame: false))
  }

  private mutating func addNormalization() {
    let count = output.shape[output.shape.count - 1]
    let gamma = Bool.random(using: &random) ? floats(count) : nil
    let beta = Bool.random(using: &random) ? floats(count) : nil
    let (mean, variance) = (floats(count), floats(count, 0...2))
    add(
      "BatchNormalization",
      #""axis": [\#(output.shape.count)], "epsilon": 0.001, "scale": \#(gamma == nil ? 0 : 1), "#
        + #""center": \#(beta != nil)"#,
      (gamma.map { [("gamma", [count], $0)] } ?? []) + (beta.map { [("beta", [count], $0)] } ?? [])
        + [("moving_mean", [count], mean), ("moving_variance", [count], variance)])
    output = output.map { x, c in
      (x - Double(mean[c])) / (Double(variance[c]) + 0.001).squareRoot() * Double(gamma?[c] ?? 1)
        + Double(beta?[c] ?? 0)
    }
  }

  private mutating func addPooling() {
    let (size, stride, isSame) = anyWindow()
    let isMean = Bool.random(using: &random)
    add(
      isMean ? "AveragePooling2D" : "MaxPooling2D",
      #""pool_size": [\#(size.0), \#(size.1)], "# + window(size, stride, isSame))
    output = output.pooled(size, stride: stride, isSame: isSame, isMean: isMean)
  }

  private mutating func addActivation() {
    if Bool.random(using: &random) {
      let limit = [nil, 6, 0.75].randomElement(using: &random) ?? nil
      add("ReLU", #""max_value": \#(limit.map { "\($0)" } ?? "null"), "negative_slope": 0.0"#)
      output = output.map { x, _ in min(max(x, 0), limit ?? .infinity) }
    } else {
      let (name, apply) = activation()
      add("Activation", #""activation": "\#(name)""#)
      output = apply(output)
    }
  }

  private mutating func addPadding() {
    let sides = (0..<4).map { _ in pick(0...2) }
    add(
      "ZeroPadding2D",
      #""padding": [[\#(sides[0]), \#(sides[1])], [\#(sides[2]), \#(sides[3])]]"#)
    output = output.padded(sides[0], sides[1], sides[2], sides[3])
  }

  /// The last layer's output and a 1x1 convolution of it, which a chain cannot have.
  private mutating func addSum() {
    guard fixture.style != .sequential else { return }
    let before = output
    let source = fixture.layers.last?.name ?? fixture.inputName
    let channels = output.shape[2]
    let kernel = floats(channels * channels)
    add(
      "Conv2D", #""filters": \#(channels), "kernel_size": 1, "use_bias": false, "padding": "same""#,
      [("kernel", [1, 1, channels, channels], kernel)])
    output = output.convolved(
      kernel, (1, 1), out: channels, bias: nil, stride: (1, 1), isSame: true)
    add("Add", plus: source)
    output.values = zip(output.values, before.values).map(+)
  }

  private mutating func addHead() {
    switch pick(0...2) {
    case 0:
      add("Flatten", #""data_format": "channels_last""#)
      output = output.reshaped([output.values.count])
    case 1:
      let keeps = Bool.random(using: &random)
      add("GlobalAveragePooling2D", #""keepdims": \#(keeps)"#)
      output = output.globalMean(keeps: keeps)
    default:
      add("Reshape", #""target_shape": [-1, \#(output.shape[2])]"#)
      output = output.reshaped([output.shape[0] * output.shape[1], output.shape[2]])
    }
    let (units, width) = (pick(1...5), output.shape[output.shape.count - 1])
    let kernel = floats(width * units)
    let bias = Bool.random(using: &random) ? floats(units) : nil
    let (name, apply) = activation()
    add(
      "Dense",
      #""units": \#(units), "use_bias": \#(bias != nil), "activation": "\#(name)""#,
      [("kernel", [width, units], kernel)] + (bias.map { [("bias", [units], $0)] } ?? []))
    output = apply(output.dense(kernel, units: units, bias: bias))
    if Bool.random(using: &random) {
      add("Softmax", #""axis": -1"#)
      output = output.softmax()
    }
  }
}
