import Testing

@testable import Plots

/// Charts made of anything: nothing crashes, nothing leaves the page, the drawing stays bounded.
struct HostileChartTests {
  struct Source {
    var noise: ChartExamples.Noise

    init(_ seed: UInt64) { noise = ChartExamples.Noise(seed: seed &* 77 &+ 5) }

    mutating func pick<T>(_ all: [T]) -> T { all[Int(noise.next() % UInt64(all.count))] }
    mutating func bool() -> Bool { noise.next() % 2 == 0 }

    mutating func number() -> Double {
      pick([
        0, -1, 1, .nan, .infinity, -.infinity, 1e308, -1e308, Double.leastNonzeroMagnitude, 1e-30,
        noise.unit(),
        noise.unit() * 1e3, noise.unit() * 1e9, 16_384, -0.0, 1e40,
      ])
    }

    mutating func maybe() -> Double? { bool() ? number() : nil }

    mutating func text() -> String {
      pick([
        "", " ", "AD fp32", String(repeating: "W", count: 3_000),
        String(repeating: "long words ", count: 300), "<script>&\"'", "\u{202e}evil\u{0}\n\t",
        "日本語のラベル", "🧨🧨🧨", "a\u{301}\u{301}\u{301}", "FULLY_CONNECTED",
      ])
    }

    mutating func count() -> Int { pick([0, 1, 2, 5, 30, 500]) }
    mutating func few() -> Int { pick([0, 1, 2, 3, 9, 25]) }
    mutating func many<T>(_ count: Int, _ make: (inout Source) -> T) -> [T] {
      (0..<count).map { _ in make(&self) }
    }

    mutating func heading() -> Heading {
      let layout = pick(Layout.allCases)
      return Heading(
        name: text(), title: text(), summary: text(), caption: text(), layout: layout)
    }
  }

  static func charts(_ seed: UInt64) -> [any Chart] {
    var s = Source(seed)
    return [
      sweep(&s), forest(&s), waterfall(&s), prediction(&s), distribution(&s), breakdown(&s),
    ]
  }

  static func sweep(_ s: inout Source) -> SweepChart {
    func points(_ s: inout Source) -> [SweepChart.DataPoint] {
      s.many(s.count()) { s in
        .init(bytes: s.number(), cost: s.number(), low: s.maybe(), high: s.maybe())
      }
    }
    func aBreak(_ s: inout Source) -> SweepChart.Break? {
      s.bool() ? .init(bytes: s.number(), low: s.maybe(), high: s.maybe()) : nil
    }
    return SweepChart(
      s.heading(), sizeTitle: s.text(), costTitle: s.text(), isLogarithmic: s.bool(),
      capacities: s.many(s.few()) { s in .init(s.text(), bytes: s.number()) },
      series: s.many(s.few()) { s in
        .init(
          s.text(), s.pick(Role.allCases), s.pick(MarkerShape.allCases), isFilled: s.bool(),
          isPredicted: s.bool(), points: points(&s),
          fit: s.bool()
            ? .init(curve: points(&s), onset: aBreak(&s), saturation: aBreak(&s)) : nil)
      })
  }

  static func forest(_ s: inout Source) -> ForestChart {
    ForestChart(
      s.heading(), axisTitle: s.text(), below: s.text(), above: s.text(), level: s.number(),
      groups: s.many(s.few()) { s in
        .init(
          s.text(), s.pick(Role.allCases),
          rows: s.many(s.count()) { s in
            .init(
              s.text(), ratio: s.number(), low: s.maybe(), high: s.maybe(),
              count: s.bool() ? s.pick([0, -1, .max, 31]) : nil, reason: s.bool() ? s.text() : nil,
              isPredicted: s.bool())
          })
      })
  }

  static func waterfall(_ s: inout Source) -> WaterfallChart {
    WaterfallChart(
      s.heading(), axisTitle: s.text(),
      gaps: s.many(s.few()) { s in
        .init(
          s.text(),
          factors: s.many(s.few()) { s in
            .init(
              s.text(), ratio: s.number(), origin: s.pick(WaterfallChart.Provenance.allCases),
              role: s.pick(Role.allCases), confoundedBy: s.many(s.few()) { $0.text() })
          }, total: s.number(), totalOrigin: s.pick(WaterfallChart.Provenance.allCases))
      })
  }

  static func prediction(_ s: inout Source) -> PredictionChart {
    PredictionChart(
      s.heading(), unit: s.text(), band: s.number(),
      series: s.many(s.few()) { s in .init(s.text(), s.pick(Role.allCases)) },
      points: s.many(s.count()) { s in
        var point = PredictionChart.DataPoint(
          s.text(), series: s.pick([-1, 0, 1, .max]), isFilled: s.bool(), measured: s.number(),
          predicted: s.number(), leftOutError: s.maybe())
        point.predictedLow = s.maybe()
        point.predictedHigh = s.maybe()
        point.measuredLow = s.maybe()
        point.measuredHigh = s.maybe()
        return point
      },
      predictions: s.many(s.count()) { s in
        .init(
          s.text(), series: s.pick([-1, 0, 1, .min]), isFilled: s.bool(), predicted: s.number(),
          low: s.maybe(), high: s.maybe())
      })
  }

  static func distribution(_ s: inout Source) -> DistributionChart {
    DistributionChart(
      s.heading(), unit: s.text(), level: s.number(),
      runs: s.many(s.few()) { s in
        let times: DistributionChart.Times =
          s.bool()
          ? .samples(s.many(s.count()) { $0.number() })
          : .bins(
            s.many(s.count()) { s in
              .init(low: s.number(), high: s.number(), count: s.pick([0, -5, 1, 1_000, .max]))
            })
        return .init(
          s.text(), s.pick(Role.allCases), times, median: s.maybe(), low: s.maybe(),
          high: s.maybe(), reason: s.bool() ? s.text() : nil, quantum: s.maybe())
      })
  }

  static func breakdown(_ s: inout Source) -> BreakdownChart {
    BreakdownChart(
      s.heading(), quantity: s.text(), unit: s.text(),
      scale: s.pick(BreakdownChart.Amount.allCases),
      parts: s.many(s.few()) { s in
        .init(s.text(), s.pick(Role.allCases), s.pick(BarPattern.allCases))
      },
      rows: s.many(s.count()) { s in
        .init(s.text(), values: s.many(s.few()) { $0.number() }, total: s.maybe())
      })
  }

  /// The first few, and those that once showed a mistake.
  @Test(arguments: Array(0..<8) + [9, 13, 20, 90, 100, 272])
  func anythingIsDrawn(_ seed: Int) throws {
    for chart in Self.charts(UInt64(seed)) {
      let calls = try ChartCheck.expectLegible(chart, "seed \(seed), \(type(of: chart))")
      #expect(calls < 20_000, "seed \(seed), \(type(of: chart))")
    }
  }

  @Test(arguments: 0..<3)
  func anythingIsStoredAndReadBack(_ seed: Int) throws {
    func svg(_ chart: some Chart) throws -> String { try Figures.svg(chart) }
    for chart in Self.charts(UInt64(seed)) {
      let first = try svg(chart)
      #expect(try svg(Figures.chart(fromSVG: first)) == first)
    }
  }
}
