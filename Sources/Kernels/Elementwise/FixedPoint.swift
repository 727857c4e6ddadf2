/// Fixed-point numbers in 32 bits and their elementary functions, with the bits of gemmlowp's
/// `fixedpoint.h`, which TFLM's reference kernels use.
///
/// A number with m integer bits is raw / 2^(31 - m). Nothing here traps: sums wrap, shifts are masked.
enum FixedPoint {
  /// 1 in a format without integer bits, where 1 itself does not exist.
  static let one = Int32.max

  /// a x b / 2^31, rounded to nearest, halves towards +infinity.
  ///
  /// The only product that does not fit is Int32.min squared; no caller has two such factors: one
  /// is a multiplier >= 0 or a constant.
  @inline(__always)
  static func product(_ a: Int32, _ b: Int32) -> Int32 {
    let exact = Int64(a) &* Int64(b)
    return Int32(truncatingIfNeeded: (exact &+ (1 << 30)) &>> 31)
  }

  /// x / 2^exponent, rounded to nearest, halves away from zero. 0 <= exponent <= 31.
  @inline(__always)
  static func divided(_ x: Int32, byPowerOfTwo exponent: Int32) -> Int32 {
    let mask = Int32(truncatingIfNeeded: (UInt32(1) &<< UInt32(bitPattern: exponent)) &- 1)
    let threshold = (mask &>> 1) &+ (x < 0 ? 1 : 0)
    return (x &>> exponent) &+ ((x & mask) > threshold ? 1 : 0)
  }

  /// x x 2^exponent, held at the ends of the range. 0 < exponent < 31.
  @inline(__always)
  static func saturated(_ x: Int32, timesPowerOfTwo exponent: Int32) -> Int32 {
    let limit = (Int32(1) &<< (31 &- exponent)) &- 1
    if x > limit { return .max }
    if x < 0 &- limit { return .min }
    return x &<< exponent
  }

  /// (a + b) / 2, rounded to nearest, halves away from zero.
  @inline(__always)
  static func halfSum(_ a: Int32, _ b: Int32) -> Int32 {
    let sum = Int64(a) &+ Int64(b)
    return Int32(truncatingIfNeeded: (sum &+ (sum >= 0 ? 1 : -1)) / 2)
  }

  /// e^x for x <= 0 with `integerBits` (4 or 5) integer bits; the result has none.
  ///
  /// x = r - remainder with r in [-1/4, 0): e^r by its Taylor series around -1/8, then one factor
  /// e^-(2^k) for each bit of the remainder.
  static func exponential(ofNegative x: Int32, integerBits: Int32) -> Int32 {
    if x == 0 { return one }
    let fractionBits = 31 &- integerBits
    let quarter = Int32(1) &<< (fractionBits &- 2)
    let reduced = (x & (quarter &- 1)) &- quarter
    // No overflow: -2^(fractionBits - 2) <= reduced < 0.
    var result = exponentialNearEighth(reduced &<< integerBits)
    let remainder = reduced &- x
    @inline(__always) func times(_ factor: Int32, ifBitOf exponent: Int32, _ x: Int32) -> Int32 {
      remainder & (1 &<< (fractionBits &+ exponent)) != 0 ? product(x, factor) : x
    }
    result = times(Constant.expMinusQuarter, ifBitOf: -2, result)
    result = times(Constant.expMinusHalf, ifBitOf: -1, result)
    result = times(Constant.expMinus1, ifBitOf: 0, result)
    result = times(Constant.expMinus2, ifBitOf: 1, result)
    result = times(Constant.expMinus4, ifBitOf: 2, result)
    result = times(Constant.expMinus8, ifBitOf: 3, result)
    if integerBits > 4 { result = times(Constant.expMinus16, ifBitOf: 4, result) }
    return result
  }

  /// e^x for x in [-1/4, 0), without integer bits: the Taylor series around -1/8 to the fourth power.
  private static func exponentialNearEighth(_ x: Int32) -> Int32 {
    let d = x &+ (1 << 28)
    let d2 = product(d, d)
    let d3 = product(d2, d)
    let d4 = product(d2, d2)
    let cubicUp = product(divided(d4, byPowerOfTwo: 2) &+ d3, Constant.third)
    let squareUp = divided(cubicUp &+ d2, byPowerOfTwo: 1)
    return Constant.expMinusEighth &+ product(Constant.expMinusEighth, d &+ squareUp)
  }

  /// 2 / (1 + x) for x in [0, 1) without integer bits; the result has two.
  ///
  /// Newton's division: the start 48/17 - 32/17 d is within 1/17 for d in [1/2, 1], three steps give
  /// more bits than there are.
  @inline(__always)
  private static func twiceReciprocal(ofOnePlus x: Int32) -> Int32 {
    let half = halfSum(x, one)
    var result =
      Constant.fortyEightSeventeenths
      &+ product(half, Constant.minusThirtyTwoSeventeenths)
    for _ in 0..<3 {
      let error = (1 << 29) &- product(half, result)
      result = result &+ saturated(product(result, error), timesPowerOfTwo: 2)
    }
    return result
  }

  /// 1 / (1 + x) for x in [0, 1), both without integer bits.
  static func reciprocal(ofOnePlus x: Int32) -> Int32 {
    saturated(twiceReciprocal(ofOnePlus: x), timesPowerOfTwo: 1)
  }

  /// (1 - x) / (1 + x) for x in [0, 1), both without integer bits.
  static func oneMinusOverOnePlus(_ x: Int32) -> Int32 {
    saturated(twiceReciprocal(ofOnePlus: x) &- (1 << 29), timesPowerOfTwo: 2)
  }

  /// tanh(x) for x with 4 integer bits; the result has none.
  static func tanh(_ x: Int32) -> Int32 {
    if x == 0 { return 0 }
    // Doubling by reading the same bits with 5 integer bits.
    let negative = x < 0 ? x : 0 &- x
    let size = oneMinusOverOnePlus(exponential(ofNegative: negative, integerBits: 5))
    return x < 0 ? 0 &- size : size
  }

  /// 1 / (1 + e^-x) for x with 4 integer bits; the result has none.
  static func logistic(_ x: Int32) -> Int32 {
    if x == 0 { return 1 << 30 }
    let negative = x < 0 ? x : 0 &- x
    let positive = reciprocal(ofOnePlus: exponential(ofNegative: negative, integerBits: 4))
    return x < 0 ? one &- positive : positive
  }

  /// Real constants, rounded to 31 bits after the point where the name says nothing else.
  enum Constant {
    static let third: Int32 = 715_827_883
    static let expMinusEighth: Int32 = 1_895_147_668
    static let expMinusQuarter: Int32 = 1_672_461_947
    static let expMinusHalf: Int32 = 1_302_514_674
    static let expMinus1: Int32 = 790_015_084
    static let expMinus2: Int32 = 290_630_308
    static let expMinus4: Int32 = 39_332_535
    static let expMinus8: Int32 = 720_401
    static let expMinus16: Int32 = 242
    /// 29 bits after the point.
    static let fortyEightSeventeenths: Int32 = 1_515_870_810
    /// 29 bits after the point.
    static let minusThirtyTwoSeventeenths: Int32 = -1_010_580_540
  }
}
