import Foundation
import Support
import TestSupport
import Testing

@testable import Plots

@Suite struct OutputTests {
  @Test(arguments: [Theme.light, .dark])
  func `the first and the tenth drawing are the same bytes`(theme: Theme) throws {
    let first = try Figures.svg(Samples.board(), theme: theme)
    for _ in 0..<8 { _ = try Figures.svg(Samples.comparison()) }
    #expect(try Figures.svg(Samples.board(), theme: theme) == first)
  }

  @Test func `figures on one page share no id and refer to their own`() throws {
    let figures = [
      try Figures.svg(Samples.board()), try Figures.svg(Samples.board(), theme: .dark),
      try Figures.svg(Samples.board().laidOut(.compact)), try Figures.svg(Samples.comparison()),
    ]
    var all: Set<String> = []
    for figure in figures {
      let ids = Self.values(figure, after: " id=\"")
      #expect(Set(ids).count == ids.count)
      #expect(all.isDisjoint(with: ids))
      all.formUnion(ids)
      let references = Self.values(figure, after: "href=\"#")
      #expect(!references.isEmpty)
      #expect(Set(references).isSubset(of: ids))
      for id in Self.values(figure, after: "aria-labelledby=\"").flatMap({
        $0.split(separator: " ")
      }) {
        #expect(ids.contains(String(id)))
      }
    }
  }

  /// What stands between the word and the next quote.
  static func values(_ text: String, after word: String) -> [String] {
    text.components(separatedBy: word).dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  @Test func `the SVG has a role, a title, a description and no prologue`() throws {
    let svg = try Figures.svg(Samples.board())
    #expect(svg.hasPrefix("<svg "))
    #expect(svg.contains(" role=\"img\""))
    #expect(svg.contains(">RP2350 at 150 MHz: operators under their roofs</title>"))
    #expect(svg.contains(">Roofline of an RP2350 with ten operators.</desc>"))
    #expect(svg.contains("viewBox=\"0 0 700 "))
    #expect(isWellFormedXML(svg))
    #expect(svg.utf8.count < 300_000)
  }

  @Test(arguments: StructureTests.charts)
  func `a figure is drawn again from its SVG`(chart: RooflineChart) throws {
    let svg = try Figures.svg(chart)
    let read = try Figures.chart(fromSVG: svg)
    #expect(read as? RooflineChart == chart)
    func draw(_ chart: some Chart) throws -> String { try Figures.svg(chart) }
    #expect(try draw(read) == svg)
  }

  @Test func `the PDF is the same on every run and bears no date of today`() throws {
    let first = try Figures.pdf(Samples.board())
    _ = try Figures.pdf(Samples.comparison())
    #expect(try Figures.pdf(Samples.board()) == first)
    #expect(first.starts(with: Array("%PDF-1".utf8)))
    let text = String(decoding: first, as: UTF8.self)
    #expect(text.contains("20000101000000"))
  }

  @Test func `the PNG has the size of the page times the scale and is not blank`() throws {
    let png = try Figures.png(Samples.board(), scale: 2)
    #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47]))
    func number(_ offset: Int) -> Int {
      png[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(number(16) == 1400)
    #expect(number(20) > 800)
    #expect(png.count > 20_000)
    #expect(try Figures.png(Samples.board(), scale: 2) == png)
    #expect(try Figures.png(Samples.board(), theme: .dark, scale: 2) != png)
  }

  @Test func `an SVG from elsewhere is refused with a reason`() throws {
    let good = try Figures.svg(Samples.board())
    let cases: [(String, String)] = [
      ("<svg></svg>", "no <metadata>"), ("<svg><metadata>{}</metadata></svg>", "not a stored"),
      (good.replacing("figure/1", with: "figure/9"), "figure/9"),
      (
        good.replacing("\"kind\":\"roofline\",\"theme\"", with: "\"kind\":\"pie\",\"theme\""),
        "'pie'"
      ),
      (good.replacing("\"byteCounter\"", with: "\"other\""), "byteCounter"),
      (good.replacing("\"clockHertz\":150000000", with: "\"clockHertz\":[]"), "clockHertz"),
    ]
    for (svg, words) in cases {
      let error = #expect(throws: Diagnostic.self) { try Figures.chart(fromSVG: svg) }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }

  @Test(.enabled(if: hasGoldenFont, "needs DejaVu Sans 2.37 and Cairo 1.16"))
  func `the figures look as they did`() throws {
    try Golden.expect(try Figures.svg(Samples.board()), "roofline.svg")
    try Golden.expect(
      try Figures.svg(Samples.comparison().laidOut(.compact), theme: .dark),
      "roofline-compact-dark.svg")
  }
}
