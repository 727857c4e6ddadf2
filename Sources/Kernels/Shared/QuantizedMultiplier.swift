/// The fixed-point form of a real scale for `requantize`: a multiplier in 2^30 ..< 2^31 and a power
/// of two, so that scale = multiplier x 2^(shift - 31), rounded half away from zero.
///
/// Zero for a scale of zero, for one below 2^-32, which no right shift reaches, and for what is no
/// finite positive number; a scale too large for a left shift by 30 gives the largest there is.
/// Method: B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
/// Integer-Arithmetic-Only Inference", 2018, section 2.2.
public func quantizedMultiplier(of scale: Double) -> (multiplier: Int32, shift: Int32) {
  guard scale > 0, scale.isFinite else { return (0, 0) }
  // significand in 1 ..< 2, so fraction = significand / 2 in 0.5 ..< 1 belongs to exponent + 1.
  var shift = scale.exponent + 1
  // Below 2^31 a half is added without rounding, so cutting off the fraction rounds half away.
  var fixed = Int64(scale.significand * 0x1p30 + 0.5)
  if fixed == 1 << 31 {
    fixed = 1 << 30
    shift += 1
  }
  if shift < -31 { return (0, 0) }
  if shift > 30 { return (.max, 30) }
  return (Int32(fixed), Int32(shift))
}
