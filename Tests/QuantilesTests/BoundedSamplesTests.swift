import TestSupport
import Testing

@testable import Quantiles

/// Samples that must all be accepted.
private func bounded(_ values: some Sequence<Double>, limit: Int = 16) -> Samples {
  var samples = Samples(distinctLimit: limit)
  for value in values { accept(value, in: &samples) }
  return samples
}

private func accept(_ value: Double, count: UInt64 = 1, in samples: inout Samples) {
  let accepted = samples.add(value, times: count)
  #expect(accepted)
}

private func refuse(_ value: Double, count: UInt64 = 1, in samples: inout Samples) {
  let accepted = samples.add(value, times: count)
  #expect(!accepted)
}

private func merged(_ first: Samples, _ second: Samples) -> Samples {
  var first = first
  let accepted = first.merge(second)
  #expect(accepted)
  return first
}

private func pairsEqual(_ a: Samples, _ b: Samples) -> Bool {
  a.sorted.elementsEqual(b.sorted) { $0.value == $1.value && $0.count == $1.count }
}

@Test func samplesAreExactUpToTheirLimit() {
  var small = bounded((1...16).map(Double.init))
  #expect(small.isExact)
  accept(16, count: 5, in: &small)
  #expect(small.isExact)
  #expect(small.sorted.map(\.value) == (1...16).map(Double.init))
  #expect(small.sorted.map(\.count) == Array(repeating: 1, count: 15) + [6])
  accept(17, in: &small)
  #expect(!small.isExact)
  #expect(small.count == 22)
  #expect(small.minimum == 1 && small.maximum == 17)
  #expect(Samples.distinctLimit == 4096)
}

@Test func negativeAndNotFiniteValuesAreRefused() {
  var samples = bounded([1, 2])
  let before = samples
  for value in [-1, .nan, .infinity, -.infinity, -Double.leastNonzeroMagnitude] {
    refuse(value, in: &samples)
  }
  refuse(1, count: .max, in: &samples)
  refuse(1e308, count: 1000, in: &samples)
  #expect(samples == before)
  refuse(3, count: 0, in: &samples)
  #expect(samples == before)
  var full = Samples()
  accept(1, count: .max, in: &full)
  let accepted = full.merge(samples)
  #expect(!accepted)
  #expect(full.count == .max)
}

@Test func mergingNothingGivesNothing() {
  let empty = Samples()
  #expect(empty.quantile(0.5) == nil)
  #expect(merged(empty, empty) == empty)
}

@Test func zerosHaveABucket() {
  let zeros = bounded([0, -0.0, 0, 1, 2, 3], limit: 0)
  #expect(!zeros.isExact)
  #expect(zeros.minimum == 0 && zeros.minimum?.sign == .plus)
  #expect(zeros.quantile(0) == 0)
  #expect(zeros.quantile(0.4) == 0)
  #expect(zeros.sorted.first?.count == 3)
  let single = bounded([7], limit: 0)
  #expect(single.sorted.map(\.value) == [7])
}

/// Every value, from the least subnormal to the greatest double, lies near its bucket's middle.
@Test func bucketMiddleIsWithinTheAccuracy() {
  var random = SplitMix(1)
  let borders: [Double] = [
    .leastNonzeroMagnitude, .leastNormalMagnitude.nextDown, .leastNormalMagnitude, 1,
    1.0.nextDown, 1.0.nextUp, 2, 1e300, .greatestFiniteMagnitude,
  ]
  let drawn = (0..<20_000).map { _ in
    Double(bitPattern: UInt64.random(in: 1...0x7fef_ffff_ffff_ffff, using: &random))
  }
  let subnormal = (1...5000).map { Double(bitPattern: $0) }
  for value in borders + drawn + subnormal {
    let bucket = LogLinearBucket(of: value)
    let error = abs(bucket.middle - value)
    if error > Samples.relativeAccuracy * value || bucket.low > value {
      Issue.record("\(value) has the bucket middle \(bucket.middle), low \(bucket.low)")
    }
  }
  #expect(LogLinearBucket(of: 1.0.nextDown) < LogLinearBucket(of: 1))
}

