import Foundation
import Testing

@testable import Plots

/// What each chart must say.
struct ChartDetailTests {
  private func dashes(_ chart: some Chart) throws -> Int {
    try ChartCheck.record(chart).0.calls.count { call in
      if case .stroke(_, let stroke) = call { !stroke.dash.isEmpty } else { false }
    }
  }

  @Test func sweepNamesCacheAndBreaks() throws {
    for layout in Layout.allCases {
      let words = try ChartCheck.words(ChartExamples.sweep(layout))
      #expect(words.contains("XIP cache: 16 KiB"))
      #expect(words.contains("16.1 [15.4, 16.6]"))
      #expect(words.contains("34.9 [31.8, 39.1]"))
      #expect(words.contains("predicted, not measured"))
    }
  }

  @Test func sweepTicksArePowersOfTwo() throws {
    let labels = try ChartCheck.record(ChartExamples.sweep()).0.labels.map(\.text)
    for size in ["4", "8", "16", "32", "64"] { #expect(labels.contains(size)) }
  }

  @Test func sweepWithoutPredictionsSaysNothingOfThem() throws {
    let chart = ChartExamples.smallSweep()
    #expect(chart.notes.isEmpty)
    #expect(try dashes(chart) == 0)
    var predicted = chart
    predicted.series[1].isPredicted = true
    #expect(try dashes(predicted) > 0)
    #expect(predicted.notes == ["Dashed edges: predicted, not measured."])
  }

  @Test func fitIsSampledAtItsBreaks() {
    let fit = SweepChart.Fit(over: 1_000...100_000, onset: .init(bytes: 16_384)) { $0 / 2 }
    #expect(fit.curve.contains { $0.bytes == 16_384 && $0.cost == 8_192 })
    #expect(fit.curve.map(\.bytes) == fit.curve.map(\.bytes).sorted())
  }

  @Test func forestSaysWhichSideIsSlower() throws {
    let words = try ChartCheck.words(ChartExamples.forest())
    for text in ["← int8 faster", "int8 slower →", "1 = same speed", "6.03 [5.85, 6.21]", "0.0754"]
    {
      #expect(words.contains(text), "\(text)")
    }
  }

  @Test func forestGivesTheReasonOfAMissingInterval() throws {
    for layout in Layout.allCases {
      let words = try ChartCheck.words(ChartExamples.forest(layout))
      #expect(words.contains("3 samples; 6 are needed"))
      #expect(words.contains("only in the int8 graph"))
    }
  }

  @Test func manyRowsAreCountedNotDrawn() throws {
    var chart = ChartExamples.forest()
    let row = chart.groups[0].rows[0]
    chart.groups[0].rows = (0..<500).map { index in
      var row = row
      row.label = "operator \(index)"
      return row
    }
    let words = try ChartCheck.words(chart)
    // 60 rows at most; the other board's four come after them.
    #expect(words.contains("444 more not shown"))
    #expect(words.contains("operator 59\n"))
    #expect(!words.contains("operator 60\n"))
    try ChartCheck.expectLegible(chart)
  }

  /// What figures hold of where factors come from, and that each looks different.
  @Test func provenanceIsAWordOfItsOwn() throws {
    let all = WaterfallChart.Provenance.allCases
    let words = ["exact", "measured", "published", "simulated", "emulated", "predicted"]
    #expect(all.map(\.rawValue) == words)
    #expect(Set(all.map(\.pattern)).count == all.count)
    let json = try JSONEncoder().encode(all)
    #expect(try JSONDecoder().decode([String].self, from: json) == words)
    #expect(try JSONDecoder().decode([WaterfallChart.Provenance].self, from: json) == all)
    #expect(WaterfallChart.Provenance(rawValue: "guessed") == nil)
  }

  @Test func waterfallFactorsMultiplyToTheTotal() {
    let chart = ChartExamples.waterfall()
    #expect(!chart.notes.contains { $0.contains("multiply") })
    var wrong = chart
    wrong.gaps[0].factors[1].ratio = 3
    #expect(wrong.notes.contains { $0.contains("multiply to 13.3, not to 16.5") })
  }

  @Test func confoundedFactorsShareAFootnote() throws {
    let chart = ChartExamples.waterfall()
    #expect(
      chart.notes.first
        == "* fp32 → int8: the two runs differ in author, method and placement too.")
    #expect(try ChartCheck.words(chart).contains("fp32 → int8*"))
    var twice = chart
    twice.gaps[1].factors[2].confoundedBy = ["compiler"]
    twice.gaps[2].factors[2].confoundedBy = ["compiler"]
    #expect(twice.notes.count { $0.hasPrefix("† fp32 → int8") } == 1)
  }

