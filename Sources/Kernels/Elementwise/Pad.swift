/// PAD: a tensor of up to six dimensions inside a larger one.
public struct PadParameters: Sendable {
  /// Of the input.
  let inner: SIMD8<Int32>
  /// Of the output.
  let outer: SIMD8<Int32>
  /// Elements in front, in each dimension.
  let before: SIMD8<Int32>
  let isEmpty: Bool

  /// nil where a number of elements is below 0, there is not one pair per dimension, or the output is
  /// too large.
  public init?<Numbers: BidirectionalCollection>(
    input: Numbers, before: Numbers, after: Numbers
  ) where Numbers.Element == Int {
    guard before.count == input.count, after.count == input.count,
      let shape = KernelShape(input), let front = KernelShape(before),
      let back = KernelShape(after)
    else { return nil }
    inner = shape.sizes
    var outer = shape.sizes
    var offsets = SIMD8<Int32>(repeating: 0)
    var total: Int64 = 1
    for place in (KernelShape.rank - input.count)..<KernelShape.rank {
      let size = Int64(inner[place]) + Int64(front.sizes[place]) + Int64(back.sizes[place])
      // Both at most 2^31 - 1, so that the product fits.
      guard size <= Int64(Int32.max) else { return nil }
      total *= size
      guard total <= Int64(Int32.max) else { return nil }
      outer[place] = Int32(truncatingIfNeeded: size)
      offsets[place] = front.sizes[place]
    }
    self.outer = outer
    self.before = offsets
    isEmpty = total == 0
  }

  /// Copies or fills, one row of the last dimension after the other.
  ///
  /// Bounds: the output is written from 0 to its number of elements, in order; the input is read in
  /// order too, a row of it wherever the position of the row lies inside in every dimension.
  @inline(__always)
  func forEach<Element>(
    _ value: Element, _ input: UnsafePointer<Element>, _ output: UnsafeMutablePointer<Element>
  ) {
    if isEmpty { return }
    let last = KernelShape.rank - 1
    let front = Int(before[last])
    let length = Int(inner[last])
    let rowLength = Int(outer[last])
    var (read, written, none) = (0, 0, 0)
    var rows = Odometer(outer, places: last)
    repeat {
      let offsets = rows.position &- before
      var isInside = true
      for place in 0..<last where offsets[place] < 0 || offsets[place] >= inner[place] {
        isInside = false
      }
      let rowEnd = written &+ rowLength
      if isInside {
        fill(value, output, from: &written, to: written &+ front)
        let copied = written &+ length
        while written < copied {
          output[written] = input[read]
          written &+= 1
          read &+= 1
        }
      }
      fill(value, output, from: &written, to: rowEnd)
    } while rows.advance(&none, by: SIMD8(repeating: 0))
  }

  @inline(__always)
  private func fill<Element>(
    _ value: Element, _ output: UnsafeMutablePointer<Element>, from: inout Int, to end: Int
  ) {
    while from < end {
      output[from] = value
      from &+= 1
    }
  }
}

/// PAD of int8 with a value: the zero point of the output.
public func padInt8(
  _ parameters: PadParameters, value: Int8, input: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  parameters.forEach(value, input, output)
}

/// PAD of fp32 with a value: 0.
public func padFloat(
  _ parameters: PadParameters, value: Float, input: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  parameters.forEach(value, input, output)
}
