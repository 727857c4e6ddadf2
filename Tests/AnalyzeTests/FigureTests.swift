import Foundation
import Plots
import TestSupport
import Testing

@testable import analyze

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The figures of the default report on the example logs.
enum ReportFigures {
  /// What `analyze logs/*.txt -o FOLDER` wrote, by path in the folder.
  struct Files: Sendable {
    var all: [String: [UInt8]]

    /// Names of the figures, sorted.
    var figures: [String] {
      all.keys.filter { $0.hasPrefix("plots/") && $0.hasSuffix(".png") }.sorted()
        .map { String($0.dropFirst(6).dropLast(4)) }
    }

    func bytes(_ path: String) throws -> [UInt8] { try #require(all[path], "no \(path)") }

    func svg(_ figure: String) throws -> String {
      String(decoding: try bytes("plots/\(figure).svg"), as: UTF8.self)
    }

    func charts() throws -> [any Chart] {
      try figures.map { try Figures.chart(fromSVG: try svg($0)) }
    }
  }

  private static let first = Result { try written() }

  /// Of one run that all tests share.
  static func files() throws -> Files { try first.get() }

  /// Of a run of its own.
  static func written() throws -> Files {
    try withFolder { folder in
      let result = Harness.analyze(Harness.logs + ["-o", folder])
      #expect(result.status == 0, "\(result.err)")
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      var files = Files(all: [:])
      for name in names {
        if let data = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")) {
          files.all[name] = Array(data)
        }
      }
      return files
    }
  }

  static func draw(
    _ chart: some Chart, _ theme: Theme = .light, _ layout: Layout = .wide
  ) throws -> String {
    try Figures.svg(layout == .wide ? chart : chart.laidOut(layout), theme: theme)
  }

  static func name(_ chart: any Chart) -> String { chart.heading.name.lowercased() }

  /// What stands between the word and the next quote.
  static func values(_ text: String, after word: String) -> [String] {
    text.components(separatedBy: word).dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  static func isWellFormedXML(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

  /// The number in four bytes from an offset on, highest first.
  static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
    bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
  }
}

/// What every figure of the default report has to be.
@Suite(.serialized) struct FigureTests {
  @Test func everyFigureHasItsFilesAndStandsInThePage() throws {
    let files = try ReportFigures.files()
    #expect(files.figures.count >= 2)
    let page = String(decoding: try files.bytes("report.html"), as: UTF8.self)
    for figure in files.figures {
      for name in ["\(figure).svg", "\(figure)-dark.svg"] {
        let svg = Data(try files.bytes("plots/\(name)")).base64EncodedString()
        #expect(page.contains("base64,\(svg)\""), "\(name)")
      }
    }
    let plots = files.all.keys.filter { $0.hasPrefix("plots/") }
    #expect(plots.count == 3 * files.figures.count)
  }

