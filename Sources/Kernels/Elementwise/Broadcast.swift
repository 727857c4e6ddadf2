/// How two tensors meet element by element where one may be repeated along dimensions of size 1.
///
/// Neighbouring dimensions that repeat the same tensor, or none, are one, so that the innermost loop
/// is as long as can be.
public struct Broadcast: Sendable {
  /// Of the result, merged.
  var sizes = SIMD8<Int32>(repeating: 1)
  /// 0 where the left tensor is repeated.
  var leftStrides = SIMD8<Int32>(repeating: 0)
  /// 0 where the right tensor is repeated.
  var rightStrides = SIMD8<Int32>(repeating: 0)
  /// Elements of the result.
  public let count: Int32

  /// nil where sizes differ and neither is 1, or where the result is too large.
  public init?(left: KernelShape, right: KernelShape) {
    let leftSteps = left.strides
    let rightSteps = right.strides
    var place = KernelShape.rank
    var total: Int64 = 1
    for dimension in stride(from: KernelShape.rank - 1, through: 0, by: -1) {
      let (a, b) = (left.sizes[dimension], right.sizes[dimension])
      guard a == b || a == 1 || b == 1 else { return nil }
      let size = a == 1 ? b : a
      total *= Int64(size)
      guard total <= Int64(Int32.max) else { return nil }
      if size == 1 { continue }
      let leftStride = a == 1 ? 0 : leftSteps[dimension]
      let rightStride = b == 1 ? 0 : rightSteps[dimension]
      if place < KernelShape.rank, leftStride == leftStrides[place] &* sizes[place],
        rightStride == rightStrides[place] &* sizes[place]
      {
        sizes[place] = sizes[place] &* size
      } else {
        place -= 1
        sizes[place] = size
        leftStrides[place] = leftStride
        rightStrides[place] = rightStride
      }
    }
    count = Int32(truncatingIfNeeded: total)
  }

  /// Two tensors of the same shape.
  public init(count: Int32) {
    self.count = count
    sizes[KernelShape.rank - 1] = count
    leftStrides[KernelShape.rank - 1] = 1
    rightStrides[KernelShape.rank - 1] = 1
  }

  /// Writes operation(left, right) for every element of the result.
  ///
  /// Bounds: an offset is the sum of index x stride with index < size in each dimension, which is
  /// below the tensor's number of elements; a repeated tensor's stride is 0.
  @inline(__always)
  func forEach<Element>(
    _ left: UnsafePointer<Element>, _ right: UnsafePointer<Element>,
    _ output: UnsafeMutablePointer<Element>, _ operation: (Element, Element) -> Element
  ) {
    if count == 0 { return }
    let inner = KernelShape.rank - 1
    let length = Int(sizes[inner])
    let leftStep = Int(leftStrides[inner])
    let rightStep = Int(rightStrides[inner])
    var (leftStart, rightStart, written) = (0, 0, 0)
    var rows = Odometer(sizes, places: inner)
    repeat {
      var (a, b) = (leftStart, rightStart)
      let end = written &+ length
      while written < end {
        output[written] = operation(left[a], right[b])
        a &+= leftStep
        b &+= rightStep
        written &+= 1
      }
    } while rows.advance(&leftStart, by: leftStrides, &rightStart, by: rightStrides)
  }
}
