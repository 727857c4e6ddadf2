import CKernelIntrinsics

/// SOFTMAX along the last dimension: e^(beta x) of each element over the sum of its row.
public struct SoftmaxParameters: Sendable {
  /// Rows, that is elements / depth.
  public var rows: Int32
  /// Elements of a row.
  public var depth: Int32
  /// fp32: factor of the exponents.
  public var beta: Float
  /// int8: scale x beta with 5 integer bits, as a fraction of 2^31.
  public var multiplier: Int32 = 0
  /// int8: power of two of that, 0 or above.
  public var shift: Int32 = 0
  /// int8: differences from the largest below this count as e^-infinity.
  public var leastDifference: Int32 = 0

  /// Integer bits of beta x scale x difference: e^-32 is 0 in any output.
  private static let integerBits: Int32 = 5
  /// Most elements of an int8 row: each exponential may be 2^19 in a sum of 31 bits.
  public static let mostInt8Depth: Int32 = 4095

  /// Of fp32.
  public init(rows: Int32, depth: Int32, beta: Float) {
    self.rows = rows
    self.depth = depth
    self.beta = beta
  }

  /// Of int8, whose output has scale 1/256 and zero point -128; nil where beta x scale is not above
  /// 2^-26, or a row is longer than `mostInt8Depth`.
  public init?(rows: Int32, depth: Int32, beta: Float, inputScale: Float) {
    guard depth <= Self.mostInt8Depth else { return nil }
    self.init(rows: rows, depth: depth, beta: beta)
    let unit = Double(1 << (31 - Self.integerBits))
    let real = min(Double(beta) * Double(inputScale) * unit, Double(Int32.max))
    guard real > 1 else { return nil }
    (multiplier, shift) = quantizedMultiplier(of: real)
    leastDifference = 0 &- inputRadius(integerBits: Self.integerBits, scale: real)
  }
}

/// The largest difference from the zero point that a format with so many integer bits holds, rounded
/// down, when differences are scaled by the power of two next above `scale`.
func inputRadius(integerBits: Int32, scale: Double) -> Int32 {
  let most = Double((1 << integerBits) - 1) * Double(Int64(1) << (31 - integerBits))
  let shift = scale.exponent + 1
  if shift < 0 { return .max }
  return shift > 62 ? 0 : Int32((most / Double(Int64(1) << Int64(shift))).rounded(.down))
}

/// SOFTMAX of int8 to int8 of scale 1/256 and zero point -128, with the bits of TFLM's reference.
///
/// Input and output have rows x depth elements; nothing else is touched.
public func softmaxInt8(
  _ parameters: SoftmaxParameters, input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>
) {
  let depth = Int(parameters.depth)
  var row = 0
  while row < Int(parameters.rows) {
    softmaxRow(
      parameters, count: depth, input: input + row &* depth, output: output + row &* depth)
    row &+= 1
  }
}

private func softmaxRow(
  _ parameters: SoftmaxParameters, count: Int, input: UnsafePointer<Int8>,
  output: UnsafeMutablePointer<Int8>
) {
  var largest = Int8.min
  var index = 0
  while index < count {
    largest = max(largest, input[index])
    index &+= 1
  }
  /// e^(scaled difference from the largest), nil where that is 0.
  @inline(__always) func exponential(_ x: Int8) -> Int32? {
    let difference = Int32(x) &- Int32(largest)
    guard difference >= parameters.leastDifference else { return nil }
    let scaled = FixedPoint.product(difference &<< parameters.shift, parameters.multiplier)
    return FixedPoint.exponential(ofNegative: scaled, integerBits: 5)
  }
  // 12 integer bits.
  var sum: Int32 = 0
  index = 0
  while index < count {
    if let term = exponential(input[index]) {
      sum = sum &+ FixedPoint.divided(term, byPowerOfTwo: 12)
    }
    index &+= 1
  }
  // sum = (1 + fraction) x 2^(12 - headroom), fraction without integer bits.
  let headroom = Int32(UInt32(bitPattern: sum).leadingZeroBitCount)
  let fraction = (sum &<< headroom) &- Int32.min
  let reciprocal = FixedPoint.reciprocal(ofOnePlus: fraction)
  // From 31 bits after the point to the 8 of the output, over that power of two: 23 to 34. Above 31,
  // for sums of 512 and more, every share is below half a step; TFLM stops the program there.
  let exponent = (12 &- headroom) &+ 23
  index = 0
  while index < count {
    var result = Int8.min
    if exponent <= 31, let term = exponential(input[index]) {
      let share = FixedPoint.divided(
        FixedPoint.product(reciprocal, term), byPowerOfTwo: exponent)
      result = Int8Range().holding(share &- 128)
    }
    output[index] = result
    index &+= 1
  }
}

/// SOFTMAX of fp32, the largest subtracted first so that no exponential overflows.
///
/// Input and output have rows x depth elements; nothing else is touched.
public func softmaxFloat(
  _ parameters: SoftmaxParameters, input: UnsafePointer<Float>,
  output: UnsafeMutablePointer<Float>
) {
  let depth = Int(parameters.depth)
  var start = 0
  let end = Int(parameters.rows) &* depth
  while start < end {
    var largest = -Float.greatestFiniteMagnitude
    var index = start
    while index < start &+ depth {
      largest = largest < input[index] ? input[index] : largest
      index &+= 1
    }
    var sum: Float = 0
    index = start
    while index < start &+ depth {
      let term = kernel_expf((input[index] - largest) * parameters.beta)
      output[index] = term
      sum += term
      index &+= 1
    }
    index = start
    while index < start &+ depth {
      output[index] = output[index] / sum
      index &+= 1
    }
    start &+= depth
  }
}