  @Test func secondRunGivesTheSameBytes() throws {
    let first = try ReportFigures.files().all
    let second = try ReportFigures.written().all
    #expect(first.keys.sorted() == second.keys.sorted())
    for (name, bytes) in first { #expect(second[name] == bytes, "\(name)") }
  }

  /// Cairo numbers what it defines by a counter of the process, which no figure may show.
  @Test func orderAndNumberOfDrawingsDoNotShow() throws {
    let files = try ReportFigures.files()
    let charts = try files.charts()
    var drawn: [String: [Int]] = [:]
    var count = 0
    // Until every figure was the tenth or later in this order and the other.
    for order in [charts.reversed(), charts] + Array(repeating: charts.reversed(), count: 4) {
      guard drawn.isEmpty || drawn.values.contains(where: { $0.max() ?? 0 < 10 }) else { break }
      for chart in order {
        let name = ReportFigures.name(chart)
        count += 1
        drawn[name, default: []].append(count)
        #expect(try ReportFigures.draw(chart) == files.svg(name), "\(name), drawing \(count)")
      }
    }
    #expect(drawn.keys.sorted() == files.figures)
    #expect(drawn.values.allSatisfy { $0.max() ?? 0 >= 10 })
  }

  @Test func figuresOnOnePageShareNoID() throws {
    var all: Set<String> = []
    for chart in try ReportFigures.files().charts() {
      for (theme, layout) in [
        (Theme.light, Layout.wide), (.dark, .wide), (.light, .compact), (.dark, .compact),
      ] {
        let svg = try ReportFigures.draw(chart, theme, layout)
        let ids = ReportFigures.values(svg, after: " id=\"")
        #expect(!ids.isEmpty && Set(ids).count == ids.count)
        #expect(all.isDisjoint(with: ids), "\(chart.heading.name)")
        all.formUnion(ids)
        let clips = svg.components(separatedBy: "url(#").dropFirst().map {
          String($0.prefix { $0 != ")" })
        }
        let references = ReportFigures.values(svg, after: "href=\"#") + clips
        #expect(!references.isEmpty && Set(references).isSubset(of: ids))
      }
    }
  }

  /// The sections draw the same files as `redraw` does from the SVGs, in another order.
  @Test func pdfsAreTheSameAndBearNoDateOfToday() throws {
    let files = try ReportFigures.files()
    try withFolder { folder in
      var seen: Set<String> = []
      for section in ["operators", "attribute", "explain", "roofline", "crossover"] {
        let path = "\(folder)/\(section).pdf"
        let options = section == "crossover" ? ["--predict"] : []
        #expect(Harness.analyze([section] + options + Harness.logs + ["-o", path]).status == 0)
        let paths = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        for name in paths where name.hasPrefix(section) {
          let pdf = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
          #expect(pdf.starts(with: "%PDF-1".utf8))
          let dates = String(decoding: pdf, as: UTF8.self).matches(of: /Date \((?:D:)?(\d+)/)
          #expect(!dates.isEmpty)
          #expect(dates.allSatisfy { $0.output.1 == "20000101000000" })
          for figure in files.figures {
            try redrawn(figure, files, folder) { if $0 == pdf { seen.insert(figure) } }
          }
        }
      }
      #expect(seen.sorted() == files.figures)
    }
  }

  private func redrawn(
    _ figure: String, _ files: ReportFigures.Files, _ folder: String, _ use: ([UInt8]) -> Void
  ) throws {
    let svg = "\(folder)/in-\(figure).svg"
    let pdf = "\(folder)/out-\(figure).pdf"
    if !FileManager.default.fileExists(atPath: pdf) {
      try Data(try files.bytes("plots/\(figure).svg")).write(to: URL(fileURLWithPath: svg))
      #expect(Harness.analyze("redraw", svg, "-o", pdf).status == 0)
    }
    use(Array(try Data(contentsOf: URL(fileURLWithPath: pdf))))
  }

  @Test func everySVGSaysWhatItIsAndHoldsItsNumbers() throws {
    let files = try ReportFigures.files()
    for figure in files.figures.flatMap({ [$0, $0 + "-dark"] }) {
      let svg = try files.svg(figure)
      let outline = SVGOutline()
      let parser = XMLParser(data: Data(svg.utf8))
      parser.delegate = outline
      #expect(parser.parse(), "\(figure) is not well-formed")
      #expect(svg.hasPrefix("<svg "))
      #expect(outline.root["role"] == "img")
      let labels = outline.root["aria-labelledby"]?.split(separator: " ").map(String.init)
      #expect(labels == ["title", "desc"].compactMap { outline.ids[$0] } && labels?.count == 2)
      #expect(outline.texts["title"]?.isEmpty == false)
      #expect(outline.texts["desc"]?.isEmpty == false)
      let metadata = try #require(outline.texts["metadata"])
      let stored = try #require(
        try JSONSerialization.jsonObject(with: Data(metadata.utf8)) as? [String: Any])
      #expect((stored["format"] as? String)?.hasPrefix("pico2-benchmark.figure/") == true)
      let chart = try #require(stored["chart"] as? [String: Any])
      let rows = ["points", "rows", "groups", "gaps", "runs", "series"].compactMap {
        chart[$0] as? [Any]
      }
      #expect(rows.contains { !$0.isEmpty }, "\(figure) holds no data")
      #expect(svg.firstMatch(of: /\d{4}-\d\d-\d\d/) == nil)
      #expect(svg.firstMatch(of: /\d\d:\d\d:\d\d/) == nil)
    }
  }

  @Test func everyPNGIsTwiceThePageAndHoldsNothingElse() throws {
    let files = try ReportFigures.files()
    for figure in files.figures {
      let svg = try files.svg(figure)
      let box = try #require(ReportFigures.values(svg, after: "viewBox=\"").first)
        .split(separator: " ").compactMap { Double($0) }
      try #require(box.count == 4)
      let png = try files.bytes("plots/\(figure).png")
      #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
      var chunks: [String] = []
      var offset = 8
      while offset + 12 <= png.count {
        chunks.append(String(decoding: png[(offset + 4)..<(offset + 8)], as: UTF8.self))
        offset += 12 + ReportFigures.number(png, offset)
      }
      #expect(offset == png.count)
      // No tIME, no tEXt.
      #expect(chunks == ["IHDR", "IDAT", "IEND"])
      #expect(ReportFigures.number(png, 16) == Int((2 * box[2]).rounded(.up)))
      #expect(ReportFigures.number(png, 20) == Int((2 * box[3]).rounded(.up)))
    }
  }
}

/// The attributes of the root, and ids and texts of its named children.
private final class SVGOutline: NSObject, XMLParserDelegate {
  private(set) var root: [String: String] = [:]
  private(set) var ids: [String: String] = [:]
  private(set) var texts: [String: String] = [:]
  private var path: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    if path.isEmpty { root = attributes }
    if path.count == 1 {
      ids[name] = attributes["id"]
      texts[name] = ""
    }
    path.append(name)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { path.removeLast() }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if path.count == 2, let name = path.last { texts[name, default: ""] += text }
  }
}
