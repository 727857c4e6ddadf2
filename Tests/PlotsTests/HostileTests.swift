import Foundation
import Support
import TestSupport
import Testing

@testable import Plots

@Suite struct HostileTests {
  static let texts = [
    "", "<script>alert(1)</script>", "]]>", "&amp;", "a\u{0}b", "\u{1b}[31m", "\u{202e}txet", "\"'",
    "日本語", "👩‍👩‍👧", String(repeating: "w", count: 5_000), "\n\n\t", "\u{fffe}", "--", "</metadata>",
    "a b c d e f", "\u{85}", "\u{7f}",
  ]
  static let numbers: [Double] = [
    0, -0.0, 1, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    1e-300, 1e300, 1e59, 1e-59, 0.1, 10, 1e6, 150e6, 3.7,
  ]

  static func chart(_ random: inout SplitMix) -> RooflineChart {
    func text() -> String { random.pick(texts) }
    func number() -> Double { random.pick(numbers) }
    var chart = RooflineChart(
      Heading(
        name: text(), title: text(), summary: text(), caption: text(),
        layout: random.pick(Layout.allCases),
        size: random.chance(0.3) ? Size(number(), number()) : nil),
      throughput: random.chance(0.5) ? .perCycle : .perSecond(clockHertz: number()),
      byteCounter: text())
    chart.memoryRoofs = (0..<random.int(0...4)).map { _ in
      .init(text(), bandwidth: number(), provenance: text(), isMeasured: random.chance(0.5))
    }
    chart.ceilings = (0..<random.int(0...4)).map { _ in
      .init(text(), throughput: number(), provenance: text(), isMeasured: random.chance(0.5))
    }
    func ridge() -> RooflineChart.Ridge {
      .init(memory: random.int(-1...4), ceiling: random.int(-1...4))
    }
    chart.ridges = (0..<random.int(0...4)).map { _ in ridge() }
    if random.chance(0.5) { chart.zone = .init(ridge: ridge(), left: text(), right: text()) }
    if random.chance(0.5) { chart.noOverlap = ridge() }
    chart.series = (0..<random.int(0...3)).map { _ in .init(text(), random.pick(Role.allCases)) }
    chart.points = (0..<random.int(0...20)).map { _ in
      var point = RooflineChart.DataPoint(
        text(), series: random.int(-1...3), kind: text(), shape: random.pick(MarkerShape.allCases),
        intensity: number(), throughput: number(), isFilled: random.chance(0.5), share: number(),
        priority: number())
      point.low = number()
      point.high = number()
      point.intensityLow = number()
      point.intensityHigh = number()
      point.otherIntensity = number()
      point.isAboveRoof = random.chance(0.2)
      point.isBelowQuantum = random.chance(0.2)
      point.isPredicted = random.chance(0.2)
      return point
    }
    chart.moves = (0..<random.int(0...3)).map { _ in
      .init(from: random.int(-2...22), to: random.int(-2...22), label: text())
    }
    if random.chance(0.3) {
      var limits = RooflineChart.Limits(intensity: 1...10, throughput: 1...10)
      limits.intensityLow = number()
      limits.throughputHigh = number()
      chart.limits = limits
    }
    return chart
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `no text or number breaks a figure`(seed: UInt64) throws {
    var random = SplitMix(seed)
    let chart = Self.chart(&random)
    let svg = try Figures.svg(chart, theme: random.pick([.light, .dark]))
    #expect(isWellFormedXML(svg))
    #expect(!svg.contains("<script"))
    #expect(
      svg.unicodeScalars.allSatisfy {
        $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7f
      })
    _ = TextRoofline(chart, columns: random.int(-5...300), ascii: random.chance(0.5)).lines
    if seed % 8 == 0 {
      #expect(try Figures.pdf(chart).count > 500)
      #expect(try Figures.png(chart, scale: random.pick([0.5, 1, .nan])).count > 100)
    }
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `nothing with a broken number is drawn where nothing is`(seed: UInt64) {
    var random = SplitMix(seed &+ 1_000)
    let chart = Self.chart(&random)
    let canvas = RecordingCanvas()
    Figures.draw(chart, on: canvas)
    for call in canvas.calls {
      guard case .stroke(let path, _) = call else { continue }
      for element in path.elements {
        switch element {
        case .move(let point), .line(let point): #expect(point.x.isFinite && point.y.isFinite)
        case .circle(let centre, let radius): #expect(centre.x.isFinite && radius.isFinite)
        case .curve, .close: break
        }
      }
    }
  }

  /// Flipped, cut and doubled bytes in a stored figure give a figure or an error, never a crash.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a damaged SVG gives a chart or a reason`(seed: UInt64) throws {
    var random = SplitMix(seed)
    var bytes = Array(try Self.stored.get().utf8.prefix(9_000))
    for _ in 0..<random.int(1...4) {
      let index = random.int(0...(bytes.count - 1))
      switch random.int(0...2) {
      case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.removeSubrange(index..<min(bytes.count, index + random.int(1...40)))
      default: bytes.insert(contentsOf: bytes[0..<min(bytes.count, 50)], at: index)
      }
    }
    do {
      let chart = try Figures.chart(fromSVG: String(decoding: bytes, as: UTF8.self))
      func draw(_ chart: some Chart) { Figures.draw(chart, on: RecordingCanvas()) }
      draw(chart)
    } catch let error as Diagnostic {
      #expect(error.description.count > 20)
    }
  }

  private static let stored = Result { try Figures.svg(Samples.board()) }

  @Test func `more than a figure can hold is refused`() throws {
    var chart = Samples.board()
    chart.points = Array(repeating: chart.points[0], count: 2_001)
    let error = #expect(throws: Diagnostic.self) { try chart.validate() }
    #expect(error?.description.contains("2000") == true)
  }

  @Test func `deep nesting is refused`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: Diagnostic.self) {
      try Figures.chart(fromSVG: "<svg><metadata>\(deep)</metadata></svg>")
    }
  }
}
