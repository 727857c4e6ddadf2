import TestSupport
import Testing

@testable import Quantiles

/// The two numbers by their definitions, of chains of values.
private func naive(_ chains: [[UInt64]]) -> (ratio: Double, autocorrelation: Double) {
  let values = chains.joined().map { Double($0) }
  let mean = values.reduce(0, +) / Double(values.count)
  let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  var (steps, count, products) = (0.0, 0.0, 0.0)
  for chain in chains {
    for (a, b) in zip(chain, chain.dropFirst()) {
      let (a, b) = (Double(a), Double(b))
      steps += (b - a) * (b - a)
      products += (a - mean) * (b - mean)
      count += 1
    }
  }
  return (steps / count / (spread / Double(values.count - 1)), products / spread)
}

private func series(_ chains: some Sequence<[UInt64]>) -> SuccessiveDifferences {
  var series = SuccessiveDifferences()
  for (n, chain) in chains.enumerated() {
    if n > 0 { series.break() }
    for value in chain { series.add(value) }
  }
  return series
}

@Test(
  arguments: [
    [[1, 2, 3, 4, 5]], [[7, 1, 7, 1, 7, 1]], [[60_400, 60_410, 60_398, 60_402]],
    [[5, 6], [9], [1, 1, 4]], [[1], [2], [3, 9]],
    [[1 << 40, 1 << 40 + 3, 1 << 40 - 7, 1 << 40]],
  ] as [[[UInt64]]])
func successiveDifferencesAreThoseOfTheDefinition(chains: [[UInt64]]) throws {
  let series = series(chains)
  let expected = naive(chains)
  #expect(series.count == UInt64(chains.joined().count))
  #expect(series.differences == series.count - UInt64(chains.count))
  #expect(abs(try #require(series.vonNeumannRatio) - expected.ratio) < 1e-9)
  #expect(abs(try #require(series.autocorrelation) - expected.autocorrelation) < 1e-9)
}

@Test func partsOfALogMergeInItsOrder() {
  var random = SplitMix(3)
  for _ in 0..<200 {
    // Values, and nil for a break, which may also stand first, last and twice.
    let events = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      Int.random(in: 0..<4, using: &random) == 0
        ? nil : UInt64.random(in: 0..<1 << 50, using: &random)
    }
    func part(_ range: Range<Int>) -> SuccessiveDifferences {
      var part = SuccessiveDifferences()
      for event in events[range] {
        if let event { part.add(event) } else { part.break() }
      }
      return part
    }
    let whole = part(0..<events.count)
    let cuts = [0, events.count].map { Int.random(in: 0...$0, using: &random) } + [events.count]
    let (i, j) = (min(cuts[0], cuts[1]), max(cuts[0], cuts[1]))
    let parts = [part(0..<i), part(i..<j), part(j..<events.count)]
    var left = parts[0]
    left.append(parts[1])
    left.append(parts[2])
    var tail = parts[1]
    tail.append(parts[2])
    var right = parts[0]
    right.append(tail)
    #expect(left == whole)
    #expect(right == whole)
  }
}

@Test func nothingIsSaidWithoutDifferencesOrSpread() {
  for series in [
    SuccessiveDifferences(), SuccessiveDifferences([5]), SuccessiveDifferences([5, 5, 5]),
    series([[1], [2], [3]]),
  ] {
    #expect(series.vonNeumannRatio == nil)
    #expect(series.autocorrelation == nil)
  }
}

@Test func aSumPastItsBitsIsNoAnswer() {
  let series = SuccessiveDifferences([0, .max, 0, .max, 0, .max])
  #expect(series.count == 6)
  #expect(series.vonNeumannRatio == nil)
  var merged = SuccessiveDifferences([1, 2, 3])
  merged.append(series)
  #expect(merged.autocorrelation == nil)
  // The values themselves may be as large as they like.
  #expect(SuccessiveDifferences([.max, .max - 1, .max, .max - 1]).vonNeumannRatio == 3)
}

@Test func oneSlowFirstValueIsNoDependence() throws {
  let series = SuccessiveDifferences([900, 100, 101, 100, 102, 101, 100, 101])
  #expect(abs(try #require(series.autocorrelation)) < 0.2)
}
