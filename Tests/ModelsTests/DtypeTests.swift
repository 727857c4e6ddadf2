import Core
import TestSupport
import Testing

@testable import Models

/// What a model is said to compute with.
struct DtypeTests {
  private func types(weights: ElementType, data: ElementType) throws -> ComputeTypes {
    var sketch = ModelSketch()
    let bytes = (try #require(weights.bits) * 6 + 7) / 8
    sketch.tensors = [
      .init(shape: [1, 3], type: data),
      .init(shape: [2, 3], type: weights, data: Array(repeating: 0, count: bytes)),
      .init(shape: [1, 2], type: data),
    ]
    sketch.operators = [.init(code: 9, inputs: [0, 1], outputs: [2])]
    sketch.inputs = [0]
    sketch.outputs = [2]
    return try sketch.graph().types
  }

  @Test func pureAndMixed() throws {
    #expect(try types(weights: .int8, data: .int8).dtype == .int8)
    #expect(try types(weights: .float32, data: .float32).dtype == .fp32)
    let hybrid = try types(weights: .int8, data: .float32)
    #expect(hybrid.isHybrid && hybrid.dtype == nil)
    #expect(hybrid.description == "hybrid (weights int8, activations float32)")
    let wide = try types(weights: .int8, data: .int16)
    #expect(!wide.isHybrid && wide.description == "weights int8, activations int16")
    #expect(
      try types(weights: .int4, data: .int8).description == "weights int4, activations int8")
    #expect(
      try types(weights: .uint8, data: .uint8).description == "weights uint8, activations uint8")
  }

  /// QUANTIZE and DEQUANTIZE at the ends do not make an int8 model another.
  @Test func floatEnds() throws {
    var sketch = ModelSketch()
    sketch.tensors = [
      .init(shape: [1, 3], type: .float32), .init(shape: [1, 3]),
      .init(shape: [2, 3], data: Array(repeating: 0, count: 6)), .init(shape: [1, 2]),
      .init(shape: [1, 2], type: .float32),
    ]
    sketch.operators = [
      .init(code: 114, inputs: [0], outputs: [1]), .init(code: 9, inputs: [1, 2], outputs: [3]),
      .init(code: 6, inputs: [3], outputs: [4]),
    ]
    sketch.inputs = [0]
    sketch.outputs = [4]
    #expect(try sketch.graph().dtype == .int8)
  }

  /// Half-precision weights stand behind DEQUANTIZE.
  @Test func dequantizedWeights() throws {
    var sketch = ModelSketch()
    sketch.tensors = [
      .init(shape: [1, 3], type: .float32),
      .init(shape: [2, 3], type: .float16, data: Array(repeating: 0, count: 12)),
      .init(shape: [2, 3], type: .float32), .init(shape: [1, 2], type: .float32),
    ]
    sketch.operators = [
      .init(code: 6, inputs: [1], outputs: [2]), .init(code: 9, inputs: [0, 2], outputs: [3]),
    ]
    sketch.inputs = [0]
    sketch.outputs = [3]
    #expect(try sketch.graph().types.description == "weights float16, activations float32")
  }

  @Test func withoutWeights() throws {
    var sketch = ModelSketch()
    sketch.tensors = [.init(shape: [4]), .init(shape: [4])]
    sketch.operators = [.init(code: 25, inputs: [0], outputs: [1])]
    sketch.inputs = [0]
    sketch.outputs = [1]
    #expect(try sketch.graph().dtype == .int8)
    #expect(try ModelSketch().graph().types.description == "no operators")
  }
}
