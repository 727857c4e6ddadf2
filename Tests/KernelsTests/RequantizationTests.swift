import TestSupport
import Testing

@testable import Kernels

@Test func requantizationIsExactOverItsRange() {
  var random = SplitMix(1)
  let values: [Int32] = [.min, .min + 1, -1 << 30, -3, -2, -1, 0, 1, 2, 3, 1 << 30, .max - 1, .max]
  let multipliers: [Int32] = [0, 1, 1 << 29, 1 << 30, (1 << 30) + 1, .max - 1, .max]
  for shift in Int32(-31)...30 {
    for multiplier in multipliers {
      for value in values {
        let found = requantize(value, multiplier: multiplier, shift: shift)
        let exact = exactRequantization(Int64(value), multiplier: multiplier, shift: shift)
        #expect(Int64(found) == exact, "\(value) \(multiplier) \(shift)")
      }
    }
    let range = OutputRange(offset: -3, min: -100, max: 127)
    let whole = OutputRange(offset: 5, min: -128, max: 127)
    var wrong = 0
    for _ in 0..<2000 {
      let value = Int32.random(in: .min ... .max, using: &random) >> Int32(random.int(0...31))
      let multiplier = Int32.random(in: 0 ... .max, using: &random)
      let exact = exactRequantization(Int64(value), multiplier: multiplier, shift: shift)
      if Int64(requantize(value, multiplier: multiplier, shift: shift)) != exact { wrong += 1 }
      let scale = DSPRequantizer(multiplier: multiplier, shift: shift)
      if Int64(scale.output(value, range)) != min(max(exact - 3, -100), 127) { wrong += 1 }
      if Int64(scale.output(value, whole)) != min(max(exact + 5, -128), 127) { wrong += 1 }
    }
    #expect(wrong == 0, "shift \(shift)")
  }
}

/// 3 x 0.5 and -3 x 0.5 by two ways: in the multiplication half goes upwards, in the shift away
/// from zero.
@Test func requantizationRoundsTiesAsItsTwoStepsDo() {
  #expect(requantize(3, multiplier: 1 << 30, shift: 0) == 2)
  #expect(requantize(-3, multiplier: 1 << 30, shift: 0) == -1)
  #expect(requantize(6, multiplier: 1 << 30, shift: -1) == 2)
  #expect(requantize(-6, multiplier: 1 << 30, shift: -1) == -2)
}

@Test func requantizedMultiplierIsTheScale() {
  var random = SplitMix(2)
  for _ in 0..<5000 {
    let fraction = Double.random(in: 0.5..<1, using: &random)
    let exponent = random.int(-31...30)
    let scale = Double(sign: .plus, exponent: exponent, significand: 1) * fraction
    let (multiplier, shift) = quantizedMultiplier(of: scale)
    let back = Double(multiplier) * Double(sign: .plus, exponent: Int(shift) - 31, significand: 1)
    #expect(abs(back / scale - 1) <= 0x1p-31)
    #expect(multiplier >= 1 << 30)
  }
}

@Test func requantizedMultiplierAtItsLimits() {
  func pair(_ scale: Double) -> [Int32] {
    let (multiplier, shift) = quantizedMultiplier(of: scale)
    return [multiplier, shift]
  }
  #expect(pair(0) == [0, 0])
  #expect(pair(-1) == [0, 0])
  #expect(pair(.nan) == [0, 0])
  #expect(pair(.infinity) == [0, 0])
  #expect(pair(1) == [1 << 30, 1])
  #expect(pair(0.5) == [1 << 30, 0])
  #expect(pair((1.0).nextDown) == [1 << 30, 1])
  #expect(pair(0x1p-32) == [1 << 30, -31])
  #expect(pair((0x1p-32).nextDown) == [1 << 30, -31])
  #expect(pair(0x1p-33) == [0, 0])
  #expect(pair(0x1p29) == [1 << 30, 30])
  #expect(pair(0x1p30) == [.max, 30])
  #expect(pair(.leastNonzeroMagnitude) == [0, 0])
}
