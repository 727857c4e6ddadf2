import TestSupport
import Testing

@testable import Statistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// For 2 and 8 the mean of the logarithms is log 4, its standard error log 2, and
/// t(0.975, 1) = 12.7062 (any t table): the interval is 4 · 2^±12.7062.
@Test func geometricMeanOfTwoNumbers() throws {
  let estimate = try #require(geometricMean([2, 8]).value)
  #expect(isClose(estimate.value, 4))
  let interval = try #require(estimate.interval.value)
  #expect(isClose(interval.low, 4 * exp2(-12.70620474), within: 1e-7))
  #expect(isClose(interval.high, 4 * exp2(12.70620474), within: 1e-7))
  #expect(interval.method == "t-interval of the logarithms, 1 degree of freedom")
}

@Test func geometricMeanReasons() {
  #expect(geometricMean([]).reason == "a geometric mean needs a number; there are none")
  #expect(geometricMean([3]).value?.value == exp(log(3)))
  #expect(
    geometricMean([3]).why
      == "an interval of a geometric mean needs at least 2 numbers; there is 1")
  #expect(geometricMean([1, 0]).reason?.contains("one is 0") == true)
  #expect(geometricMean([1, -2]).reason?.contains("one is -2") == true)
  #expect(geometricMean([1, .nan]).reason?.contains("nan") == true)
  #expect(geometricMean([1, .infinity]).value == nil)
  #expect(geometricMean([1, 2], level: 0).why?.contains("level") == true)
  // The numbers are finite, the interval is not.
  #expect(geometricMean([1e-300, 1e300]).why?.contains("not finite") == true)
}

@Test(arguments: 0..<20)
func geometricMeanFollowsScaleAndInversion(seed: UInt64) throws {
  var random = SplitMix(seed)
  let numbers = (0..<7).map { _ in Double.random(in: 0.2...9, using: &random) }
  let plain = try #require(geometricMean(numbers).value)
  let shuffled = try #require(geometricMean(numbers.shuffled(using: &random)).value)
  #expect(shuffled == plain)
  let scaled = try #require(geometricMean(numbers.map { $0 * 3 }).value)
  #expect(isClose(scaled.value, 3 * plain.value))
  let inverse = try #require(geometricMean(numbers.map { 1 / $0 }).value)
  #expect(isClose(inverse.value, 1 / plain.value))
  #expect(
    isClose(inverse.interval.value?.low, plain.interval.value.map { 1 / $0.high }, within: 1e-9))
}
