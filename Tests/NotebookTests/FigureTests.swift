import Support
import Synchronization
import Testing

@testable import Notebook

/// Counts what it is asked for.
final class CountingFigure: FigureSource {
  let asked = Mutex<[String]>([])

  func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]? {
    asked.withLock { $0.append("\(form)") }
    if form == .pdf { throw Diagnostic("figure", "no paper", remedy: "") }
    return form == .svg(.light, .compact) ? nil : Array("\(form)".utf8)
  }

  func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? {
    asked.withLock { $0.append("text \(width) \(unicode)") }
    return TextDrawing(["drawn"])
  }

  var count: Int { asked.withLock(\.count) }
}

@Suite struct FigureTests {
  private func document(_ source: any FigureSource) -> ExecutedNotebook {
    ExecutedNotebook(
      title: "t", blocks: [.figure(Figure(name: "f", source: source, alternativeText: "a"))])
  }

  @Test func nothingIsDrawnBeforeAnOutputAsks() {
    let source = CountingFigure()
    let document = document(source)
    _ = document.figures
    _ = document.tables
    _ = MarkdownRenderer().render(document)
    #expect(source.count == 0)
    #expect(TerminalRenderer(width: 50, unicode: false).render(document) == "drawn\n")
    #expect(source.asked.withLock { $0 } == ["text 50 false"])
  }

  @Test func eachFormIsDrawnOnceForAllOutputs() {
    let source = CountingFigure()
    let document = document(source)
    for _ in 0..<2 {
      _ = HTMLRenderer().render(document)
      _ = MarkdownRenderer(figureDirectory: "plots").render(document)
      _ = IPYNBRenderer().render(document)
      _ = TerminalRenderer(images: .kitty).render(document)
    }
    let forms = source.asked.withLock { $0 }.filter { !$0.hasPrefix("text") }
    #expect(Set(forms).count == forms.count, "\(forms)")
    #expect(forms.count == 4, "\(forms)")
  }

  @Test func failuresAreKeptAndSaidOnce() throws {
    let figure = Figure(name: "f", source: CountingFigure(), alternativeText: "")
    #expect(figure.failures.isEmpty)
    for _ in 0..<2 {
      #expect(throws: Diagnostic("figure", "no paper", remedy: "")) { try figure.drawing(.pdf) }
    }
    #expect(figure.failures == [Diagnostic("figure", "no paper", remedy: "")])
    let broken = ExecutedNotebook(title: "", blocks: [.figure(SampleDocument.brokenFigure)])
    let sentence = "Figure snow could not be drawn: the axis has "
    #expect(HTMLRenderer().render(broken).contains(sentence + "&lt;no&gt; end"))
    #expect(
      MarkdownRenderer(figureDirectory: "p").render(broken).contains(sentence + "\\<no> end"))
    #expect(IPYNBRenderer().render(broken).contains(sentence))
    let text = TerminalRenderer(width: 90, images: .kitty).render(broken)
    #expect(text.contains(sentence) && text.contains("Snow by month"))
  }

  @Test func identityIsNameAndWords() {
    let one = Figure(name: "f", source: CountingFigure(), alternativeText: "a")
    #expect(one == Figure(name: "F", source: PreparedFigure(), alternativeText: "a"))
    #expect(one != Figure(name: "g", source: PreparedFigure(), alternativeText: "a"))
    #expect(one != Figure(name: "f", source: PreparedFigure(), alternativeText: "b"))
  }

  @Test(arguments: [
    ("Roofline RP2350", "roofline-rp2350"), ("../../etc/passwd", "etc-passwd"), ("", "figure"),
    ("...", "figure"), ("a..b", "a.b"), ("cnn_l4_c8", "cnn_l4_c8"), ("é\u{0}/", "figure"),
    ("a/", "a"), (".hidden", "hidden"),
  ])
  func nameIsAFileStem(name: String, stem: String) {
    #expect(FigureName.stem(name) == stem)
  }

  @Test func namesAreUniqueAndSafe() {
    for seed in 0..<200 as Range<UInt64> {
      var generator = DocumentGenerator(seed: seed)
      let document = ExecutedNotebook(title: "", blocks: generator.blocks(most: 8))
      let names = document.figures.map(\.name)
      #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z0-9_][a-z0-9_.-]*/) != nil }, "\(names)")
      #expect(names.allSatisfy { FigureName.stem($0) == $0 || $0.count > 64 }, "\(names)")
      let files = names.flatMap { [$0, FigureName.dark($0)] }
      #expect(Set(files).count == files.count, "seed \(seed): \(names)")
    }
  }

  @Test func repeatedNamesGetNumbersEverywhere() {
    func figure(_ name: String) -> Block {
      .figure(
        Figure(
          name: name, svg: "<svg/>", darkSVG: "<svg/>", alternativeText: "a",
          table: Table(columns: [.init(["x"])], rows: [])))
    }
    let document = ExecutedNotebook(
      title: "",
      blocks: [
        figure("a-dark"), figure("a"), .list(List(items: [[figure("b")]])),
        .callout(Callout(.note, blocks: [figure("b")])), figure("b-2"),
      ])
    #expect(document.figures.map(\.name) == ["a-dark", "a-2", "b", "b-2", "b-2-2"])
    #expect(
      document.tables.map(\.caption.plainText) == [
        "a-dark: data", "a-2: data", "b: data", "b-2: data", "b-2-2: data",
      ])
    let text = MarkdownRenderer(figureDirectory: "plots").render(document)
    for name in ["a-2", "b-2-2"] {
      #expect(text.contains("src=\"plots/\(name).svg\""))
      #expect(text.contains("srcset=\"plots/\(name)-dark.svg\""))
    }
  }

  @Test func longTableOfAFigureStaysOutOfMarkdown() {
    func text(_ rows: Int) -> String {
      let table = Table(
        columns: [.init(["x"])], rows: (0..<rows).map { .init([.text("row \($0)")]) })
      let figure = Figure(name: "f", svg: "<svg/>", alternativeText: "a", table: table)
      return MarkdownRenderer(figureDirectory: "p").render([.figure(figure)])
    }
    #expect(text(12).contains("| row 11 |"))
    #expect(!text(13).contains("| row"))
    #expect(text(13).contains("The numbers of this figure, 13 rows, are in the CSV"))
  }

  @Test func narrowWindowsGetTheCompactDrawing() {
    let page = HTMLRenderer().render(
      ExecutedNotebook(title: "t", blocks: [.figure(SampleDocument.fullFigure)]))
    let media = page.matches(of: /<source media="([^"]*)"/).map { String($0.output.1) }
    // A browser takes the first that fits.
    #expect(
      media == [
        "screen and (max-width: 40rem) and (prefers-color-scheme: dark)",
        "screen and (max-width: 40rem)", "screen and (prefers-color-scheme: dark)",
      ])
    #expect(!page.contains("<div class=\"drawing\""))
    #expect(page.contains("<summary>The numbers of this figure: 1 row</summary>"))
    let wide = HTMLRenderer().render(
      ExecutedNotebook(title: "t", blocks: [.figure(SampleDocument.figure)]))
    #expect(wide.contains("<div class=\"drawing\" role=\"region\""))
    #expect(!wide.contains("<details>"))
  }
}
