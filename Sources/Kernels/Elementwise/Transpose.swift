/// TRANSPOSE: dimension i of the output is dimension permutation[i] of the input. Up to six dimensions.
///
/// Dimensions that stay neighbours are one, so that a move of whole rows copies rows.
public struct TransposeParameters: Sendable {
  /// Of the output, merged.
  private(set) var sizes = SIMD8<Int32>(repeating: 1)
  /// Elements of the input from one index to the next, in the order of `sizes`.
  private(set) var strides = SIMD8<Int32>(repeating: 0)
  /// Elements.
  public let count: Int32

  /// nil for too many dimensions or elements, or for numbers that are no permutation.
  public init?<Numbers: BidirectionalCollection>(
    input: Numbers, permutation: Numbers
  ) where Numbers.Element == Int {
    guard let shape = KernelShape(input), permutation.count == input.count else { return nil }
    count = shape.count
    let steps = shape.strides
    let first = KernelShape.rank - input.count
    var seen: UInt32 = 0
    var place = KernelShape.rank
    for dimension in permutation.reversed() {
      guard dimension >= 0, dimension < input.count, seen & (1 << UInt32(dimension)) == 0 else {
        return nil
      }
      seen |= 1 << UInt32(dimension)
      let (size, step) = (shape.sizes[first + dimension], steps[first + dimension])
      if size == 1 { continue }
      if place < KernelShape.rank, step == strides[place] &* sizes[place] {
        sizes[place] = sizes[place] &* size
      } else {
        place -= 1
        sizes[place] = size
        strides[place] = step
      }
    }
  }

  /// Gives the offset of every element in the input, in the order of the output.
  ///
  /// Bounds: the offset is the sum of index x stride, index < size in each dimension.
  @inline(__always)
  func forEach(_ body: (Int, Int) -> Void) {
    if count == 0 { return }
    let last = KernelShape.rank - 1
    let length = Int(sizes[last])
    let step = Int(strides[last])
    var rows = Odometer(sizes, places: last)
    var (start, written) = (0, 0)
    repeat {
      var offset = start
      let end = written &+ length
      while written < end {
        body(offset, written)
        offset &+= step
        written &+= 1
      }
    } while rows.advance(&start, by: strides)
  }
}

/// TRANSPOSE of elements of one byte.
public func transposeInt8(
  _ parameters: TransposeParameters, input: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  parameters.forEach { output[$1] = input[$0] }
}

/// TRANSPOSE of elements of four bytes.
public func transposeFloat(
  _ parameters: TransposeParameters, input: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  // As bits: a signalling NaN stays one.
  let from = UnsafeRawPointer(input).assumingMemoryBound(to: UInt32.self)
  let to = UnsafeMutableRawPointer(output).assumingMemoryBound(to: UInt32.self)
  parameters.forEach { to[$1] = from[$0] }
}

/// TRANSPOSE of elements of any number of bytes, one byte after the other.
public func transposeBytes(
  _ parameters: TransposeParameters, elementSize: Int32, input: UnsafeRawPointer,
  output: UnsafeMutableRawPointer
) {
  let size = Int(elementSize)
  let from = input.assumingMemoryBound(to: UInt8.self)
  let to = output.assumingMemoryBound(to: UInt8.self)
  parameters.forEach { source, target in
    var byte = 0
    while byte < size {
      to[target &* size &+ byte] = from[source &* size &+ byte]
      byte &+= 1
    }
  }
}
