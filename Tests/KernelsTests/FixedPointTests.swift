import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import Kernels

struct FixedPointTests {
  @Test func constantsAreTheRoundedNumbers() {
    typealias Constant = FixedPoint.Constant
    func fixed(_ real: Double, bits: Int = 31) -> Int32 {
      Int32((real * Double(Int64(1) << bits)).rounded())
    }
    #expect(Constant.third == fixed(1.0 / 3))
    #expect(Constant.expMinusEighth == fixed(exp(-0.125)))
    #expect(Constant.expMinusQuarter == fixed(exp(-0.25)))
    #expect(Constant.expMinusHalf == fixed(exp(-0.5)))
    #expect(Constant.expMinus1 == fixed(exp(-1)))
    #expect(Constant.expMinus2 == fixed(exp(-2)))
    #expect(Constant.expMinus4 == fixed(exp(-4)))
    #expect(Constant.expMinus8 == fixed(exp(-8)))
    #expect(Constant.expMinus16 == fixed(exp(-16)))
    #expect(Constant.fortyEightSeventeenths == fixed(48.0 / 17, bits: 29))
    #expect(Constant.minusThirtyTwoSeventeenths == fixed(-32.0 / 17, bits: 29))
  }

  @Test func roundingIsExact() {
    var random = SplitMix(3)
    for _ in 0..<2000 {
      let x = Int32(truncatingIfNeeded: random.next()) >> Int32(random.int(0...31))
      let y = max(Int32(truncatingIfNeeded: random.next()), -.max)
      #expect(
        Int64(FixedPoint.product(x, y))
          == Int64(((Int128(x) * Int128(y) + (1 << 30)) >> 31)))
      let exponent = Int32(random.int(0...31))
      let real = Double(x) / Double(Int64(1) << Int64(exponent))
      // Exact: 32 bits and a power of two.
      #expect(
        FixedPoint.divided(x, byPowerOfTwo: exponent)
          == Int32(real.rounded(.toNearestOrAwayFromZero)))
      let up = Int32(random.int(1...5))
      let wide = Int64(x) << Int64(up)
      let saturated = FixedPoint.saturated(x, timesPowerOfTwo: up)
      #expect(
        Int64(saturated) == min(max(wide, Int64(Int32.min)), Int64(Int32.max))
          || wide.magnitude >= (1 << 31) - (1 << UInt64(up)))
      let half = (Double(x) + Double(y)) / 2
      #expect(Double(FixedPoint.halfSum(x, y)) == half.rounded(.toNearestOrAwayFromZero))
    }
  }

  @Test func functionsAreCloseToRealOnes() {
    let unit = Double(Int64(1) << 31)
    // The term after the series' last: (1/8)^5 / 5!, once for e^x, less for the others.
    let limit = 2.6e-7
    for step in stride(from: -16.0, through: 16.0, by: 1.0 / 64) {
      let x = Int32(clamping: Int64(step * Double(1 << 27)))
      let real = Double(x) / Double(1 << 27)
      #expect(abs(Double(FixedPoint.tanh(x)) / unit - tanh(real)) < limit)
      #expect(abs(Double(FixedPoint.logistic(x)) / unit - 1 / (1 + exp(-real))) < limit)
      guard x <= 0 else { continue }
      let exponential = FixedPoint.exponential(ofNegative: x, integerBits: 4)
      #expect(abs(Double(exponential) / unit - exp(real)) < limit)
      // The same bits with 5 integer bits are twice the number.
      let square = FixedPoint.exponential(ofNegative: x, integerBits: 5)
      #expect(abs(Double(square) / unit - exp(2 * real)) < limit)
    }
  }
}
