import TestSupport
import Testing

@testable import Quantiles

@Test func compensatedSumKeepsWhatPlainAdditionLoses() {
  var sum = CompensatedSum()
  for value in [1e100, 1, -1e100, 1] { sum.add(value) }
  #expect(sum.value == 2)
  var ticks = CompensatedSum()
  ticks.add(9_007_199_254_740_991, count: 1_000_003)
  ticks.add(1)
  ticks.add(-9_007_199_254_740_991, count: 1_000_003)
  #expect(ticks.value == 1)
}

/// Whole numbers up to some 2^105 against 128-bit integers: taking the total away leaves nothing.
@Test(arguments: 0..<20)
func sumOfWholeNumbersIsExact(seed: UInt64) {
  var random = SplitMix(seed)
  var sum = CompensatedSum()
  var total: UInt128 = 0
  for _ in 0..<1000 {
    let value = UInt64.random(in: 0..<1 << 53, using: &random)
    let count = UInt64.random(in: 1..<1 << 44, using: &random)
    sum.add(Double(value), count: count)
    total += UInt128(value) * UInt128(count)
  }
  #expect(sum.value == Double(total))
  for shift in [80, 40, 0] {
    sum.add(-Double((total >> UInt128(shift)) << UInt128(shift)))
    total &= (1 << UInt128(shift)) - 1
  }
  #expect(sum.value == 0)
}
