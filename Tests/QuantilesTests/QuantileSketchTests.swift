import TestSupport
import Testing

@testable import Quantiles

/// A sketch that must accept every value.
private func sketch(_ values: some Sequence<Double>, limit: Int = 16) -> QuantileSketch {
  var sketch = QuantileSketch(exactLimit: limit)
  for value in values { accept(value, in: &sketch) }
  return sketch
}

private func accept(_ value: Double, count: UInt64 = 1, in sketch: inout QuantileSketch) {
  let accepted = sketch.add(value, count: count)
  #expect(accepted)
}

private func refuse(_ value: Double, count: UInt64 = 1, in sketch: inout QuantileSketch) {
  let accepted = sketch.add(value, count: count)
  #expect(!accepted)
}

private func merged(_ first: QuantileSketch, _ second: QuantileSketch) -> QuantileSketch {
  var first = first
  let accepted = first.merge(second)
  #expect(accepted)
  return first
}

private func pairsEqual(_ a: QuantileSketch, _ b: QuantileSketch) -> Bool {
  a.pairs.elementsEqual(b.pairs) { $0.value == $1.value && $0.count == $1.count }
}

@Test func sketchIsExactUpToItsLimit() {
  var small = sketch((1...16).map(Double.init))
  #expect(small.isExact)
  accept(16, count: 5, in: &small)
  #expect(small.isExact)
  #expect(small.pairs.map(\.value) == (1...16).map(Double.init))
  #expect(small.pairs.map(\.count) == Array(repeating: 1, count: 15) + [6])
  accept(17, in: &small)
  #expect(!small.isExact)
  #expect(small.count == 22)
  #expect(small.min == 1 && small.max == 17)
  #expect(QuantileSketch().exactLimit == 4096)
}

@Test func sketchRefusesNegativeAndNotFiniteValues() {
  var sketch = sketch([1, 2])
  let before = sketch
  for value in [-1, .nan, .infinity, -.infinity, -Double.leastNonzeroMagnitude] {
    refuse(value, in: &sketch)
  }
  refuse(1, count: .max, in: &sketch)
  refuse(1e308, count: 1000, in: &sketch)
  #expect(sketch == before)
  accept(3, count: 0, in: &sketch)
  #expect(sketch == before)
  var full = QuantileSketch()
  accept(1, count: .max, in: &full)
  let accepted = full.merge(sketch)
  #expect(!accepted)
  #expect(full.count == .max)
}

@Test func emptySketchHasNoStatistics() {
  let empty = QuantileSketch()
  #expect(empty.count == 0 && empty.min == nil && empty.max == nil && empty.mean == nil)
  #expect(empty.quantile(0.5) == nil)
  #expect(empty.pairs.isEmpty)
  #expect(merged(empty, empty) == empty)
}

@Test func sketchHandlesZero() {
  let zeros = sketch([0, -0.0, 0, 1, 2, 3], limit: 0)
  #expect(!zeros.isExact)
  #expect(zeros.min == 0 && zeros.min?.sign == .plus)
  #expect(zeros.quantile(0) == 0)
  #expect(zeros.quantile(0.4) == 0)
  #expect(zeros.pairs.first?.count == 3)
  let single = sketch([7], limit: 0)
  #expect(single.pairs.map(\.value) == [7])
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
    if error > QuantileSketch.relativeAccuracy * value || bucket.low > value {
      Issue.record("\(value) has the bucket middle \(bucket.middle), low \(bucket.low)")
    }
  }
  #expect(LogLinearBucket(of: 1.0.nextDown) < LogLinearBucket(of: 1))
}

@Test(arguments: 0..<10)
func sketchQuantilesAreWithinTheAccuracy(seed: UInt64) throws {
  var random = SplitMix(seed)
  // Log-uniform over six decades by repeated halving, with some zeros.
  let values = (0..<3000).map { _ -> Double in
    let octave = Int.random(in: -10...10, using: &random)
    let value = Double.random(in: 1..<2, using: &random)
    return octave == -10 ? 0 : Double(sign: .plus, exponent: octave, significand: value)
  }
  let approximate = sketch(values, limit: 100)
  #expect(!approximate.isExact)
  #expect(approximate.count == 3000)
  #expect(approximate.min == values.min() && approximate.max == values.max())
  for probability: Double in [0, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1] {
    let truth = quantile(values, probability)
    let estimate = try #require(approximate.quantile(probability))
    #expect(abs(estimate - truth) <= QuantileSketch.relativeAccuracy * truth)
  }
  #expect(close(approximate.mean, values.reduce(0, +) / 3000, within: 1e-13))
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
  let (a, b, c) = (sketch(parts[0]), sketch(parts[1]), sketch(parts[2], limit: 12))
  #expect(merged(a, b) == merged(b, a))
  let left = merged(merged(a, b), c)
  #expect(left == merged(a, merged(b, c)))
  // And the same as one sketch of everything, in any order.
  let whole = sketch((parts[0] + parts[1] + parts[2]).shuffled(using: &random), limit: 12)
  #expect(left == whole)
  #expect(pairsEqual(left, whole))
}

@Test func sumOfFractionsDoesNotFeelTheOrder() {
  var random = SplitMix(4)
  let values = (0..<2000).map { _ in Double.random(in: 0..<1e6, using: &random) }
  let total = sketch(values).sum
  for _ in 0..<5 { #expect(sketch(values.shuffled(using: &random)).sum == total) }
}

/// Values over 2000 octaves: memory stays bounded, order still does not matter, and quantiles
/// within 64 octaves of the greatest value keep their accuracy.
@Test func sketchStaysBounded() {
  var random = SplitMix(6)
  let values = (-1000...1000).map { Double(sign: .plus, exponent: $0, significand: 1.25) }
  let up = sketch(values)
  let mixed = sketch(values.shuffled(using: &random))
  #expect(up == mixed)
  #expect(up.pairs.count <= 64 + 2)
  #expect(up.count == 2001)
  #expect(up.min == values.first && up.max == values.last)
  #expect(close(up.quantile(0.99), quantile(values, 0.99), within: 0.0005))
  #expect(merged(sketch(values.prefix(900)), sketch(values.dropFirst(900))) == up)
}
