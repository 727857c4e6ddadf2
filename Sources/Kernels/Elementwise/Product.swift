/// MUL of int8.
public struct ProductParameters: Sendable {
  /// Added to each left element: minus its zero point.
  public var leftOffset: Int32
  /// Added to each right element: minus its zero point.
  public var rightOffset: Int32
  /// Scale of the result as a fraction of 2^31.
  public var multiplier: Int32
  /// Power of two of that scale; positive shifts left.
  public var shift: Int32
  /// Added to each result: its zero point.
  public var outputOffset: Int32
  /// What results are held in.
  public var range: Int8Range

  /// nil where the result's scale is so small that a product does not fit.
  public init?(
    multiplying left: AffineInt8, _ right: AffineInt8, to output: AffineInt8, range: Int8Range
  ) {
    leftOffset = 0 &- left.zeroPoint
    rightOffset = 0 &- right.zeroPoint
    outputOffset = output.zeroPoint
    self.range = range
    let scale = Double(left.scale) * Double(right.scale) / Double(output.scale)
    (multiplier, shift) = quantizedMultiplier(of: scale)
    // A product of two differences has up to 17 bits.
    guard shift <= 14 else { return nil }
  }
}

/// MUL of int8.
public func multiplyInt8(
  _ parameters: ProductParameters, _ shape: Broadcast, left: UnsafePointer<Int8>,
  right: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  shape.forEach(left, right, output) {
    let product = (Int32($0) &+ parameters.leftOffset) &* (Int32($1) &+ parameters.rightOffset)
    let scaled = requantize(product, multiplier: parameters.multiplier, shift: parameters.shift)
    return parameters.range.holding(scaled &+ parameters.outputOffset)
  }
}

/// MUL of fp32.
public func multiplyFloat(
  _ shape: Broadcast, range: FloatRange, left: UnsafePointer<Float>, right: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  shape.forEach(left, right, output) { range.holding($0 * $1) }
}