  @Test func barsOfAWaterfallFollowEachOther() throws {
    let chart = ChartExamples.oneGap()
    let (canvas, _) = try ChartCheck.record(chart)
    // The edges of bars: closed boxes 12 pt high.
    let bars = canvas.calls.compactMap { call -> (Double, Double)? in
      guard case .stroke(let path, let stroke) = call, stroke.width == 0.9,
        case .move(let a)? = path.elements.first, path.elements.count == 5,
        case .line(let c) = path.elements[2], abs(c.y - a.y - 12) < 0.01
      else { return nil }
      return (a.x, c.x)
    }
    #expect(bars.count == 5)
    guard bars.count == 5 else { return }
    for (bar, next) in zip(bars.prefix(4), bars.dropFirst().prefix(3)) {
      #expect(abs(bar.1 - next.0) < 0.01)
    }
    #expect(abs(bars[4].0 - bars[0].0) < 0.01)
    #expect(abs(bars[4].1 - bars[3].1) < 0.01)
  }

  @Test func predictionListsResiduals() throws {
    let words = try ChartCheck.words(ChartExamples.prediction())
    for text in ["+0.19", "−0.46", "−0.76", "+0.86", "not measured", "±5 %", "16.9 [16.2, 17.6]"] {
      #expect(words.contains(text), "\(text)")
    }
  }

  @Test func ofManyResidualsTheLargestAreShown() throws {
    var chart = ChartExamples.prediction()
    chart.points = (0..<100).map { index in
      .init(
        "run \(index)", series: 0, isFilled: true, measured: 10,
        predicted: 10 + Double(index) / 100)
    }
    let words = try ChartCheck.words(chart)
    #expect(words.contains("run 99"))
    #expect(!words.contains("run 3\n"))
    #expect(words.contains("70 more not shown"))
  }

  @Test func identicalTimesAreExact() throws {
    let words = try ChartCheck.words(ChartExamples.distribution())
    #expect(words.contains("all identical: 3.2095 ms (within the timer's 0.001 ms)"))
    #expect(words.contains("n = 51,982,584"))
    #expect(words.contains("timer 0.001 ms"))
    #expect(words.contains("median 192.410 [192.408, 192.412] ms"))
  }

  @Test func ownBinsCountEverySample() {
    var noise = ChartExamples.Noise(seed: 1)
    for quantum in [nil, 0.001, 0.02, 5] {
      let samples = (0..<5_000).map { _ in 10 + noise.unit() }
      let model = TimesModel(
        .init("", .flash, .samples(samples), quantum: quantum))
      guard case .bins(let bins) = model.shape else {
        Issue.record("no bins")
        continue
      }
      #expect(bins.reduce(0) { $0 + $1.count } == 5_000)
      #expect(bins.count <= 120)
      for bin in bins {
        let inside = samples.count { $0 >= bin.low && $0 < bin.high }
        #expect(abs(inside - bin.count) <= 1)
      }
    }
  }

  @Test func breakdownLabelsItsSegments() throws {
    let labels = try ChartCheck.record(ChartExamples.breakdown()).0.labels.map(\.text)
    for text in ["15", "84", "9.2", "waiting for data", "256 Mcycles"] {
      #expect(labels.contains(text), "\(text)")
    }
  }

  @Test func patternsStayInTheirBar() {
    let bar = Rect(x: 10, y: 20, width: 37, height: 12)
    for pattern in BarPattern.allCases {
      let canvas = RecordingCanvas()
      pattern.draw(in: bar, colour: Colour(0), on: canvas, theme: .light)
      for call in canvas.calls {
        guard case .stroke(let path, _) = call else { continue }
        for element in path.elements {
          switch element {
          case .move(let point), .line(let point): #expect(bar.contains(point, slack: 1e-9))
          default: break
          }
        }
      }
    }
  }
}
