import Testing

@testable import Plots

struct FigureScaleTests {
  @Test func snugScalesCoverTheirValues() {
    let scale = Scale.snug(covering: [0.0754, 6.03])
    #expect(abs(scale.low - 0.05) < 1e-12 && abs(scale.high - 10) < 1e-9)
    #expect(Scale.snug(covering: [.nan, -1]).contains(5))
    let same = Scale.snug(covering: [2, 2])
    #expect(same.low < 2 && same.high > 2)
  }

  @Test func subnormalDomainsAreWidened() {
    for low in [0, Double.leastNonzeroMagnitude, -Double.leastNonzeroMagnitude] {
      let scale = Scale(.linear, from: low, to: 0)
      #expect(scale.high - scale.low >= 1)
      #expect(Ticks.automatic(scale).major.allSatisfy { scale.contains($0.value) })
    }
  }

  @Test func doublingsAreLabelledInFull() {
    let ticks = Ticks.doublings(Scale(.log, from: 0.4, to: 1_100))
    #expect(
      ticks.major.map(\.label)
        == ["0.5", "1", "2", "4", "8", "16", "32", "64", "128", "256", "512", "1024"])
    #expect(Ticks.doublings(Scale(.log, from: 1e-90, to: 1e90)).major.count <= 30)
  }
}
