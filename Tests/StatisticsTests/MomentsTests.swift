import TestSupport
import Testing

@testable import Statistics

@Test func nothingHasNoMoments() {
  let none: [Double] = []
  #expect(none.mean == nil && none.standardDeviation == nil)
  #expect([3].mean == 3 && [3].standardDeviation == nil)
}

/// 4, 7, 13 and 16, each + 1e9, the usual trap of the one-pass variance formula:
/// mean 1e9 + 10, variance 30 (Chan, Golub, LeVeque, Am. Stat. 37, 1983, discuss such data).
@Test func varianceSurvivesALargeMean() {
  let set: [Double] = [4, 7, 13, 16].map { $0 + 1e9 }
  #expect(set.mean == 1e9 + 10)
  #expect(isClose(set.standardDeviation, 30.0.squareRoot()))
  // One unit in the last place apart: the mean itself cannot be represented.
  let neighbours = [1, 1.0.nextUp]
  #expect(isClose(neighbours.standardDeviation, 1.0.ulp / 2.0.squareRoot()))
}

@Test func momentsNeitherOverflowNorUnderflow() {
  let huge = [1.7e308, 1.7e308, -1.7e308]
  #expect(isClose(huge.mean, 1.7e308 / 3))
  let least = Double.leastNonzeroMagnitude
  let tiny = [least, least, 4 * least]
  #expect(tiny.mean == 2 * least)
  let spread = [1.0, 3].map { $0 * 0x1p-1040 }
  #expect(isClose(spread.standardDeviation, 2.0.squareRoot() * 0x1p-1040, within: 1e-9))
}

@Test(arguments: 0..<20)
func momentsIgnoreOrderAndFollowScale(seed: UInt64) {
  var random = SplitMix(seed)
  let samples = (0..<Int.random(in: 2...60, using: &random)).map { _ in
    Double.random(in: 1..<1000, using: &random).rounded()
  }
  let other = samples.shuffled(using: &random)
  #expect(other.mean == samples.mean && other.standardDeviation == samples.standardDeviation)
  // A power of two scales without rounding, so equality is exact.
  let scaled = samples.map { $0 * 0.25 }
  #expect(scaled.mean == samples.mean.map { $0 * 0.25 })
  #expect(scaled.standardDeviation == samples.standardDeviation.map { $0 * 0.25 })
  // Against the definition, in the plainest way.
  let mean = samples.reduce(0, +) / Double(samples.count)
  let squares = samples.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
  #expect(isClose(samples.mean, mean))
  #expect(isClose(samples.standardDeviation, (squares / Double(samples.count - 1)).squareRoot()))
}
