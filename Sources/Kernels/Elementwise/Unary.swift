/// Writes operation(input) for `count` elements; neither pointer is used beyond them.
@inline(__always)
func map<Input, Output>(
  _ count: Int32, _ input: UnsafePointer<Input>, _ output: UnsafeMutablePointer<Output>,
  _ operation: (Input) -> Output
) {
  var index = 0
  while index < Int(count) {
    output[index] = operation(input[index])
    index &+= 1
  }
}

/// From one scale of int8 to another, held in a range: QUANTIZE of int8, and RELU.
public struct RequantizationParameters: Sendable {
  /// Of the input.
  public var inputZeroPoint: Int32
  /// Of the output.
  public var outputZeroPoint: Int32
  /// Ratio of the scales as a fraction of 2^31.
  public var multiplier: Int32
  /// Power of two of that ratio; positive shifts left.
  public var shift: Int32
  /// What results are held in.
  public var range = Int8Range()

  /// Of QUANTIZE; nil where the output's scale is so small that differences do not fit.
  public init?(quantizing input: AffineInt8, to output: AffineInt8) {
    self.init(input, output, ratio: Double(input.scale) / Double(output.scale))
  }

  /// Of RELU, whose scales TFLM divides in single precision; nil as in QUANTIZE.
  public init?(rectifying input: AffineInt8, to output: AffineInt8) {
    self.init(input, output, ratio: Double(input.scale / output.scale))
    range.lowest = output.zeroPoint
  }

  private init?(_ input: AffineInt8, _ output: AffineInt8, ratio: Double) {
    inputZeroPoint = input.zeroPoint
    outputZeroPoint = output.zeroPoint
    (multiplier, shift) = quantizedMultiplier(of: ratio)
    // Differences have 9 bits.
    guard shift <= 22 else { return nil }
  }

  @inline(__always)
  func result(_ x: Int8) -> Int8 {
    let scaled = requantize(Int32(x) &- inputZeroPoint, multiplier: multiplier, shift: shift)
    return range.holding(scaled &+ outputZeroPoint)
  }
}

/// QUANTIZE from int8, or RELU of int8. Reads and writes `count` elements.
public func requantizeInt8(
  _ parameters: RequantizationParameters, count: Int32, input: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  map(count, input, output) { parameters.result($0) }
}

/// int8 elements held in a range, as RELU6 from the zero point to the element of 6; input and output
/// share scale and zero point.
public func clampInt8(
  _ range: Int8Range, count: Int32, input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  map(count, input, output) { range.holding(Int32($0)) }
}

/// fp32 elements held in a range, as RELU from 0 and RELU6 from 0 to 6.
public func clampFloat(
  _ range: FloatRange, count: Int32, input: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  map(count, input, output) { range.holding($0) }
}

/// QUANTIZE from fp32: rounded to nearest, halves away from zero, held in int8.
///
/// Numbers that TFLM converts to an integer out of range, which C leaves undefined, are held too; a NaN
/// becomes the zero point.
public func quantizeFloat(
  _ parameters: AffineInt8, count: Int32, input: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Int8>
) {
  map(count, input, output) { Int8(truncatingIfNeeded: parameters.element($0)) }
}

/// DEQUANTIZE to fp32: scale x (element - zero point).
///
/// One rounding, as the difference has 9 bits: the same as TFLM's product in double precision.
public func dequantizeInt8(
  _ parameters: AffineInt8, count: Int32, input: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Float>
) {
  map(count, input, output) { parameters.scale * Float(Int32($0) &- parameters.zeroPoint) }
}

/// RESHAPE: the same bytes. The two must not overlap unless they are the same.
public func copyBytes(
  count: Int32, input: UnsafeRawPointer, output: UnsafeMutableRawPointer
) {
  if input != UnsafeRawPointer(output) {
    output.copyMemory(from: input, byteCount: Int(count))
  }
}
