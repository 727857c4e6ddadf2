import Testing

@testable import Plots

/// Rules for all charts of figures D to H and the breakdown.
struct EveryChartTests {
  static let makers: [@Sendable (Layout) -> any Chart] = [
    { ChartExamples.sweep($0) }, { ChartExamples.sweep($0, isLogarithmic: true) },
    { ChartExamples.smallSweep($0) }, { ChartExamples.forest($0) }, { ChartExamples.waterfall($0) },
    { ChartExamples.oneGap($0) }, { ChartExamples.prediction($0) },
    { ChartExamples.distribution($0) }, { ChartExamples.breakdown($0) },
  ]

  @Test(arguments: makers.indices, Layout.allCases)
  func legible(_ index: Int, _ layout: Layout) throws {
    try ChartCheck.expectLegible(Self.makers[index](layout), "example \(index) \(layout)")
  }

  /// A caller's own size, smaller and larger than what suits.
  @Test(arguments: makers.indices, [Size(292.5, 300), Size(420, 260), Size(700, 900)])
  func otherSizes(_ index: Int, _ size: Size) throws {
    var chart = Self.makers[index](size.width < 500 ? .compact : .wide)
    chart.heading.size = size
    try ChartCheck.expectLegible(chart, "example \(index) at \(size)")
  }

  @Test(arguments: makers.indices)
  func firstAndTenthAreAlike(_ index: Int) throws {
    func draw(_ chart: some Chart) throws {
      let first = try Figures.svg(chart)
      for _ in 0..<8 { _ = try Figures.svg(chart) }
      #expect(try Figures.svg(chart) == first)
      #expect(try Figures.png(chart, scale: 1) == Figures.png(chart, scale: 1))
    }
    try draw(Self.makers[index](.wide))
  }

  @Test(arguments: makers.indices, Layout.allCases)
  func drawnAgainFromItsSVG(_ index: Int, _ layout: Layout) throws {
    func svg(_ chart: some Chart) throws -> String { try Figures.svg(chart, theme: .dark) }
    let chart = Self.makers[index](layout)
    let first = try svg(chart)
    #expect(try svg(Figures.chart(fromSVG: first)) == first)
  }

  /// Meaning without colour: the greys of a figure's markers need not differ, since signs, shapes,
  /// fills and dashes do. Two series never look alike once colour is taken away.
  @Test func seriesDifferWithoutColour() {
    let series = ChartExamples.sweep().series
    let looks = series.map { "\($0.shape) \($0.isFilled) \(InnerMark($0.role)) \($0.isPredicted)" }
    #expect(Set(looks).count == series.count)
  }
}
