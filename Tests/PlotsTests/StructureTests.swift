import Foundation
import Testing

@testable import Plots

@Suite struct StructureTests {
  static let charts = [
    Samples.board(), Samples.comparison(), Samples.board().laidOut(.compact),
    Samples.comparison().laidOut(.compact),
  ]

  private func record(
    _ chart: RooflineChart, theme: Theme = .light
  ) -> (canvas: RecordingCanvas, size: Size) {
    let canvas = RecordingCanvas()
    let size = Figures.draw(chart, on: canvas, theme: theme)
    return (canvas, size)
  }

  @Test(arguments: charts) func `no two labels overlap`(chart: RooflineChart) {
    let labels = record(chart).canvas.labels
    for (index, label) in labels.enumerated() {
      for other in labels[(index + 1)...] {
        // Small slack: boxes include the descenders that most words do not have.
        let overlap = label.box.grown(-0.6).intersects(other.box.grown(-0.6))
        #expect(!overlap, "'\(label.text)' covers '\(other.text)'")
      }
    }
  }

  @Test(arguments: charts) func `all text lies on the page`(chart: RooflineChart) {
    let (canvas, size) = record(chart)
    let page = Rect(x: 0, y: 0, width: size.width, height: size.height)
    for label in canvas.labels {
      #expect(label.box.lies(in: page, slack: 0.5), "'\(label.text)' at \(label.box.bounds)")
    }
  }

  @Test(arguments: charts) func `no text is below 8 pt`(chart: RooflineChart) {
    #expect(record(chart).canvas.labels.allSatisfy { $0.style.size >= 8 })
  }

  @Test(arguments: charts) func `lines stay within the page`(chart: RooflineChart) {
    let (canvas, size) = record(chart)
    let page = Rect(x: 0, y: 0, width: size.width, height: size.height)
    for call in canvas.calls {
      guard case .stroke(let path, _) = call else { continue }
      for element in path.elements {
        switch element {
        case .move(let point), .line(let point): #expect(page.contains(point))
        case .circle(let centre, _): #expect(page.contains(centre))
        case .curve, .close: break
        }
      }
    }
  }