@Test(arguments: 0..<10)
func quantilesAreWithinTheAccuracy(seed: UInt64) throws {
  var random = SplitMix(seed)
  // Log-uniform over six decades by repeated halving, with some zeros.
  let values = (0..<3000).map { _ -> Double in
    let octave = Int.random(in: -10...10, using: &random)
    let value = Double.random(in: 1..<2, using: &random)
    return octave == -10 ? 0 : Double(sign: .plus, exponent: octave, significand: value)
  }
  let approximate = bounded(values, limit: 100)
  #expect(!approximate.isExact)
  #expect(approximate.count == 3000)
  #expect(approximate.minimum == values.min() && approximate.maximum == values.max())
  for probability: Double in [0, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1] {
    let truth = quantile(values, probability)
    let estimate = try #require(approximate.quantile(probability))
    #expect(abs(estimate - truth) <= Samples.relativeAccuracy * truth)
  }
  #expect(isClose(approximate.sum, values.reduce(0, +), within: 1e-13))
}

@Test(arguments: 0..<30)
func mergeIsCommutativeAndAssociative(seed: UInt64) throws {
  var random = SplitMix(seed)
  // From few to many distinct values, whole and fractional, so that both kinds of storage meet.
  let parts: [[Double]] = (0..<3).map { _ -> [Double] in
    let spread: Double = [5, 40, 1e6][Int.random(in: 0...2, using: &random)]
    return (0..<Int.random(in: 0...120, using: &random)).map { _ in
      Double.random(in: 0..<spread, using: &random).rounded()
    }
  }
  let (a, b, c) = (bounded(parts[0]), bounded(parts[1]), bounded(parts[2], limit: 12))
  #expect(merged(a, b) == merged(b, a))
  let left = merged(merged(a, b), c)
  #expect(left == merged(a, merged(b, c)))
  // And the same as of everything at once, in any order.
  let whole = bounded((parts[0] + parts[1] + parts[2]).shuffled(using: &random), limit: 12)
  #expect(left == whole)
  #expect(pairsEqual(left, whole))
}

@Test func sumOfFractionsDoesNotFeelTheOrder() {
  var random = SplitMix(4)
  let values = (0..<2000).map { _ in Double.random(in: 0..<1e6, using: &random) }
  let total = bounded(values).sum
  for _ in 0..<5 { #expect(bounded(values.shuffled(using: &random)).sum == total) }
}

/// Values over 2000 octaves: memory stays bounded, order still does not matter, and quantiles
/// within 64 octaves of the greatest value keep their accuracy.
@Test func samplesStayBounded() {
  var random = SplitMix(6)
  let values = (-1000...1000).map { Double(sign: .plus, exponent: $0, significand: 1.25) }
  let up = bounded(values)
  let mixed = bounded(values.shuffled(using: &random))
  #expect(up == mixed)
  #expect(up.sorted.count <= 64 + 2)
  #expect(up.count == 2001)
  #expect(up.minimum == values.first && up.maximum == values.last)
  #expect(isClose(up.quantile(0.99), quantile(values, 0.99), within: 0.0005))
  #expect(merged(bounded(values.prefix(900)), bounded(values.dropFirst(900))) == up)
}

@Test(arguments: [[], [5], [7], [5, 7, 5], [7, 9], [0]] as [[Double]], [0, 1, 4096])
func samplesOfOneValueMergeAsOthersDo(other: [Double], limit: Int) {
  let two = bounded([5, 5], limit: limit)
  for merged in [
    merged(two, bounded(other, limit: limit)), merged(bounded(other, limit: limit), two),
  ] {
    let whole = bounded([5, 5] + other, limit: limit)
    #expect(merged == whole && pairsEqual(merged, whole))
    #expect(merged.minimum == whole.minimum && merged.maximum == whole.maximum)
    #expect(merged.isExact == (Set([5] + other).count <= limit))
  }
}
