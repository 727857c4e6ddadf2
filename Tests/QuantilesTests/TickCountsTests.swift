import TestSupport
import Testing

@testable import Quantiles

/// Counting ticks in a window gives the multiset that adding each of them gives.
@Suite struct TickCountsTests {
  @Test(arguments: 0..<20) func sameAsSingleSamples(seed: UInt64) {
    var random = SplitMix(seed)
    var counts = TickCounts()
    var samples = Samples()
    let spread = [1, 100, 4000, 100_000, 1 << 40][random.below(5)]
    let base = UInt64([0, 3, 60_000, 1 << 33][random.below(4)])
    for i in 0..<(1 + random.below(20_000)) {
      let divisor = i > 9_000 && seed % 3 == 0 ? 1e3 : [1, 1e6][Int(seed % 2)]
      let ticks = base + UInt64(random.below(spread))
      counts.add(ticks, per: divisor)
      samples.add(Double(ticks) / divisor)
      if random.below(500) == 0 { counts.settle() }
    }
    #expect(counts.multiset == samples)
    #expect(!counts.isEmpty && TickCounts().isEmpty)
  }

  /// Parts that were counted apart give together what adding one after the other gives.
  @Test(arguments: 0..<40) func partsAppend(seed: UInt64) {
    var random = SplitMix(seed &+ 100)
    var (whole, joined) = (TickCounts(), TickCounts())
    let spread = [1, 100, 4000, 100_000][random.below(4)]
    for _ in 0..<(1 + random.below(6)) {
      var part = random.below(2) == 0 ? joined.emptied : TickCounts()
      let (base, divisor) = ([60_000, 61_000][random.below(2)], [1, 1e6][random.below(2)])
      for _ in 0..<random.below([10, 3000][random.below(2)]) {
        let ticks = UInt64(base + random.below(spread))
        part.add(ticks, per: divisor)
        whole.add(ticks, per: divisor)
      }
      #expect(joined.emptied.isEmpty)
      joined.append(part)
    }
    #expect(joined.multiset == whole.multiset && joined.isEmpty == whole.isEmpty)
  }
}