  @Test func `roofs are named along their slope with value and provenance`() throws {
    let canvas = record(Samples.comparison()).canvas
    let label = try #require(
      canvas.labels.first { $0.text == "RP2350 flash: 0.167 B/cycle (registers)" })
    let frame = try #require(self.frame(Samples.comparison()))
    // One decade up per decade right.
    let decade = frame.x.scale.place(10) - frame.x.scale.place(1)
    let rise = frame.y.scale.place(1) - frame.y.scale.place(0.1)
    #expect(abs(label.angle - atan2(rise, decade)) < 1e-9)
    #expect(label.angle < 0)
  }

  private func frame(_ chart: RooflineChart) -> PlotFrame? {
    let canvas = RecordingCanvas()
    let body = Page(chart, on: canvas).body
    return RooflineRenderer(
      chart, in: Drawing(canvas: canvas, theme: .light, layout: .wide, body: body)
    ).frame
  }

  @Test func `a label is parallel to its line and does not touch it`() throws {
    var chart = Samples.comparison()
    chart.points = []
    let canvas = record(chart).canvas
    let label = try #require(canvas.labels.first { $0.text.hasPrefix("int8: 0.800") })
    #expect(label.angle == 0)
    let roofs = canvas.calls.compactMap { call -> OrientedBox? in
      guard case .stroke(let path, let stroke) = call, stroke.width == 1.4,
        case .move(let from) = path.elements.first, case .line(let to) = path.elements.last
      else { return nil }
      return OrientedBox(from: from, to: to, thickness: 1.4)
    }
    #expect(!roofs.isEmpty)
    let level = try #require(roofs.first { abs($0.angle) < 1e-9 && $0.width > 100 })
    #expect(!level.intersects(label.box))
  }

  @Test func `roofs that coincide are one line with both names`() {
    let texts = record(Samples.board()).canvas.labels.map(\.text).joined(separator: "\n")
    #expect(texts.contains("SRAM, XIP cache hit: 600 MB/s (data sheet)"))
  }

  @Test func `only lines that cannot be told apart are joined`() {
    func roof(_ name: String, _ bandwidth: Double, _ provenance: String, measured: Bool = false)
      -> RooflineChart.MemoryRoof
    {
      .init(name, bandwidth: bandwidth, provenance: provenance, isMeasured: measured)
    }
    let roofs = [
      roof("a", 100, "x"), roof("b", 50, "x"), roof("c", 100, "y"), roof("a", 100.5, "x"),
      roof("d", 100, "x", measured: true), roof("e", 100.6, "x"),
    ]
    let joined = roofs.joined(within: 0.005)
    #expect(joined.map(\.name) == ["a, c", "b", "d", "e"])
    #expect(joined.map(\.bandwidth) == [100, 50, 100, 100.6])
    #expect(joined.map(\.provenance) == ["x, y", "x", "x", "x"])
    #expect(roofs.joined(within: 0).map(\.name) == ["a, c", "b", "a", "d", "e"])
    let ceilings = ["int8", "int8", "fp32"].map {
      RooflineChart.Ceiling($0, throughput: 2, provenance: "x", isMeasured: false)
    }
    #expect(ceilings.joined(within: 0).map(\.name) == ["int8, fp32"])
  }

  @Test func `a name that finds no room is in the legend`() {
    var chart = Samples.board()
    chart.memoryRoofs[0].name = String(repeating: "a very long name ", count: 6)
    let texts = record(chart).canvas.labels.map(\.text)
    #expect(texts.contains { $0.hasPrefix("a very long name") })
  }

  @Test func `decades are labelled, whole and the same for equal limits`() {
    var other = Samples.board()
    other.points = Array(other.points.prefix(1))
    other.moves = []
    let labels = record(Samples.board()).canvas.labels.map(\.text)
    for decade in ["0.1", "1", "10", "100", "1000"] { #expect(labels.contains(decade)) }
    #expect(frame(Samples.board())?.x.scale == frame(other)?.x.scale)
    #expect(frame(Samples.board())?.rect == frame(other)?.rect)
  }

  @Test func `colours follow the roles`() {
    let canvas = record(Samples.board()).canvas
    let strokes = canvas.calls.compactMap { call -> Colour? in
      if case .stroke(_, let stroke) = call { stroke.colour } else { nil }
    }
    #expect(strokes.contains(Colour(0x0072b2)))
    #expect(strokes.contains(Colour(0xd55e00)))
    #expect(strokes.contains(Colour(0x000000)))
    let green = record(Samples.comparison()).canvas.calls.contains { call in
      if case .stroke(_, let stroke) = call { stroke.colour == Colour(0x009e73) } else { false }
    }
    #expect(green)
  }

  @Test func `at most eight points are labelled, those of highest priority`() {
    let labels = record(Samples.board()).canvas.labels.filter { $0.text.hasPrefix("operator") }
    #expect((4...8).contains(labels.count))
    #expect(labels.contains { $0.text == "operator 0" })
  }

  @Test func `computed roofs are dashed, measured ones are not`() {
    let canvas = record(Samples.board()).canvas
    let roofs = canvas.calls.compactMap { call -> Stroke? in
      guard case .stroke(_, let stroke) = call, stroke.width == 1.4 else { return nil }
      return stroke
    }
    #expect(roofs.contains { $0.dash.isEmpty })
    #expect(roofs.contains { !$0.dash.isEmpty })
  }

  @Test func `the notes count what is left out and what is in error`() {
    var chart = Samples.board()
    chart.points[0].throughput = .nan
    chart.points[2].intensity = -1
    chart.memoryRoofs[0].bandwidth = .infinity
    let notes = chart.notes.joined(separator: " ")
    #expect(notes.contains("1 MAC = 2 operations."))
    #expect(notes.contains("2 points have no place"))
    #expect(notes.contains("One roof is not a positive number"))
    #expect(notes.contains("One point lies above its roof"))
  }
}
