import Support
import Testing

@testable import Notebook

@Suite struct PictureTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]

  private func run(_ source: String) -> ExecutedNotebook {
    Notebook.run(source: source, name: "t.md") { target in
      guard let content = PictureContent(file: target.value, bytes: Self.png),
        target.value.hasSuffix(".png")
      else { return .failure(Diagnostic("cell", "no \(target.value)", remedy: "Draw it.")) }
      return .success(content)
    } cell: { _ in
      .blocks([])
    }
  }

  private func parse(_ text: String) -> [Inline] { InlineParser.parse(text) }

  @Test func localPicturesAreShownInEveryForm() throws {
    let notebook = run("# T ![logo](l.png)\n\n## U ![*my* logo](a/l.png)\n\ntext ![](b.png)\n")
    #expect(notebook.errors.isEmpty)
    let names = notebook.pictures.map(\.name)
    #expect(names.count == 2 && names[0].wholeMatch(of: /l-[0-9a-f]{8}.png/) != nil, "\(names)")
    let html = HTMLRenderer().render(notebook)
    let url = "data:image/png;base64,\(Base64.encode(Self.png))"
    #expect(html.contains("<img class=\"picture\" src=\"\(url)\" alt=\"my logo\">"))
    #expect(html.contains(".picture { max-width"))
    let copied = MarkdownRenderer(pictures: .copied(to: "pictures")).render(notebook)
    #expect(copied.contains("## U ![my logo](pictures/\(names[0]))"))
    #expect(MarkdownRenderer().render(notebook).contains("![my logo](a/l.png)"))
    let jupyter = IPYNBRenderer().render(notebook)
    #expect(jupyter.contains("![my logo](attachment:\(names[0]))"))
    #expect(jupyter.contains("\"\(names[1])\": {\n     \"image/png\": \""))
    let terminal = TerminalRenderer(width: 90).render(notebook)
    #expect(terminal.contains("[picture] my logo (a/l.png)") && terminal.contains("(b.png)"))
  }

  @Test func pictureInALinkIsShown() throws {
    let html = HTMLRenderer().render(run("[![logo](l.png)](https://x.org)"))
    #expect(html.contains("<a href=\"https://x.org\"><img class=\"picture\""))
    let target = try #require(LinkTarget("https://x.org"))
    #expect(
      parse("[![logo](http://h/l.png)](https://x.org)") == [
        .link(["logo (http://h/l.png)"], target)
      ])
  }

  @Test func titlesArePassedOverAndAngleBracketsUnwrapped() throws {
    func picture(_ target: String) throws -> [Inline] {
      [.picture(Picture(alternativeText: "t", target: try #require(LinkTarget(target))))]
    }
    for source in [
      "![t](p.png \"A title\")", "![t](p.png 'A (title')", "![t](p.png  \"a \\\" b\" )",
      "![t](p.png\n\"A title\")", "![t](<p.png> \"A title\")", "![t](<p.png>)", "![t](p.png )",
    ] {
      try #expect(parse(source) == picture("p.png"), "\(source)")
    }
    try #expect(parse("![t](<my (pic.png>)") == picture("my%20(pic.png"))
    let web = try #require(LinkTarget("http://x/n.png"))
    #expect(parse("![t](http://x/n.png \"title\")") == [.link(["t"], web)])
    #expect(parse("([t](http://x/n.png 'title'))") == ["(", .link(["t"], web), ")"])
    for source in [
      "![t](p.png \"A title)", "![t](p.png title)", "![t](p.png\"title\")", "![t](<p.png)",
      "![t](<p<.png>)", "![t](<p.png>\"title\")", "![t](p.png \"a\" \"b\")", "![t](<javascript:x>)",
      "![t](<>)", "![t](p(.png \"title\")",
    ] {
      #expect(parse(source).plainText == source, "\(source)")
    }
  }

  @Test func onePictureThatFailsIsNamedAndReported() {
    let notebook = run("a\n\n- ![words](x.gif) and ![w](y.png)\n")
    #expect(notebook.errors.map(\.description) == ["t.md:3:1: error: no x.gif\n  Draw it."])
    let html = HTMLRenderer().render(notebook)
    #expect(html.contains("<li>words and <img") && html.contains("no x.gif"))
    #expect(!html.contains("x.gif\""))
  }

  /// What another machine holds is a link: a page that loads it tells who reads it.
  @Test(arguments: [
    "![x](http://h/i.png)", "![](HTTPS://h/i.png)", "![![x](http://h/i.png)](http://h/j.png)",
    "wow!![x](http://h/i.png)", "*![x](http://h/i.png)*", "| ![x](http://h/i.png) |\n|-|",
    "\\![x](http://h/i.png)", "wow![x](http://h/i.png)", "!\\![x](http://h/i.png)",
    "![x][r]\n\n[r]: http://h/i.png", "![r]\n\n[r]: http://h/i.png", "<img src=http://h/i.png>",
    "<picture><source srcset=http://h/i.png></picture>", "[![x](http://h/i.png)](http://h)",
    "![x](//h/i.png)", "![x](data:image/png;base64,AAAA)", "![x](file:///etc/passwd)",
    "![x](javascript:alert(1))", "![x](http://h/i.png \"t\")", "![x](<http://h/i.png>)",
  ])
  func nothingIsLoaded(_ source: String) throws {
    let notebook = run(source)
    #expect(!HTMLRenderer().render(notebook).contains("<img"))
    for text in [MarkdownRenderer().render(notebook), IPYNBRenderer().render(notebook)] {
      // Two backslashes are one in JSON.
      let plain = text.replacing("\\\\", with: "\\").replacing("\\!", with: "_").replacing(
        "\\[", with: "_")
      #expect(!plain.contains("!["), "\(text)")
      #expect(!plain.replacing("\\<", with: "").contains(/<(img|source|picture)/), "\(text)")
    }
  }

  @Test func anExclamationMarkBeforeALinkStaysOne() throws {
    let link = Inline.link(["x"], try #require(LinkTarget("http://h/i.png")))
    for inlines: [Inline] in [
      ["wow!", link], [.strong(["!", .strong([link])])], [.emphasis(["a!"]), link],
    ] {
      let text = MarkdownRenderer().render([.paragraph(inlines)])
      let block = ParsedNotebook(parsing: text, name: "t").elements[0].content
      guard case .block(.paragraph(let found)) = block else {
        Issue.record("\(text)")
        continue
      }
      #expect(found.plainText == inlines.plainText, "\(text)")
      #expect(!text.replacing("\\!", with: "").contains("!["), "\(text)")
    }
    #expect(
      MarkdownRenderer().render([.paragraph(["wow!", link])]) == "wow\\![x](http://h/i.png)\n")
  }

  @Test func kindsAreToldByTheirBytes() {
    func kind(_ bytes: [UInt8]) -> PictureContent.Kind? {
      PictureContent(file: "x.png", bytes: bytes)?.kind
    }
    #expect(kind(Self.png) == .png && kind([0xff, 0xd8, 0xff, 0xe0]) == .jpeg)
    #expect(kind(Array("GIF89a".utf8)) == .gif && kind(Array("RIFF....WEBPVP8 ".utf8)) == .webp)
    #expect(kind(Array("<svg/>".utf8)) == .svg)
    for bytes in [[], Array("<html>".utf8), Array("%PDF-1.4".utf8), Array("root:x:0:0".utf8)] {
      #expect(kind(bytes) == nil)
    }
  }

  @Test(arguments: [
    "<svg><script>x</script></svg>", "<svg onload=\"x\"/>", "<svg><g ONCLICK = 'x'/></svg>",
    "<svg><a href=\"javascript:x\"/></svg>", "<svg><image href=\"http://h/x.png\"/></svg>",
    "<svg><use xlink:href='other.svg#a'/></svg>", "<svg><foreignObject/></svg>",
    "<!DOCTYPE svg [<!ENTITY x \"y\">]><svg/>", "<svg><s:script xmlns:s='x'/></svg>",
    "<svg style=\"background: url(http://h/x)\"/>", "<svg><style>@import 'x';</style></svg>",
    "<?xml-stylesheet href='x'?><svg/>", "<svg/onload=x>", "\u{0}<svg/>",
    "<svg><image href=\"data:image/svg+xml;base64,AA\"/></svg>",
  ])
  func drawingsThatActAreRefused(_ text: String) {
    #expect(PictureContent(file: "x.svg", bytes: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><desc>on = off, description</desc></svg>",
    "\u{feff}<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"d\">\n<svg/>",
    "<svg><use href=\"#a\"/><rect fill=\"url(#b)\" font-family='x'/></svg>",
    "<svg><image xlink:href=\"data:image/png;base64,AAAA\"/></svg>",
  ])
  func drawingsAreShown(_ text: String) {
    #expect(PictureContent(file: "x.svg", bytes: Array(text.utf8))?.kind == .svg)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "![", "![](", "![a](b", "![a](b)", "![![a](b)](c)",
      "![a](b \"", "![a](b 'c' ", "![a](<", "![a](<b> \"", "![a](b\\ ",
    ])
  func manyTakeLinearTime(_ piece: String) {
    let source = String(repeating: piece, count: (1 << 16) / piece.utf8.count)
    #expect(!InlineParser.parse(source).isEmpty)
    let deep = String(repeating: "![", count: 10_000) + String(repeating: "](b)", count: 10_000)
    #expect(!InlineParser.parse(deep).isEmpty)
    let titles =
      String(repeating: "[", count: 10_000) + String(repeating: "](", count: 10_000)
      + String(repeating: " ", count: 10_000)
    #expect(!InlineParser.parse(titles).isEmpty)
  }
}
