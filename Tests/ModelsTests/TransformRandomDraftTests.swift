import TestSupport

@testable import Models

/// Makes small drafts as a reader of a format in NCHW would, and stranger ones.
struct RandomDraft {
  var generator: SplitMix
  private(set) var draft = GraphDraft(name: "random")
  /// Images [N, C, H, W], any of which the next operator may read.
  private var images: [Int] = []

  init(seed: UInt64) { generator = SplitMix(seed) }

  mutating func size(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
  mutating func chance(_ percent: Int) -> Bool { size(0...99) < percent }

  mutating func floats(_ shape: [Int], _ range: ClosedRange<Float> = -1...1) -> Int {
    let count = shape.reduce(1, *)
    let values = (0..<count).map { _ in Float.random(in: range, using: &generator) }
    return draft.add(.floats(values, shape: shape))
  }

  private mutating func numbers(_ values: [Int32], _ shape: [Int]? = nil) -> Int {
    draft.add(.int32s(values, shape: shape ?? [values.count]))
  }

  mutating func transpose(_ tensor: Int, _ order: [Int32]) throws -> Int {
    let order = numbers(order)
    return try draft.append(.transpose, inputs: [tensor, order])
  }

  private mutating func inNHWC(_ image: Int, _ make: (inout Self, Int) throws -> Int) throws -> Int
  {
    let inside = try make(&self, try transpose(image, [0, 2, 3, 1]))
    return try transpose(inside, [0, 3, 1, 2])
  }

  /// A draft of `length` blocks, checked.
  mutating func make(length: Int) throws -> GraphDraft {
    let input = draft.addInput(
      "image", shape: [size(1...2), size(1...3), size(3...6), size(1...6)])
    images = [input]
    for _ in 0..<length { images.append(try block(images[images.count - 1])) }
    var outputs = [images[images.count - 1]]
    if chance(60) { outputs[0] = try head(outputs[0]) }
    if chance(25), let other = images.randomElement(using: &generator), other != input {
      outputs.append(other)
    }
    draft.outputs = outputs
    _ = try draft.graph()
    return draft
  }

  private mutating func block(_ last: Int) throws -> Int {
    let image = chance(20) ? images.randomElement(using: &generator) ?? last : last
    switch size(0...9) {
    case 0...3: return try normalised(try convolution(image))
    case 4: return try normalised(image)
    case 5: return try activated(image)
    case 6: return try residual(image)
    case 7: return try pool(image)
    case 8:
      let paddings = numbers([0, 0, 0, 0] + (0..<4).map { _ in Int32(size(0...1)) }, [4, 2])
      return try draft.append(.pad, inputs: [image, paddings])
    default:
      if chance(50) { return try transpose(image, [0, 1, 3, 2]) }
      let axes = numbers(chance(50) ? [2] : [-1])
      return try draft.append(.mean, .reducer(keepsDimensions: true), inputs: [image, axes])
    }
  }

  private mutating func convolution(_ image: Int) throws -> Int {
    try inNHWC(image) { me, nhwc in
      var data = nhwc
      let channels = me.draft.tensors[image].shape[1]
      let (h, w) = (me.size(1...3), me.size(1...3))
      let stride = Extent(height: me.size(1...2), width: me.size(1...2))
      var window = Window(padding: me.chance(50) ? .same : .valid, stride: stride)
      if window.padding == .valid {
        let pads = me.chance(50) ? [h / 2, h / 2, w / 2, w / 2] : [h - 1, h, w, w - 1]
        let paddings = me.numbers([0, 0] + pads.map { Int32($0) } + [0, 0], [4, 2])
        data = try me.draft.append(.pad, inputs: [data, paddings])
      }
      if window.padding == .same, me.chance(30) {
        window.dilation = Extent(height: 2, width: me.size(1...2))
      }
      let isDepthwise = me.chance(40)
      let out = isDepthwise ? channels * me.size(1...2) : me.size(1...4)
      let weights = me.floats(isDepthwise ? [1, h, w, out] : [out, h, w, channels])
      let bias = me.chance(60) ? me.floats([out]) : nil
      return isDepthwise
        ? try me.draft.append(
          .depthwiseConv2D, .depthwise(window, depthMultiplier: out / channels, .none),
          inputs: [data, weights, bias])
        : try me.draft.append(
          .conv2D, .convolution(window, .none), inputs: [data, weights, bias])
    }
  }

  /// MUL and ADD with a number for each channel, in one of the ways in which that is written.
  private mutating func normalised(_ image: Int) throws -> Int {
    guard chance(70) else { return try activated(image) }
    let channels = draft.tensors[image].shape[1]
    let shape = [[1, channels, 1, 1], [channels, 1, 1], [1]][size(0...2)]
    let scale = floats(shape, 0.5...1.5)
    var result = try draft.append(
      .mul, .activation(.none), inputs: chance(50) ? [image, scale] : [scale, image])
    let offset = floats(shape)
    result = try draft.append(
      chance(70) ? .add : .sub, .activation(.none),
      inputs: chance(70) ? [result, offset] : [offset, result])
    return try activated(result)
  }

  private mutating func activated(_ tensor: Int) throws -> Int {
    switch size(0...7) {
    case 0: return try draft.append(.relu, inputs: [tensor])
    case 1: return try draft.append(.relu6, inputs: [tensor])
    case 2: return try draft.append(.tanh, inputs: [tensor])
    case 3: return try draft.append(.logistic, inputs: [tensor])
    case 4:
      let bounds: [(Float, Float)] = [(0, 6), (-1, 1), (0, 1)]
      let (low, high) = bounds[size(0...2)]
      let first = draft.add(.floats([low], shape: []))
      let second = draft.add(.floats([high], shape: [1]))
      let above = try draft.append(.maximum, inputs: [tensor, first])
      return try draft.append(.minimum, inputs: [second, above])
    default: return tensor
    }
  }

  private mutating func residual(_ image: Int) throws -> Int {
    let shape = draft.tensors[image].shape
    let others = images.filter { draft.tensors[$0].shape == shape }
    guard let other = others.randomElement(using: &generator) else { return image }
    let sum = try draft.append(
      chance(60) ? .add : .mul, .activation(.none), inputs: [image, other])
    return try activated(sum)
  }

  private mutating func pool(_ image: Int) throws -> Int {
    let shape = draft.tensors[image].shape
    guard shape[2] >= 2, shape[3] >= 2 else { return image }
    return try inNHWC(image) { me, nhwc in
      let window = Window(
        padding: me.chance(50) ? .same : .valid, stride: Extent(height: me.size(1...2), width: 1),
        size: Extent(height: 2, width: 2))
      return try me.draft.append(
        me.chance(50) ? .averagePool2D : .maxPool2D, .pooling(window, .none), inputs: [nhwc])
    }
  }

  /// From an image to classes.
  private mutating func head(_ image: Int) throws -> Int {
    var result = image
    let shape = draft.tensors[image].shape
    if chance(40) {
      let axes = numbers([2, 3])
      result = try draft.append(
        .mean, .reducer(keepsDimensions: chance(50)), inputs: [image, axes])
    }
    let count = draft.tensors[result].shape.reduce(1, *) / shape[0]
    let flat = numbers([Int32(shape[0]), chance(50) ? -1 : Int32(count)])
    result = try draft.append(.reshape, .reshape(to: []), inputs: [result, flat])
    if chance(40) { result = try activated(result) }
    if chance(40) {
      let scale = floats([1, count], 0.5...1.5)
      result = try draft.append(.mul, .activation(.none), inputs: [result, scale])
    }
    let units = size(1...4)
    let weights = floats([units, count])
    let bias = chance(50) ? floats([units]) : nil
    let kind = Attributes.fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false)
    result = try draft.append(.fullyConnected, kind, inputs: [result, weights, bias])
    if chance(60) {
      let offset = floats([units])
      result = try draft.append(.add, .activation(.none), inputs: [result, offset])
    }
    result = try activated(result)
    return chance(50) ? try draft.append(.softmax, .softmax(beta: 1), inputs: [result]) : result
  }
}
