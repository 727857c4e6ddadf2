import Testing

@testable import Plots

struct FigureNumberTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (51_982_584, "51,982,584"), (-12_345, "−12,345"),
    (Int.min, "−9,223,372,036,854,775,808"),
  ])
  func counts(_ value: Int, _ text: String) { #expect(NumberText.count(value) == text) }

  @Test(arguments: [(95.0, "95"), (99.9, "99.9"), (0.001, "0.001"), (5, "5"), (0, "0")])
  func given(_ value: Double, _ text: String) { #expect(NumberText.given(value) == text) }

  @Test(arguments: [(0.3, "+0.30"), (-0.57, "−0.57"), (0.001, "0.00"), (-0.001, "0.00")])
  func signed(_ value: Double, _ text: String) {
    #expect(NumberText.signed(value, decimals: 2) == text)
  }

  @Test func intervalsShowTheirWidth() {
    #expect(NumberText.interval(6.03, low: 5.85, high: 6.21) == "6.03 [5.85, 6.21]")
    #expect(
      NumberText.interval(192.41, low: 192.408, high: 192.412) == "192.410 [192.408, 192.412]")
    #expect(NumberText.interval(0.8, low: 0.55, high: 1.15) == "0.800 [0.550, 1.150]")
    #expect(NumberText.interval(1.08, low: nil, high: nil) == "1.08")
    #expect(NumberText.interval(.nan, low: 1, high: 2) == "?")
  }

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
