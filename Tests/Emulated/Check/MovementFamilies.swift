import Kernels

extension Check {
  mutating func movementFamilies() {
    family("PAD int8", seed: 50, cases: 100) { $0.padInt8() }
    family("PAD fp32", seed: 51, cases: 50) { $0.padFloat() }
    family("TRANSPOSE int8", seed: 52, cases: 100) { $0.transposeInt8() }
    family("TRANSPOSE fp32", seed: 53, cases: 50) { $0.transposeFloat() }
    family("TRANSPOSE of bytes", seed: 54, cases: 50) { $0.transposeBytes() }
    family("RESHAPE", seed: 55, cases: 50) { $0.copyBytes() }
  }

  private mutating func padInt8() {
    let (shape, before, after, count) = operands.random.padding()
    guard let parameters = PadParameters(input: shape, before: before, after: after) else {
      return take(-1)
    }
    let value = Int8(truncatingIfNeeded: operands.random.word())
    let input = operands.int8(elements(shape))
    let output = operands.memory.area(count, of: Int8.self, skew: operands.random.int(0...3))
    Kernels.padInt8(parameters, value: value, input: input, output: output)
    take(output, count)
  }

  private mutating func padFloat() {
    let (shape, before, after, count) = operands.random.padding()
    guard let parameters = PadParameters(input: shape, before: before, after: after) else {
      return take(-1)
    }
    let input = operands.floats(elements(shape), special: true)
    let output = operands.memory.area(count, of: Float.self, skew: 4)
    Kernels.padFloat(parameters, value: 0, input: input, output: output)
    take(output, count)
  }

  private mutating func transposeInt8() {
    let (shape, permutation) = operands.random.transposition()
    guard let parameters = TransposeParameters(input: shape, permutation: permutation) else {
      return take(-1)
    }
    let input = operands.int8(parameters.count)
    let output = operands.memory.area(
      parameters.count, of: Int8.self, skew: operands.random.int(0...3))
    Kernels.transposeInt8(parameters, input: input, output: output)
    take(output, parameters.count)
  }

  private mutating func transposeFloat() {
    let (shape, permutation) = operands.random.transposition()
    guard let parameters = TransposeParameters(input: shape, permutation: permutation) else {
      return take(-1)
    }
    let input = operands.floats(parameters.count, special: true)
    let output = operands.memory.area(parameters.count, of: Float.self, skew: 4)
    Kernels.transposeFloat(parameters, input: input, output: output)
    take(output, parameters.count)
  }

  private mutating func transposeBytes() {
    let (shape, permutation) = operands.random.transposition()
    guard let parameters = TransposeParameters(input: shape, permutation: permutation) else {
      return take(-1)
    }
    let size = operands.random.int(1...8)
    let input = operands.int8(size * parameters.count)
    let output = operands.memory.area(
      size * parameters.count, of: Int8.self, skew: operands.random.int(0...3))
    Kernels.transposeBytes(parameters, elementSize: size, input: input, output: output)
    take(output, size * parameters.count)
  }

  private mutating func copyBytes() {
    let count = operands.random.int(1...300)
    let input = operands.int8(count)
    let output = operands.memory.area(count, of: Int8.self, skew: operands.random.int(0...3))
    Kernels.copyBytes(count: count, input: input, output: output)
    take(output, count)
    Kernels.copyBytes(count: count, input: output, output: output)
    take(output, count)
  }
}

extension Random {
  fileprivate mutating func padding() -> (shape: [Int], before: [Int], after: [Int], Int32) {
    let shape = shape(0...4)
    var (before, after): ([Int], [Int]) = ([], [])
    var count: Int32 = 1
    for size in shape {
      let (front, back) = (int(0...3), int(0...3))
      before.append(Int(front))
      after.append(Int(back))
      count *= front + Int32(size) + back
    }
    return (shape, before, after, count)
  }

  fileprivate mutating func transposition() -> (shape: [Int], permutation: [Int]) {
    let shape = shape()
    var permutation: [Int] = []
    for place in shape.indices { permutation.append(place) }
    // Fisher and Yates.
    for place in permutation.indices.dropFirst() {
      permutation.swapAt(place, Int(int(0...Int32(place))))
    }
    return (shape, permutation)
  }
}
