/// Sizes of a tensor of up to six dimensions, ones in front of those it has.
///
/// A SIMD vector, as that is an array of fixed size on every platform; two of its places stay 1.
public struct KernelShape: Sendable, Equatable {
  /// Places 0...5, the last dimension at 5.
  public var sizes: SIMD8<Int32>

  /// Most dimensions of a kernel's tensor.
  public static let rank = 6

  /// nil for more than six dimensions, a size below 0, or 2^31 elements and more.
  public init?<Sizes: BidirectionalCollection>(_ shape: Sizes) where Sizes.Element == Int {
    guard shape.count <= Self.rank else { return nil }
    sizes = SIMD8(repeating: 1)
    var place = Self.rank
    for size in shape.reversed() {
      guard size >= 0, size <= Int(Int32.max) else { return nil }
      place -= 1
      sizes[place] = Int32(truncatingIfNeeded: size)
    }
    var product: Int64 = 1
    for place in 0..<Self.rank where sizes[place] != 0 {
      product *= Int64(sizes[place])
      guard product <= Int64(Int32.max) else { return nil }
    }
  }

  /// Number of elements.
  public var count: Int32 {
    var product: Int32 = 1
    for place in 0..<Self.rank { product = product &* sizes[place] }
    return product
  }

  /// Elements from one index to the next, in each dimension.
  var strides: SIMD8<Int32> {
    var result = SIMD8<Int32>(repeating: 0)
    var stride: Int32 = 1
    var place = Self.rank
    while place > 0 {
      place -= 1
      result[place] = stride
      stride = stride &* sizes[place]
    }
    return result
  }
}

/// Positions in a box of up to six dimensions, row by row, and the offset of each for given strides.
struct Odometer {
  var position = SIMD8<Int32>(repeating: 0)
  let sizes: SIMD8<Int32>
  /// Dimensions that count; the others stay at 0.
  let places: Int

  @inline(__always)
  init(_ sizes: SIMD8<Int32>, places: Int) {
    self.sizes = sizes
    self.places = places
  }

  /// Goes to the next position and moves the offsets; false after the last.
  @inline(__always)
  mutating func advance(
    _ first: inout Int, by firstStrides: SIMD8<Int32>, _ second: inout Int,
    by secondStrides: SIMD8<Int32>
  ) -> Bool {
    var place = places
    while place > 0 {
      place &-= 1
      position[place] &+= 1
      first &+= Int(firstStrides[place])
      second &+= Int(secondStrides[place])
      if position[place] < sizes[place] { return true }
      first &-= Int(firstStrides[place]) &* Int(sizes[place])
      second &-= Int(secondStrides[place]) &* Int(sizes[place])
      position[place] = 0
    }
    return false
  }

  /// The same with one offset.
  @inline(__always)
  mutating func advance(_ offset: inout Int, by strides: SIMD8<Int32>) -> Bool {
    var none = 0
    return advance(&offset, by: strides, &none, by: SIMD8(repeating: 0))
  }
}
