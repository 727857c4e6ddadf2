import Quantiles
import TestSupport
import Testing

@testable import Statistics

/// The sketch and the multiset made of it agree, exact or not.
@Test(arguments: [0, 40, 4096])
func multisetOfASketchHasItsStatistics(limit: Int) throws {
  var random = SplitMix(UInt64(limit))
  var sketch = QuantileSketch(exactLimit: limit)
  #expect(Multiset(sketch).isEmpty)
  let values = (0..<500).map { _ in Double.random(in: 0..<1000, using: &random).rounded() }
  for value in values {
    let accepted = sketch.add(value)
    #expect(accepted)
  }
  let multiset = Multiset(sketch)
  let exact = try #require(Multiset(values))
  #expect(sketch.isExact == (limit == 4096))
  #expect((multiset == exact) == sketch.isExact)
  #expect(multiset.count == 500 && multiset.min == exact.min && multiset.max == exact.max)
  for probability in [0, 0.1, 0.5, 0.9, 1] {
    #expect(multiset.quantile(probability) == sketch.quantile(probability))
  }
}
