import Support
import Testing

@testable import Notebook

@Suite struct HTMLTests {
  /// What the renderer itself may write; everything else must be escaped.
  private static let tags: Set<String> = [
    "!doctype", "html", "head", "meta", "title", "style", "body", "div", "header", "nav", "main",
    "section", "p", "ol", "ul", "li", "a", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em",
    "code",
    "pre", "span", "hr", "table", "caption", "thead", "tbody", "tr", "th", "td", "sup", "figure",
    "picture", "source", "img", "figcaption", "details", "summary",
  ]
  private static let void: Set<String> = ["!doctype", "meta", "hr", "source", "img"]

  /// Reads the page as strictly as XML: known tags, quoted attributes, everything closed in order.
  private func checkWellFormed(_ page: String, _ name: String) {
    var open: [String] = []
    var ids: Set<String> = []
    for match in page.replacing(/<!--.*?-->/.dotMatchesNewlines(), with: "").matches(of: /<[^>]*>?/)
    {
      let tag = match.output
      guard
        let parts = tag.wholeMatch(
          of: /<(\/?)([a-z0-9!]+)((?: [a-z-]+(?:="[^"<>]*")?)*)>/)
      else {
        Issue.record("\(name): not a tag: \(tag)")
        return
      }
      let element = String(parts.output.2)
      guard Self.tags.contains(element) else {
        Issue.record("\(name): unknown element \(element)")
        return
      }
      for attribute in parts.output.3.matches(of: /\ ([a-z-]+)(?:="([^"]*)")?/) {
        let value = String(attribute.output.2 ?? "")
        #expect(!attribute.output.1.hasPrefix("on") && attribute.output.1 != "style")
        if attribute.output.1 == "id" {
          #expect(ids.insert(value).inserted, "\(name): id \(value)")
        }
        if attribute.output.1 == "src" || attribute.output.1 == "srcset" {
          #expect(value.hasPrefix("data:image/svg+xml;base64,"))
        }
      }
      if parts.output.1 == "/" {
        if open.popLast() != element { Issue.record("\(name): \(element) closed out of order") }
      } else if !Self.void.contains(element) {
        open.append(element)
      }
    }
    #expect(open.isEmpty)
    #expect(!page.unicodeScalars.contains { $0 != "\n" && HiddenCharacters.contains($0) })
  }

  @Test func sampleIsWellFormed() {
    let page = HTMLRenderer().render(SampleDocument.notebook())
    checkWellFormed(page, "sample")
    #expect(!page.contains("<script"))
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:;"))
    #expect(page.contains("<title>Rain at four stations</title>"))
    #expect(page.contains("<li><a href=\"#tables-that-fit\">Tables that fit</a></li>"))
    #expect(page.contains("<caption>") && page.contains("<th scope=\"row\">north_ridge</th>"))
    #expect(page.contains("media=\"screen and (prefers-color-scheme: dark)\""))
  }

  @Test func randomDocumentsAreWellFormed() {
    for seed in 0..<150 as Range<UInt64> {
      var generator = DocumentGenerator(seed: seed)
      let title = generator.text(3)
      let document = ExecutedNotebook(title: title, blocks: generator.blocks(most: 5))
      checkWellFormed(HTMLRenderer().render(document), "seed \(seed)")
    }
  }

  @Test func contentIsEscaped() {
    let evil = "<img src=x onerror='a()'>\"&\u{0}"
    let safe = "&lt;img src=x onerror=&#39;a()&#39;&gt;&quot;&amp;␀"
    let blocks: [Block] = [
      .paragraph([.text(evil)]), .code(language: evil, text: evil),
      .heading(level: 1, [.code(evil)]),
    ]
    let page = HTMLRenderer().render(ExecutedNotebook(title: evil, blocks: blocks))
    #expect(!page.contains("<img") && page.contains("<p>\(safe)</p>"))
    #expect(page.contains("<title>\(safe)</title>"))
  }

  @Test func contentsAreTheHeadingsOfTheSecondLevel() {
    let rest: [Block] = [
      .heading(level: 2, ["Findings"]), .heading(level: 3, ["Detail"]),
      .heading(level: 2, ["Sources"]),
    ]
    func entries(_ blocks: [Block]) -> [String] {
      let page = HTMLRenderer().render(ExecutedNotebook(title: "t", blocks: blocks))
      return page.matches(of: /<li><a href="#([^"]*)">/).map { String($0.output.1) }
    }
    #expect(entries(rest) == ["findings", "sources"])
    #expect(
      entries([.heading(level: 2, ["In short"])] + rest) == ["in-short", "findings", "sources"])
  }

  /// Only long text wraps: a column of `fp32 (said int8)` must not become three lines high.
  @Test func shortCellsStayOnOneLine() {
    let table = Table(
      columns: [.init(["a"]), .init(["b"])],
      rows: [.init([.text("fp32 (said int8)"), .text("dtype, runtime and weights (not stated)")])])
    let page = HTMLRenderer().render(ExecutedNotebook(title: "t", blocks: [.table(table)]))
    #expect(page.contains("tbody th, tbody td { white-space: nowrap; }"))
    #expect(page.contains("tbody .long { white-space: normal;"))
    #expect(page.contains("<th scope=\"row\">fp32 (said int8)</th>"))
    #expect(page.contains("<td class=\"long\">dtype, runtime"))
  }

  @Test func anchorsAreUnique() {
    var anchors = Anchors()
    #expect(anchors.heading("Hello, World!") == "hello-world")
    #expect(anchors.heading("hello world") == "hello-world-1")
    #expect(anchors.heading("hello-world-1") == "hello-world-1-1")
    #expect(anchors.heading("!?") == "section")
  }
}
