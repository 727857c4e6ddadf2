/// x x multiplier x 2^(shift - 31), rounded twice, as TFLM's `MultiplyByQuantizedMultiplier`.
@inline(__always)
func rescaled(_ x: Int32, multiplier: Int32, shift: Int32) -> Int32 {
  let left = shift > 0 ? shift : 0
  let right = shift > 0 ? 0 : 0 &- shift
  return FixedPoint.divided(FixedPoint.product(x &<< left, multiplier), byPowerOfTwo: right)
}

/// A positive real number as multiplier x 2^(shift - 31), multiplier in [2^30, 2^31).
func rescaling(of real: Double) -> (multiplier: Int32, shift: Int32) {
  guard real > 0, real < .infinity else { return (0, 0) }
  var shift = Int32(real.exponent) &+ 1
  var fraction = Int64((real.significand * 1_073_741_824).rounded(.toNearestOrAwayFromZero))
  if fraction == 1 << 31 {
    fraction >>= 1
    shift &+= 1
  }
  // A number below 2^-32 leaves nothing of 32 bits.
  return shift < -31 ? (0, 0) : (Int32(truncatingIfNeeded: fraction), shift)
}
