import Kernels

extension Check {
  mutating func poolingFamilies() {
    family("AVERAGE_POOL_2D int8", seed: 30, cases: 200) { $0.poolingInt8(averagePool2DInt8) }
    family("MAX_POOL_2D int8", seed: 31, cases: 200) { $0.poolingInt8(maxPool2DInt8) }
    family("AVERAGE_POOL_2D fp32", seed: 32, cases: 100) { $0.poolingFloat(averagePool2DFloat) }
    family("MAX_POOL_2D fp32", seed: 33, cases: 100) { $0.poolingFloat(maxPool2DFloat) }
    family("MEAN int8", seed: 34, cases: 200) { $0.meanInt8() }
    family("MEAN fp32", seed: 35, cases: 100) { $0.meanFloat() }
    family("SOFTMAX int8", seed: 36, cases: 200) { $0.softmaxInt8() }
  }

  private mutating func poolingInt8(
    _ kernel: (PoolingParameters, UnsafePointer<Int8>, UnsafeMutablePointer<Int8>) -> Void
  ) {
    let p = operands.random.pooling()
    let input = operands.int8(p.batches * p.inputHeight * p.inputWidth * p.depth)
    let count = p.batches * p.outputHeight * p.outputWidth * p.depth
    let output = operands.memory.area(count, of: Int8.self, skew: operands.random.int(0...3))
    kernel(p, input, output)
    take(output, count)
  }

  private mutating func poolingFloat(
    _ kernel: (PoolingParameters, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let p = operands.random.pooling()
    let input = operands.floats(
      p.batches * p.inputHeight * p.inputWidth * p.depth, special: true)
    let count = p.batches * p.outputHeight * p.outputWidth * p.depth
    let output = operands.memory.area(count, of: Float.self, skew: 4)
    kernel(p, input, output)
    take(output, count)
  }

  private mutating func meanInt8() {
    let (shape, axes) = operands.random.reduction()
    let (from, to) = (operands.random.affine(), operands.random.affine())
    guard let parameters = MeanParameters(input: shape, axes: axes, from: from, to: to) else {
      return take(-1)
    }
    let input = operands.int8(elements(shape))
    let output = operands.memory.area(
      parameters.outputCount, of: Int8.self, skew: operands.random.int(0...3))
    Kernels.meanInt8(parameters, input: input, output: output)
    take(output, parameters.outputCount)
  }

  private mutating func meanFloat() {
    let (shape, axes) = operands.random.reduction()
    guard let parameters = MeanParameters(input: shape, axes: axes) else { return take(-1) }
    let input = operands.floats(elements(shape))
    let output = operands.memory.area(parameters.outputCount, of: Float.self, skew: 4)
    Kernels.meanFloat(parameters, input: input, output: output)
    take(output, parameters.outputCount)
  }

  private mutating func softmaxInt8() {
    let (rows, depth) = (operands.random.int(1...4), operands.random.int(1...40))
    let scale = operands.random.scale(-12...1)
    let beta: Float = operands.random.once(in: 2) ? 1 : 2.5
    guard
      let parameters = SoftmaxParameters(rows: rows, depth: depth, beta: beta, inputScale: scale)
    else { return take(-1) }
    let input = operands.int8(rows * depth)
    let output = operands.memory.area(
      rows * depth, of: Int8.self, skew: operands.random.int(0...3))
    Kernels.softmaxInt8(parameters, input: input, output: output)
    take(output, rows * depth)
  }
}

extension Random {
  fileprivate mutating func pooling() -> PoolingParameters {
    var p = PoolingParameters()
    p.batches = once(in: 3) ? 2 : 1
    p.depth = int(1...9)
    (p.inputHeight, p.inputWidth) = (int(1...9), int(1...9))
    (p.filterHeight, p.filterWidth) = (int(1...4), int(1...4))
    (p.strideHeight, p.strideWidth) = (int(1...3), int(1...3))
    if once(in: 2) { (p.padTop, p.padLeft) = (int(0...3), int(0...3)) }
    (p.outputHeight, p.outputWidth) = (int(1...6), int(1...6))
    p.range = range()
    p.floatRange = floatRange()
    return p
  }

  /// A shape and some of its dimensions, at times counted from the end, at times twice.
  fileprivate mutating func reduction() -> (shape: [Int], axes: [Int]) {
    let shape = shape(1...6)
    let rank = Int32(shape.count)
    var axes: [Int] = []
    for _ in 0..<int(0...rank) { axes.append(Int(int(-rank...rank - 1))) }
    return (shape, axes)
  }
}
