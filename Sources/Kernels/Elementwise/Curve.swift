import CKernelIntrinsics

/// TANH and LOGISTIC of int8: the input with 4 integer bits, beyond which both are at their ends.
///
/// The output of TANH has scale 1/128 and zero point 0, that of LOGISTIC 1/256 and -128.
public struct CurveParameters: Sendable {
  /// Of the input.
  public var zeroPoint: Int32
  /// Distance from the zero point at which the result is the least or the largest.
  public var radius: Int32
  /// Scale of the input with 4 integer bits, as a fraction of 2^31.
  public var multiplier: Int32
  /// Power of two of that scale.
  public var shift: Int32

  private static let integerBits: Int32 = 4

  /// Of an input's scale and zero point. From a scale of 8 the radius is 0: there are the two ends only.
  public init(_ input: AffineInt8) {
    zeroPoint = input.zeroPoint
    let scale = Double(input.scale) * Double(1 << (31 - Self.integerBits))
    (multiplier, shift) = quantizedMultiplier(of: scale)
    radius = inputRadius(integerBits: Self.integerBits, scale: scale)
  }

  /// A difference inside the radius, with 4 integer bits.
  @inline(__always)
  func scaled(_ difference: Int32) -> Int32 {
    requantize(difference, multiplier: multiplier, shift: shift)
  }

  @inline(__always)
  func tanh(_ x: Int8) -> Int8 {
    let difference = Int32(x) &- zeroPoint
    if difference <= 0 &- radius { return .min }
    if difference >= radius { return .max }
    let result = FixedPoint.tanh(scaled(difference))
    return Int8Range().holding(FixedPoint.divided(result, byPowerOfTwo: 24))
  }

  @inline(__always)
  func logistic(_ x: Int8) -> Int8 {
    let difference = Int32(x) &- zeroPoint
    if difference <= 0 &- radius { return .min }
    if difference >= radius { return .max }
    let result = FixedPoint.logistic(scaled(difference))
    return Int8Range().holding(FixedPoint.divided(result, byPowerOfTwo: 23) &- 128)
  }
}

/// TANH of int8, with the bits of TFLM's reference. Reads and writes `count` elements.
public func tanhInt8(
  _ parameters: CurveParameters, count: Int32, input: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  map(count, input, output) { parameters.tanh($0) }
}

/// LOGISTIC of int8, with the bits of TFLM's reference. Reads and writes `count` elements.
public func logisticInt8(
  _ parameters: CurveParameters, count: Int32, input: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  map(count, input, output) { parameters.logistic($0) }
}

/// TANH of fp32 by the C library. Reads and writes `count` elements.
public func tanhFloat(
  count: Int32, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
) {
  map(count, input, output) { kernel_tanhf($0) }
}

/// LOGISTIC of fp32 with the C library's exponential. Reads and writes `count` elements.
///
/// As in TFLM: 1 where e^-x is below half a unit in the last place of 1, e^x below -9, where the two
/// differ by less than such a unit.
public func logisticFloat(
  count: Int32, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
) {
  map(count, input, output) { x in
    if x > 16.619047 { return 1 }
    if x < -9 { return kernel_expf(x) }
    return 1 / (1 + kernel_expf(-x))
  }
}
