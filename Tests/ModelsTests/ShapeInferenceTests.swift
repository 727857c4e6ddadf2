import TestSupport
import Testing

@testable import Models

/// Inferred shapes against a count of positions, one by one.
struct ShapeInferenceTests {
  private struct Random {
    var generator: SplitMix
    mutating func size(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
    mutating func bool() -> Bool { .random(using: &generator) }
    mutating func shape(_ rank: Int) -> [Int] { (0..<rank).map { _ in size(1...5) } }
  }

  private func data(_ shape: [Int]) -> Tensor {
    Tensor(name: "", shape: shape, elementType: .float32)
  }

  private func numbers(_ values: [Int]) -> Tensor {
    .int32s(values.map { Int32($0) }, shape: [values.count])
  }

  /// Starts of windows: SAME has one at each stride, VALID where the last tap is inside.
  private func positions(_ size: Int, _ window: Int, _ stride: Int, _ dilation: Int, _ same: Bool)
    -> Int
  {
    (0..<size).filter { $0 % stride == 0 }.count { same || $0 + (window - 1) * dilation < size }
  }

  @Test func windows() throws {
    var random = Random(generator: SplitMix(1))
    for _ in 0..<500 {
      let image = [random.size(1...2), random.size(1...9), random.size(1...9), random.size(1...3)]
      let size = Extent(height: random.size(1...4), width: random.size(1...4))
      var window = Window(
        padding: random.bool() ? .same : .valid,
        stride: Extent(height: random.size(1...3), width: random.size(1...3)))
      let isPool = random.bool()
      if !isPool { window.dilation = Extent(height: random.size(1...2), width: random.size(1...2)) }
      let same = window.padding == .same
      let grid = [
        positions(image[1], size.height, window.stride.height, window.dilation.height, same),
        positions(image[2], size.width, window.stride.width, window.dilation.width, same),
      ]
      if isPool {
        window.size = size
        let found = try ShapeInference.output(
          of: random.bool() ? .maxPool2D : .averagePool2D, .pooling(window, .none),
          inputs: [data(image)])
        #expect(found == [image[0]] + grid + [image[3]])
      } else {
        let out = random.size(1...4)
        let full = try ShapeInference.output(
          of: .conv2D, .convolution(window, .none),
          inputs: [data(image), data([out, size.height, size.width, image[3]])])
        #expect(full == [image[0]] + grid + [out])
        let each = try ShapeInference.output(
          of: .depthwiseConv2D, .depthwise(window, depthMultiplier: out, .none),
          inputs: [data(image), data([1, size.height, size.width, out * image[3]])])
        #expect(each == [image[0]] + grid + [out * image[3]])
      }
    }
  }

  /// An output has one place for each combination of indices that NumPy's rule allows.
  @Test func broadcasts() throws {
    var random = Random(generator: SplitMix(2))
    var fitting = 0
    for _ in 0..<500 {
      let wide = random.shape(random.size(1...4))
      func narrow() -> [Int] {
        Array(wide.map { random.size(0...2) == 0 ? 1 : $0 }.dropFirst(random.size(0...wide.count)))
      }
      let b = narrow()
      var a = narrow()
      if random.size(0...4) == 0, !a.isEmpty { a[a.count - 1] += 1 }
      let rank = max(a.count, b.count)
      let expected = (0..<rank).map { place -> Int? in
        let sizes = [a, b].map { shape in
          let own = place - (rank - shape.count)
          return own < 0 ? 1 : shape[own]
        }
        if sizes[0] == 1 { return sizes[1] }
        return sizes[1] == 1 || sizes[1] == sizes[0] ? sizes[0] : nil
      }
      let found = try? ShapeInference.output(
        of: [.add, .sub, .mul, .minimum, .maximum][random.size(0...4)], .activation(.none),
        inputs: [data(a), data(b)])
      if expected.contains(nil) {
        #expect(found == nil)
      } else {
        fitting += 1
        #expect(found == expected.compactMap { $0 })
      }
    }
    #expect(fitting > 300 && fitting < 500)
  }

  @Test func movedAndReduced() throws {
    var random = Random(generator: SplitMix(3))
    for _ in 0..<300 {
      let shape = random.shape(random.size(1...5))
      let order = Array(shape.indices).shuffled(using: &random.generator)
      #expect(
        try ShapeInference.output(of: .transpose, .plain, inputs: [data(shape), numbers(order)])
          == order.map { shape[$0] })
      let pads = shape.flatMap { _ in [random.size(0...2), random.size(0...2)] }
      let padded = try #require(
        try ShapeInference.output(of: .pad, .plain, inputs: [data(shape), numbers(pads)]))
      for dimension in shape.indices {
        let places = -pads[2 * dimension]..<shape[dimension] + pads[2 * dimension + 1]
        #expect(padded[dimension] == places.count)
      }
      let axes = shape.indices.filter { _ in random.bool() }
      let written = axes.map { random.bool() ? $0 : $0 - shape.count }
      for keeps in [true, false] {
        let found = try ShapeInference.output(
          of: .mean, .reducer(keepsDimensions: keeps), inputs: [data(shape), numbers(written)])
        var expected = shape
        for axis in axes.reversed() {
          if keeps { expected[axis] = 1 } else { expected.remove(at: axis) }
        }
        #expect(found == expected)
      }
      let flat = try ShapeInference.output(
        of: .reshape, .reshape(to: []), inputs: [data(shape), numbers([-1, shape[0]])])
      #expect(flat == [shape.dropFirst().reduce(1, *), shape[0]])
      let (rows, columns) = (shape.dropLast().reduce(1, *), shape[shape.count - 1])
      for keeps in [true, false] {
        let found = try ShapeInference.output(
          of: .fullyConnected,
          .fullyConnected(.none, keepsDimensions: keeps, hasShuffledWeights: false),
          inputs: [data(shape), data([7, columns])])
        #expect(found == (keeps ? shape.dropLast() + [7] : [rows, 7]))
      }
    }
  }
}
