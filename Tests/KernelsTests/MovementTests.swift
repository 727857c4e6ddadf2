import Kernels
import TestSupport
import Testing

/// PAD, TRANSPOSE and MEAN against their definitions, position by position.
struct MovementTests {
  @Test func padPutsTheTensorInside() throws {
    var random = SplitMix(41)
    for _ in 0..<200 {
      let shape = random.shape(0...6, most: 3)
      let before = shape.map { _ in random.int(0...2) }
      let after = shape.map { _ in random.int(0...2) }
      let outer = shape.indices.map { before[$0] + shape[$0] + after[$0] }
      let parameters = try #require(PadParameters(input: shape, before: before, after: after))
      let input = random.floats(shape.reduce(1, *))
      let expected = positions(outer).map { position -> Float in
        let inside = position.indices.map { position[$0] - before[$0] }
        let isInside = zip(inside, shape).allSatisfy { $0 >= 0 && $0 < $1 }
        return isInside ? input[offset(inside, in: shape)] : 9
      }
      let found = applied(to: input, count: expected.count, zero: 0) {
        padFloat(parameters, value: 9, input: $0, output: $1)
      }
      #expect(found == expected)
      let bytes = random.bytes(input.count, extreme: false)
      let padded = applied(to: bytes, count: expected.count, zero: 0) {
        padInt8(parameters, value: -5, input: $0, output: $1)
      }
      #expect(padded.filter { $0 == -5 }.count >= expected.count - bytes.count)
    }
    #expect(PadParameters(input: [2], before: [-1], after: [0]) == nil)
    #expect(PadParameters(input: [2], before: [1, 0], after: [0, 0]) == nil)
    #expect(PadParameters(input: [2], before: [Int(Int32.max)], after: [0]) == nil)
    #expect(PadParameters(input: [1 << 20], before: [0], after: [1 << 20]) != nil)
  }

  @Test func transposeReordersDimensions() throws {
    var random = SplitMix(43)
    for _ in 0..<200 {
      let shape = random.shape(0...6, most: 4)
      let order = shape.indices.shuffled(using: &random)
      let parameters = try #require(TransposeParameters(input: shape, permutation: order))
      let input = random.floats(shape.reduce(1, *))
      let expected = positions(order.map { shape[$0] }).map { position in
        var source = position
        for (place, dimension) in order.enumerated() { source[dimension] = position[place] }
        return input[offset(source, in: shape)]
      }
      #expect(
        applied(to: input, count: input.count, zero: 0) {
          transposeFloat(parameters, input: $0, output: $1)
        } == expected)
      #expect(
        applied(to: input, count: input.count, zero: Float(0)) {
          transposeBytes(parameters, elementSize: 4, input: $0, output: $1)
        } == expected)
      let bytes = input.map { Int8($0 * 100) }
      #expect(
        applied(to: bytes, count: bytes.count, zero: 0) {
          transposeInt8(parameters, input: $0, output: $1)
        } == expected.map { Int8($0 * 100) })
    }
    #expect(TransposeParameters(input: [2, 3], permutation: [0, 0]) == nil)
    #expect(TransposeParameters(input: [2, 3], permutation: [0, 2]) == nil)
    #expect(TransposeParameters(input: [2, 3], permutation: [0]) == nil)
  }

  @Test func meansAreTakenAlongAnyAxes() throws {
    var random = SplitMix(47)
    for _ in 0..<200 {
      let shape = random.shape(1...6, most: 4)
      let axes = Set((0..<random.int(1...shape.count)).map { _ in random.int(0...shape.count - 1) })
      let stated = axes.map { random.int(0...1) == 0 ? $0 : $0 - shape.count } + axes.prefix(1)
      let kept = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
      let (from, to) = (random.affine(), random.affine())
      let input = random.floats(shape.reduce(1, *))
      let bytes = random.bytes(input.count, extreme: false)
      var sums = [Float](repeating: 0, count: kept.reduce(1, *))
      var totals = [Int](repeating: 0, count: sums.count)
      for position in positions(shape) {
        sums[offset(position, in: kept)] += input[offset(position, in: shape)]
        totals[offset(position, in: kept)] += Int(bytes[offset(position, in: shape)])
      }
      let count = input.count / sums.count
      let plain = try #require(MeanParameters(input: shape, axes: stated))
      #expect(Int(plain.outputCount) == sums.count && Int(plain.reducedCount) == count)
      let found = applied(to: input, count: sums.count, zero: 0) {
        meanFloat(plain, input: $0, output: $1)
      }
      #expect(found == sums.map { $0 / Float(count) })
      let parameters = try #require(MeanParameters(input: shape, axes: stated, from: from, to: to))
      let elements = applied(to: bytes, count: sums.count, zero: 0) {
        meanInt8(parameters, input: $0, output: $1)
      }
      let far = zip(elements, totals).filter { element, total in
        let mean = Double(total) / Double(count) - Double(from.zeroPoint)
        let exact = mean * Double(from.scale) / Double(to.scale) + Double(to.zeroPoint)
        // Rounded twice, to halves at the coarsest first.
        return abs(Double(element) - min(max(exact, -128), 127)) >= 0.7501
      }
      #expect(far.isEmpty)
    }
    #expect(MeanParameters(input: [2, 3], axes: [2]) == nil)
    #expect(MeanParameters(input: [2, 3], axes: [-3]) == nil)
    #expect(MeanParameters(input: [2, 0], axes: [0]) == nil)
  }
}
