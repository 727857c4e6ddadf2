import Kernels

extension Operands {
  mutating func addInt8(_ shape: Shape) -> Int32 {
    let left = bytes(shape.elements)
    let right = bytes(shape.elements)
    let output = memory.area(shape.elements, of: Int8.self)
    let type = AffineInt8(scale: 0.05, zeroPoint: -128)
    let sum = AffineInt8(scale: 0.08, zeroPoint: -128)
    guard
      let parameters = SumParameters(
        adding: type, AffineInt8(scale: 0.07, zeroPoint: 3), to: sum, range: Int8Range())
    else { return 0 }
    return instructions {
      Kernels.addInt8(
        parameters, Broadcast(count: shape.elements), left: left, right: right, output: output)
    }
  }

  mutating func addFloat(_ shape: Shape) -> Int32 {
    let left = floats(shape.elements)
    let right = floats(shape.elements)
    let output = memory.area(shape.elements, of: Float.self)
    return instructions {
      Kernels.addFloat(
        Broadcast(count: shape.elements), range: FloatRange(), left: left, right: right,
        output: output)
    }
  }

  mutating func averagePoolInt8(_ shape: Shape) -> Int32 {
    let input = bytes(shape.elements)
    let output = memory.area(shape.input.depth, of: Int8.self)
    return instructions { averagePool2DInt8(shape.pooling, input: input, output: output) }
  }

  mutating func averagePoolFloat(_ shape: Shape) -> Int32 {
    let input = floats(shape.elements)
    let output = memory.area(shape.input.depth, of: Float.self)
    return instructions { averagePool2DFloat(shape.pooling, input: input, output: output) }
  }

  mutating func softmaxInt8(_ shape: Shape) -> Int32 {
    let input = bytes(shape.elements)
    let output = memory.area(shape.elements, of: Int8.self)
    guard
      let parameters = SoftmaxParameters(rows: 1, depth: shape.elements, beta: 1, inputScale: 0.1)
    else { return 0 }
    return instructions { Kernels.softmaxInt8(parameters, input: input, output: output) }
  }

  mutating func softmaxFloat(_ shape: Shape) -> Int32 {
    let input = floats(shape.elements)
    let output = memory.area(shape.elements, of: Float.self)
    let parameters = SoftmaxParameters(rows: 1, depth: shape.elements, beta: 1)
    return instructions { Kernels.softmaxFloat(parameters, input: input, output: output) }
  }
}
