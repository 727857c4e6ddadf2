import Kernels

private typealias Int8Kernel = (
  Broadcast, UnsafePointer<Int8>, UnsafePointer<Int8>, UnsafeMutablePointer<Int8>
) -> Void
private typealias FloatKernel = (
  Broadcast, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>
) -> Void

/// A parameter set that is refused is a result too: the number of its case.
extension Check {
  mutating func broadcastFamilies() {
    family("ADD int8", seed: 20, cases: 200) { check in
      let (left, right, output, range) = check.quantization()
      guard let sum = SumParameters(adding: left, right, to: output, range: range) else {
        return check.take(-1)
      }
      check.int8 { addInt8(sum, $0, left: $1, right: $2, output: $3) }
    }
    family("SUB int8", seed: 21, cases: 200) { check in
      let (left, right, output, range) = check.quantization()
      guard let sum = SumParameters(subtracting: right, from: left, to: output, range: range)
      else { return check.take(-1) }
      check.int8 { subtractInt8(sum, $0, left: $1, right: $2, output: $3) }
    }
    family("MUL int8", seed: 22, cases: 200) { check in
      let (left, right, output, range) = check.quantization()
      guard let product = ProductParameters(multiplying: left, right, to: output, range: range)
      else { return check.take(-1) }
      check.int8 { multiplyInt8(product, $0, left: $1, right: $2, output: $3) }
    }
    family("MINIMUM int8", seed: 23, cases: 100) { check in
      check.int8 { minimumInt8($0, left: $1, right: $2, output: $3) }
    }
    family("MAXIMUM int8", seed: 24, cases: 100) { check in
      check.int8 { maximumInt8($0, left: $1, right: $2, output: $3) }
    }
    family("ADD fp32", seed: 25, cases: 100) { check in
      let range = check.operands.random.floatRange()
      check.float { addFloat($0, range: range, left: $1, right: $2, output: $3) }
    }
    family("SUB fp32", seed: 26, cases: 100) { check in
      let range = check.operands.random.floatRange()
      check.float { subtractFloat($0, range: range, left: $1, right: $2, output: $3) }
    }
    family("MUL fp32", seed: 27, cases: 100) { check in
      let range = check.operands.random.floatRange()
      check.float { multiplyFloat($0, range: range, left: $1, right: $2, output: $3) }
    }
    family("MINIMUM fp32", seed: 28, cases: 100) { check in
      check.float { minimumFloat($0, left: $1, right: $2, output: $3) }
    }
    family("MAXIMUM fp32", seed: 29, cases: 100) { check in
      check.float { maximumFloat($0, left: $1, right: $2, output: $3) }
    }
  }

  private mutating func quantization() -> (AffineInt8, AffineInt8, AffineInt8, Int8Range) {
    let (left, right) = (operands.random.affine(), operands.random.affine())
    return (left, right, operands.random.affine(-12 ... -1), operands.random.range())
  }

  private mutating func int8(_ kernel: Int8Kernel) {
    guard let (shape, left, right) = broadcast() else { return take(-2) }
    let x = operands.int8(left)
    let y = operands.int8(right)
    let output = operands.memory.area(
      shape.count, of: Int8.self, skew: operands.random.int(0...3))
    kernel(shape, x, y, output)
    take(output, shape.count)
  }

  private mutating func float(_ kernel: FloatKernel) {
    guard let (shape, left, right) = broadcast() else { return take(-2) }
    let x = operands.floats(left, special: true)
    let y = operands.floats(right, special: true)
    let output = operands.memory.area(shape.count, of: Float.self, skew: 4)
    kernel(shape, x, y, output)
    take(output, shape.count)
  }

  /// Two shapes of which either may be repeated, and their numbers of elements.
  private mutating func broadcast() -> (Broadcast, Int32, Int32)? {
    let shape = operands.random.shape()
    var (left, right) = (shape, shape)
    for place in shape.indices {
      switch operands.random.int(0...3) {
      case 0: left[place] = 1
      case 1: right[place] = 1
      default: break
      }
    }
    while left.first == 1 && operands.random.once(in: 2) { left.removeFirst() }
    guard let first = KernelShape(left), let second = KernelShape(right),
      let result = Broadcast(left: first, right: second)
    else { return nil }
    return (result, first.count, second.count)
  }
}
