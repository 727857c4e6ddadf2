import Kernels
import TestSupport

/// Runs a kernel of one input on arrays.
func applied<Input, Output>(
  to input: [Input], count: Int, zero: Output,
  _ body: (UnsafePointer<Input>, UnsafeMutablePointer<Output>) -> Void
) -> [Output] {
  var output = [Output](repeating: zero, count: count)
  body(input, &output)
  return output
}

/// Runs a kernel of two inputs on arrays.
func applied<Element>(
  to left: [Element], _ right: [Element], count: Int, zero: Element,
  _ body: (UnsafePointer<Element>, UnsafePointer<Element>, UnsafeMutablePointer<Element>) -> Void
) -> [Element] {
  var output = [Element](repeating: zero, count: count)
  body(left, right, &output)
  return output
}

/// All positions of a shape, row by row.
func positions(_ shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { prefixes, size in
    prefixes.flatMap { prefix in (0..<size).map { prefix + [$0] } }
  }
}

/// Offset of a position; sizes of 1 are repeated, missing leading ones taken as 1.
func offset(_ position: [Int], in shape: [Int]) -> Int {
  zip(position.suffix(shape.count), shape).reduce(0) { $0 * $1.1 + ($1.1 == 1 ? 0 : $1.0) }
}

let everyInt8 = (Int8.min...Int8.max).map { $0 }

extension SplitMix {
  mutating func shape(_ rank: ClosedRange<Int>, most: Int = 5) -> [Int] {
    (0..<int(rank)).map { _ in int(1...most) }
  }

  mutating func affine() -> AffineInt8 {
    let scale = Float(
      sign: .plus, exponent: int(-10 ... -1), significand: .random(in: 1..<2, using: &self))
    return AffineInt8(scale: scale, zeroPoint: Int32(int(-128...127)))
  }
}

/// How two shapes meet; nil where they do not.
func broadcast(_ left: [Int], _ right: [Int]) -> Broadcast? {
  guard let left = KernelShape(left), let right = KernelShape(right) else { return nil }
  return Broadcast(left: left, right: right)
}
