/// ADD and SUB of int8: both sides are brought to one scale with 20 more bits, then to the result's.
public struct SumParameters: Sendable {
  /// Bits by which both sides are widened.
  public static let leftShift: Int32 = 20
  /// Added to each left element: minus its zero point.
  public var leftOffset: Int32 = 0
  /// Scale of the left side as a fraction of 2^31.
  public var leftMultiplier: Int32 = 0
  /// Power of two of that scale, 0 or below.
  public var leftScaleShift: Int32 = 0
  /// Added to each right element: minus its zero point.
  public var rightOffset: Int32 = 0
  /// Scale of the right side as a fraction of 2^31.
  public var rightMultiplier: Int32 = 0
  /// Power of two of that scale, 0 or below.
  public var rightScaleShift: Int32 = 0
  /// Scale of the result as a fraction of 2^31.
  public var outputMultiplier: Int32 = 0
  /// Power of two of that scale, 0 or below.
  public var outputShift: Int32 = 0
  /// Added to each result: its zero point.
  public var outputOffset: Int32 = 0
  /// What results are held in.
  public var range: Int8Range

  /// Of ADD; nil where the result's scale is so small that a sum does not fit (the larger input's
  /// scale 2^19 times it).
  public init?(
    adding left: AffineInt8, _ right: AffineInt8, to output: AffineInt8, range: Int8Range
  ) {
    let twice = 2 * Double(max(left.scale, right.scale))
    self.init(
      left, right, output, leftScale: Double(left.scale) / twice,
      rightScale: Double(right.scale) / twice,
      outputScale: twice / (Double(1 << Self.leftShift) * Double(output.scale)), range: range)
  }

  /// Of SUB, whose scales TFLM divides in single precision; nil as in ADD.
  public init?(
    subtracting right: AffineInt8, from left: AffineInt8, to output: AffineInt8, range: Int8Range
  ) {
    let twice = 2 * max(left.scale, right.scale)
    self.init(
      left, right, output, leftScale: Double(left.scale / twice),
      rightScale: Double(right.scale / twice),
      outputScale: Double(twice / (Float(1 << Self.leftShift) * output.scale)), range: range)
  }

  private init?(
    _ left: AffineInt8, _ right: AffineInt8, _ output: AffineInt8, leftScale: Double,
    rightScale: Double, outputScale: Double, range: Int8Range
  ) {
    guard leftScale > 0, rightScale > 0, outputScale > 0, outputScale < 1 else { return nil }
    self.range = range
    leftOffset = 0 &- left.zeroPoint
    rightOffset = 0 &- right.zeroPoint
    outputOffset = output.zeroPoint
    (leftMultiplier, leftScaleShift) = quantizedMultiplier(of: leftScale)
    (rightMultiplier, rightScaleShift) = quantizedMultiplier(of: rightScale)
    (outputMultiplier, outputShift) = quantizedMultiplier(of: outputScale)
    // A number just below 1 may be rounded to it.
    guard outputShift <= 0 else { return nil }
  }

  @inline(__always)
  func widenedLeft(_ x: Int8) -> Int32 {
    requantize(
      (Int32(x) &+ leftOffset) &<< Self.leftShift, multiplier: leftMultiplier,
      shift: leftScaleShift)
  }

  @inline(__always)
  func widenedRight(_ x: Int8) -> Int32 {
    requantize(
      (Int32(x) &+ rightOffset) &<< Self.leftShift, multiplier: rightMultiplier,
      shift: rightScaleShift)
  }

  @inline(__always)
  func narrowed(_ x: Int32) -> Int8 {
    range.holding(
      requantize(x, multiplier: outputMultiplier, shift: outputShift) &+ outputOffset)
  }
}

/// ADD of int8.
public func addInt8(
  _ parameters: SumParameters, _ shape: Broadcast, left: UnsafePointer<Int8>,
  right: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  shape.forEach(left, right, output) {
    parameters.narrowed(parameters.widenedLeft($0) &+ parameters.widenedRight($1))
  }
}

/// SUB of int8.
public func subtractInt8(
  _ parameters: SumParameters, _ shape: Broadcast, left: UnsafePointer<Int8>,
  right: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  shape.forEach(left, right, output) {
    parameters.narrowed(parameters.widenedLeft($0) &- parameters.widenedRight($1))
  }
}

/// ADD of fp32.
public func addFloat(
  _ shape: Broadcast, range: FloatRange, left: UnsafePointer<Float>, right: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  shape.forEach(left, right, output) { range.holding($0 + $1) }
}

/// SUB of fp32.
public func subtractFloat(
  _ shape: Broadcast, range: FloatRange, left: UnsafePointer<Float>, right: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  shape.forEach(left, right, output) { range.holding($0 - $1) }
}
