import CKernelIntrinsics

/// `value` times the real number multiplier x 2^(shift - 31), rounded to a whole number as
/// TensorFlow Lite for Microcontrollers rounds it: twice, first after the multiplication (half
/// upwards), then after the right shift (half away from zero).
///
/// `multiplier` is not negative; `shift` in -31 ... 30, positive to the left, in which case bits
/// that leave the word are lost as they are there.
///
/// Arithmetic of gemmlowp, "Low-precision matrix multiplication", file fixedpoint.h, as documented
/// there: a saturating rounding doubling high multiplication, then a rounding division by a power
/// of two. That multiplication only saturates for two factors of -2^31, which cannot be.
@inline(__always)
public func requantize(_ value: Int32, multiplier: Int32, shift: Int32) -> Int32 {
  let left = shift > 0 ? shift : 0
  let high: Int32
  if hasDSP {
    // As in `DSPRequantizer.plainOutput`; a multiplier below 2^30 is twice what its bits say.
    let (shifted, doubled) = (value &<< left, multiplier &<< 1)
    high = kernel_smmlar(shifted, doubled, shifted & (doubled &>> 31))
  } else {
    // No overflow: |a x b| <= 2^62.
    let product = Int64(value &<< left) &* Int64(multiplier) &+ (1 << 30)
    high = Int32(truncatingIfNeeded: product &>> 31)
  }
  if shift >= 0 { return high }
  // Half away from zero is half upwards after one step down for negative numbers. The step cannot
  // overflow, since high > -2^31 for every multiplier below 2^31; and the shift comes in two parts,
  // because adding the half first could.
  let stepped = high &+ (high &>> 31)
  return ((stepped &>> (-1 &- shift)) &+ 1) &>> 1
}

/// A sum as the int8 result: scaled, moved by the zero point, clamped to the fused activation.
@inline(__always)
func requantizedOutput(
  _ sum: Int32, multiplier: Int32, shift: Int32, offset: Int32, min: Int32, max: Int32
) -> Int8 {
  let scaled = requantize(sum, multiplier: multiplier, shift: shift) &+ offset
  let bounded = scaled < min ? min : scaled
  return Int8(truncatingIfNeeded: bounded > max ? max : bounded)
}
