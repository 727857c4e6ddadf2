import Testing

@testable import Models

/// Runs a float32 draft in Double, one element after the other, by the definition of each operator.
struct DraftEvaluator {
  struct Array4 {
    var shape: [Int]
    var values: [Double]
  }
  let draft: GraphDraft
  private var arrays: [Int: Array4] = [:]

  init(_ draft: GraphDraft) { self.draft = draft }

  /// One array for each output of the graph.
  mutating func run(_ inputs: [[Double]]) throws -> [Array4] {
    for (tensor, values) in zip(draft.inputs, inputs) {
      arrays[tensor] = Array4(shape: draft.tensors[tensor].shape, values: values)
    }
    for each in draft.operators {
      let output = each.outputs[0]
      let result = try evaluate(each)
      try #require(result.shape == draft.tensors[output].shape, "\(each.kind.name)")
      try #require(result.values.count == result.shape.reduce(1, *), "\(each.kind.name)")
      arrays[output] = result
    }
    return try draft.outputs.map { try array($0) }
  }

  private func array(_ tensor: Int) throws -> Array4 {
    if let known = arrays[tensor] { return known }
    let values = try #require(draft.tensors[tensor].floatValues)
    return Array4(shape: draft.tensors[tensor].shape, values: values.map(Double.init))
  }

  private func numbers(_ each: Operator) throws -> [Int] {
    let operand = try #require(each.inputs[1])
    return try #require(draft.tensors[operand].int32Values)
  }

