import TestSupport
import Testing

@testable import Models

/// MACs against a count by loops, on random shapes.
struct CostPropertyTests {
  private struct Random {
    var generator: SplitMix
    mutating func size(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
    mutating func bool() -> Bool { .random(using: &generator) }
  }

  /// Starts of windows along one dimension, by trying each.
  private func starts(_ size: Int, _ window: Int, _ stride: Int, _ dilation: Int, _ valid: Bool)
    -> Int
  {
    var count = 0
    var start = 0
    while start < size {
      let last = start + (window - 1) * dilation
      if !valid || last < size { count += 1 }
      start += stride
    }
    return count
  }

  private func tensor(_ shape: [Int], constant: Bool = false) -> ModelSketch.TensorSketch {
    ModelSketch.TensorSketch(
      shape: shape.map { Int32($0) },
      data: constant ? Array(repeating: 1, count: shape.reduce(1, *)) : nil)
  }

  @Test func convolutions() throws {
    var random = Random(generator: SplitMix(7))
    var read = 0
    for _ in 0..<400 {
      let (h, w) = (random.size(1...9), random.size(1...9))
      let groups = random.size(1...2)
      let (c, o) = (groups * random.size(1...3), random.size(1...4))
      let (kh, kw) = (random.size(1...4), random.size(1...4))
      let (sh, sw, d) = (random.size(1...3), random.size(1...3), random.size(1...2))
      let (valid, isDepthwise) = (random.bool(), random.bool())
      let dilation = isDepthwise ? 1 : d
      let out = [
        1, starts(h, kh, sh, dilation, valid), starts(w, kw, sw, dilation, valid),
        isDepthwise ? c * o : o,
      ]
      var sketch = ModelSketch()
      let weights = isDepthwise ? [1, kh, kw, c * o] : [o, kh, kw, c / groups]
      sketch.tensors = [tensor([1, h, w, c]), tensor(weights, constant: true), tensor(out)]
      let stride = (Int32(sh), Int32(sw))
      sketch.operators = [
        isDepthwise
          ? .init(
            code: 4, inputs: [0, 1], outputs: [2], optionsType: 2,
            options: ModelSketch.depthwise(valid: valid, stride: stride, multiplier: Int32(o)))
          : .init(
            code: 3, inputs: [0, 1], outputs: [2], optionsType: 1,
            options: ModelSketch.convolution(
              valid: valid, stride: stride, dilation: (Int32(d), Int32(d))))
      ]
      sketch.inputs = [0]
      sketch.outputs = [2]
      var macs: UInt64 = 0
      for _ in 0..<out.reduce(1, *) {
        for _ in 0..<kh * kw { macs += isDepthwise ? 1 : UInt64(c / groups) }
      }
      let graph = try sketch.graph()
      #expect(graph.macs == macs && graph.costs[0].output == out)
      #expect(graph.weightBytes == UInt64(weights.reduce(1, *)))
      read += 1
      // One position more cannot be.
      sketch.tensors[2].shape[1] += 1
      #expect(refusal(sketch.bytes)?.rule == "shape-mismatch")
    }
    #expect(read == 400)
  }

  @Test func fullyConnected() throws {
    var random = Random(generator: SplitMix(8))
    for _ in 0..<100 {
      let (batch, p, q) = (random.size(1...4), random.size(1...9), random.size(1...9))
      var sketch = ModelSketch()
      sketch.tensors = [
        tensor(random.bool() ? [batch, p] : [batch, 1, 1, p]), tensor([q, p], constant: true),
        tensor([batch, q]),
      ]
      sketch.operators = [.init(code: 9, inputs: [0, 1], outputs: [2])]
      sketch.inputs = [0]
      sketch.outputs = [2]
      #expect(try sketch.graph().macs == UInt64(batch * p * q))
      sketch.tensors[2].shape[0] += 1
      #expect(refusal(sketch.bytes)?.rule == "shape-mismatch")
    }
  }

  /// Weights that are computed take no weight bytes.
  @Test func computedWeights() throws {
    var sketch = ModelSketch()
    sketch.tensors = [tensor([1, 3]), tensor([2, 3]), tensor([1, 2])]
    sketch.operators = [.init(code: 9, inputs: [0, 1], outputs: [2])]
    sketch.inputs = [0, 1]
    sketch.outputs = [2]
    let cost = try sketch.graph().costs[0]
    #expect(cost.weights == [2, 3] && cost.weightBytes == 0 && cost.macs == 6)
    #expect(cost.activationBytesIn == 9)
  }
}
