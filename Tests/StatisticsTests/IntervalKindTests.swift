import Support
import TestSupport
import Testing

@testable import Statistics

/// Every kind with every other, at a few levels and ends.
private func intervals(_ random: inout SplitMix) -> [Interval] {
  IntervalKind.allCases.flatMap { kind in
    [0.9, 0.99].map { level in
      let low = Double.random(in: 0.1...10, using: &random)
      return Interval(
        low: low, high: low * Double.random(in: 1...2, using: &random), kind: kind, level: level,
        method: "test")
    }
  }
}

@Test func aLevelBelongsToConfidenceAndPredictionAlone() {
  for kind in IntervalKind.allCases {
    let one = Interval(low: 1, high: 2, kind: kind, level: 0.95, method: "test")
    #expect(one.level == (kind == .confidence || kind == .prediction ? 0.95 : nil))
  }
  #expect(IntervalKind.allCases.sorted() == IntervalKind.allCases)
}

@Test func scalingKeepsKindAndLevel() throws {
  var random = SplitMix(1)
  for one in intervals(&random) {
    let scaled = one.scaled(by: Double.random(in: -5...5, using: &random))
    let divided = try #require(one.dividing(3).value)
    #expect(scaled.kind == one.kind && scaled.level == one.level)
    #expect(divided.kind == one.kind && divided.level == one.level)
    #expect(isClose(divided.low, 3 / one.high) && isClose(divided.high, 3 / one.low))
    #expect(one.ofModel.kind == .model && one.ofModel.level == nil)
  }
}

@Test func combiningNeverStrengthens() throws {
  var random = SplitMix(2)
  for a in intervals(&random) {
    for b in intervals(&random) {
      let ratio = try #require(a.divided(by: b).value)
      #expect(ratio.kind == max(a.kind, b.kind))
      #expect(ratio.kind >= a.kind && ratio.kind >= b.kind)
      for level in [a.level, b.level].compactMap(\.self) where ratio.kind.hasLevel {
        #expect(try #require(ratio.level) <= level)
      }
      #expect(ratio.contains(a.low / b.high) && ratio.contains(a.high / b.low))
      #expect(ratio.method.contains(ratio.kind.rawValue))
    }
  }
  let zero = Interval(low: -1, high: 1, kind: .rounding, method: "test")
  #expect(zero.dividing(1).reason?.contains("zero") == true)
}