  private func evaluate(_ each: Operator) throws -> Array4 {
    let x = try array(try #require(each.inputs[0]))
    switch each.kind {
    case .conv2D, .depthwiseConv2D: return try convolution(each, x)
    case .averagePool2D, .maxPool2D: return try pool(each, x)
    case .fullyConnected: return try fullyConnected(each, x)
    case .relu: return map(x) { max($0, 0) }
    case .reluN1To1: return map(x) { min(max($0, -1), 1) }
    case .relu6: return map(x) { min(max($0, 0), 6) }
    case .tanh: return map(x) { 1 - 2 / (DraftEvaluator.exponential(2 * $0) + 1) }
    case .logistic: return map(x) { 1 / (1 + DraftEvaluator.exponential(-$0)) }
    case .add, .sub, .mul, .minimum, .maximum: return try combine(each, x)
    case .reshape:
      return Array4(shape: draft.tensors[each.outputs[0]].shape, values: x.values)
    case .transpose:
      let order = try numbers(each)
      return make(order.map { x.shape[$0] }) { place in
        var from = place
        for (i, dimension) in order.enumerated() { from[dimension] = place[i] }
        return x.values[DraftEvaluator.offset(from, x.shape)]
      }
    case .pad:
      let paddings = try numbers(each)
      let shape = x.shape.indices.map { x.shape[$0] + paddings[2 * $0] + paddings[2 * $0 + 1] }
      return make(shape) { place in
        let from = place.indices.map { place[$0] - paddings[2 * $0] }
        guard zip(from, x.shape).allSatisfy({ $0 >= 0 && $0 < $1 }) else { return 0 }
        return x.values[DraftEvaluator.offset(from, x.shape)]
      }
    case .mean: return try mean(each, x)
    case .softmax: return softmax(x)
    default:
      Issue.record("no definition of \(each.kind.name)")
      return x
    }
  }

  // MARK: Kinds

  private func convolution(_ each: Operator, _ x: Array4) throws -> Array4 {
    let w = try array(try #require(each.inputs[1]))
    let bias = try each.input(2).map { try array($0).values }
    let window = try #require(each.attributes.window)
    let isDepthwise = each.kind == .depthwiseConv2D
    let size = Extent(height: w.shape[1], width: w.shape[2])
    let grid = grid(x.shape, size, window)
    let out = isDepthwise ? w.shape[3] : w.shape[0]
    let result = make([x.shape[0], grid.height, grid.width, out]) { place in
      var sum = bias?[place[3]] ?? 0
      for i in 0..<size.height {
        for j in 0..<size.width {
          let row = place[1] * window.stride.height + i * window.dilation.height - grid.top
          let column = place[2] * window.stride.width + j * window.dilation.width - grid.left
          guard row >= 0, row < x.shape[1], column >= 0, column < x.shape[2] else { continue }
          let pixel = ((place[0] * x.shape[1] + row) * x.shape[2] + column) * x.shape[3]
          if isDepthwise {
            let channel = place[3] / (out / x.shape[3])
            sum += x.values[pixel + channel] * w.values[(i * size.width + j) * out + place[3]]
          } else {
            let tap = ((place[3] * size.height + i) * size.width + j) * x.shape[3]
            for channel in 0..<x.shape[3] {
              sum += x.values[pixel + channel] * w.values[tap + channel]
            }
          }
        }
      }
      return sum
    }
    return activated(each, result)
  }

  private func pool(_ each: Operator, _ x: Array4) throws -> Array4 {
    let window = try #require(each.attributes.window)
    let size = try #require(window.size)
    let grid = grid(x.shape, size, window)
    let result = make([x.shape[0], grid.height, grid.width, x.shape[3]]) { place in
      var found: [Double] = []
      for i in 0..<size.height {
        for j in 0..<size.width {
          let row = place[1] * window.stride.height + i - grid.top
          let column = place[2] * window.stride.width + j - grid.left
          guard row >= 0, row < x.shape[1], column >= 0, column < x.shape[2] else { continue }
          found.append(
            x.values[DraftEvaluator.offset([place[0], row, column, place[3]], x.shape)])
        }
      }
      return each.kind == .maxPool2D
        ? found.max() ?? 0 : found.reduce(0, +) / Double(max(found.count, 1))
    }
    return activated(each, result)
  }

  private func fullyConnected(_ each: Operator, _ x: Array4) throws -> Array4 {
    let w = try array(try #require(each.inputs[1]))
    let bias = try each.input(2).map { try array($0).values }
    let (out, depth) = (w.shape[0], w.shape[1])
    var values: [Double] = []
    for row in 0..<x.values.count / depth {
      for o in 0..<out {
        values.append(
          (0..<depth).reduce(bias?[o] ?? 0) {
            $0 + x.values[row * depth + $1] * w.values[o * depth + $1]
          })
      }
    }
    let result = Array4(shape: draft.tensors[each.outputs[0]].shape, values: values)
    return activated(each, result)
  }

  private func combine(_ each: Operator, _ a: Array4) throws -> Array4 {
    let b = try array(try #require(each.inputs[1]))
    let rank = max(a.shape.count, b.shape.count)
    func wide(_ shape: [Int]) -> [Int] { Array(repeating: 1, count: rank - shape.count) + shape }
    let (first, second) = (wide(a.shape), wide(b.shape))
    let shape = zip(first, second).map { $0 == 1 ? $1 : $0 }
    let result = make(shape) { place in
      func value(_ array: Array4, _ own: [Int]) -> Double {
        array.values[DraftEvaluator.offset(zip(place, own).map { $1 == 1 ? 0 : $0 }, own)]
      }
      let (x, y) = (value(a, first), value(b, second))
      switch each.kind {
      case .add: return x + y
      case .sub: return x - y
      case .mul: return x * y
      case .minimum: return min(x, y)
      default: return max(x, y)
      }
    }
    return activated(each, result)
  }

  private func mean(_ each: Operator, _ x: Array4) throws -> Array4 {
    let axes = Set(try numbers(each).map { $0 < 0 ? $0 + x.shape.count : $0 })
    let kept = x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] }
    var sums = Array(repeating: 0.0, count: kept.reduce(1, *))
    _ = make(x.shape) { place in
      let to = place.indices.map { axes.contains($0) ? 0 : place[$0] }
      sums[DraftEvaluator.offset(to, kept)] += x.values[DraftEvaluator.offset(place, x.shape)]
      return 0
    }
    let count = Double(x.values.count / sums.count)
    return Array4(shape: draft.tensors[each.outputs[0]].shape, values: sums.map { $0 / count })
  }

  private func softmax(_ x: Array4) -> Array4 {
    let depth = x.shape.last ?? 1
    var result = x
    for row in 0..<x.values.count / depth {
      let range = row * depth..<(row + 1) * depth
      let exponentials = x.values[range].map { DraftEvaluator.exponential($0) }
      let sum = exponentials.reduce(0, +)
      for (i, value) in exponentials.enumerated() { result.values[row * depth + i] = value / sum }
    }
    return result
  }

  // MARK: Parts

  /// Positions, and what SAME pads in front (tensorflow.org, "tf.nn.convolution").
  private func grid(_ shape: [Int], _ size: Extent, _ window: Window)
    -> (height: Int, width: Int, top: Int, left: Int)
  {
    func one(_ n: Int, _ k: Int, _ stride: Int, _ dilation: Int) -> (Int, Int) {
      let reach = (k - 1) * dilation + 1
      guard window.padding == .same else { return (n < reach ? 0 : (n - reach) / stride + 1, 0) }
      let count = (n + stride - 1) / stride
      return (count, max(0, (count - 1) * stride + reach - n) / 2)
    }
    let (height, top) = one(shape[1], size.height, window.stride.height, window.dilation.height)
    let (width, left) = one(shape[2], size.width, window.stride.width, window.dilation.width)
    return (height, width, top, left)
  }

  private func activated(_ each: Operator, _ x: Array4) -> Array4 {
    switch each.attributes.fusedActivation {
    case .relu?: map(x) { max($0, 0) }
    case .relu6?: map(x) { min(max($0, 0), 6) }
    case .reluN1To1?: map(x) { min(max($0, -1), 1) }
    default: x
    }
  }

  private func map(_ x: Array4, _ function: (Double) -> Double) -> Array4 {
    Array4(shape: x.shape, values: x.values.map(function))
  }

  private func make(_ shape: [Int], _ value: ([Int]) -> Double) -> Array4 {
    let count = shape.reduce(1, *)
    var values: [Double] = []
    values.reserveCapacity(count)
    var place = shape.map { _ in 0 }
    for _ in 0..<count {
      values.append(value(place))
      var dimension = shape.count - 1
      while dimension >= 0 {
        place[dimension] += 1
        if place[dimension] < shape[dimension] { break }
        place[dimension] = 0
        dimension -= 1
      }
    }
    return Array4(shape: shape, values: values)
  }

  static func offset(_ place: [Int], _ shape: [Int]) -> Int {
    var result = 0
    var dimension = 0
    while dimension < shape.count {
      result = result * shape[dimension] + place[dimension]
      dimension += 1
    }
    return result
  }

  /// e^x by halving and the series, as tests need no mathematics library.
  static func exponential(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    for n in 1..<20 {
      term *= x / 64 / Double(n)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return sum
  }
}

/// The evaluator against results worked out by hand.
struct TransformEvaluatorTests {
  @Test func convolutionPoolAndTranspose() throws {
    var draft = GraphDraft()
    let x = draft.addInput("x", shape: [1, 2, 2, 1])
    let w = draft.add(.floats([1, 10, 100, 1000], shape: [1, 2, 2, 1]))
    let b = draft.add(.floats([0.5], shape: [1]))
    let window = Window(padding: .same, stride: Extent(height: 1, width: 1))
    let same = try draft.append(.conv2D, .convolution(window, .none), inputs: [x, w, b])
    var pooling = window
    pooling.size = Extent(height: 2, width: 2)
    let pooled = try draft.append(.averagePool2D, .pooling(pooling, .none), inputs: [x])
    let order = draft.add(.int32s([2, 1, 0, 3], shape: [4]))
    let turned = try draft.append(.transpose, inputs: [x, order])
    draft.outputs = [same, pooled, turned]
    var evaluator = DraftEvaluator(draft)
    let outputs = try evaluator.run([[1, 2, 3, 4]]).map(\.values)
    // SAME pads behind: taps that leave the image count as 0, and not at all in a mean.
    #expect(outputs[0] == [4321.5, 402.5, 43.5, 4.5])
    #expect(outputs[1] == [2.5, 3, 3.5, 4])
    #expect(outputs[2] == [1, 3, 2, 4])
  }

  @Test func functions() throws {
    var draft = GraphDraft()
    let x = draft.addInput("x", shape: [2, 2])
    let axes = draft.add(.int32s([-1], shape: [1]))
    let two = draft.add(.floats([1, 3], shape: [2, 1]))
    draft.outputs = [
      try draft.append(.mean, .reducer(keepsDimensions: false), inputs: [x, axes]),
      try draft.append(.sub, .activation(.relu), inputs: [x, two]),
      try draft.append(.logistic, inputs: [x]), try draft.append(.tanh, inputs: [x]),
      try draft.append(.softmax, .softmax(beta: 1), inputs: [x]),
    ]
    var evaluator = DraftEvaluator(draft)
    let outputs = try evaluator.run([[0, 2, 4, -4]]).map(\.values)
    #expect(outputs[0] == [1, 0] && outputs[1] == [0, 1, 1, 0])
    let expected = [
      [0.5, 0.880797078, 0.982013790, 0.017986210],
      [0, 0.964027580, 0.999329300, -0.999329300],
      [0.119202922, 0.880797078, 0.999664650, 0.000335350],
    ]
    for (found, values) in zip(outputs[2...], expected) {
      for (a, b) in zip(found, values) { #expect(abs(a - b) < 1e-9) }
    }
  }
}
