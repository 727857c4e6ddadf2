import Testing

@testable import Notebook

@Suite struct CommentTests {
  private func blocks(_ source: String) -> [Block] {
    ParsedNotebook(parsing: source, name: "t.md").elements.compactMap {
      if case .block(let block) = $0.content { block } else { nil }
    }
  }

  private func comment(_ text: String) throws -> HTMLComment { try #require(HTMLComment(text)) }

  private func forms(_ source: String) -> (html: String, markdown: String, jupyter: String) {
    let notebook = Notebook.run(source: source, name: "t.md") { _ in .blocks([]) }
    return (
      HTMLRenderer().render(notebook), MarkdownRenderer().render(notebook),
      IPYNBRenderer().render(notebook)
    )
  }

  @Test func commentsAreBlocksAndText() throws {
    #expect(try blocks("<!-- a -->") == [.comment(comment("a"))])
    #expect(
      try blocks("  <!--\na\n\n  b --> \ntext") == [
        .comment(comment("a\n\n  b")), .paragraph(["text"]),
      ])
    #expect(
      try blocks("one\n<!-- a -->\ntwo") == [
        .paragraph(["one"]), .comment(comment("a")), .paragraph(["two"]),
      ])
    #expect(
      try blocks("a <!-- *b* --> c") == [.paragraph(["a ", .comment(comment("*b*")), " c"])])
    #expect(
      try blocks("<!-- a --> *b*") == [
        .paragraph([.comment(comment("a")), " ", .emphasis(["b"])])
      ])
    #expect(blocks("`<!-- a -->`") == [.paragraph([.code("<!-- a -->")])])
    #expect(blocks("\\<!-- a -->") == [.paragraph(["<!-- a -->"])])
  }

  @Test func commentsStayCommentsInEveryForm() {
    let source = "<!-- licence\n\nof *this* -->\n\n# T <!-- x -->\n\n| a <!-- p \\| q --> |\n|:-|\n"
    let (html, markdown, jupyter) = forms(source)
    for text in [html, markdown] {
      #expect(text.contains("<!-- licence\n\nof *this* -->"))
      #expect(text.contains("T <!-- x -->"))
    }
    #expect(html.contains("<!-- p | q -->") && markdown.contains("| a <!-- p \\| q --> |"))
    #expect(jupyter.contains("<!-- licence") && !jupyter.contains("&lt;!--"))
    #expect(html.contains("<header>\n<!-- licence") && html.contains("<title>T </title>"))
    #expect(blocks(markdown) == blocks(source))
    let terminal = TerminalRenderer().render(
      Notebook.run(source: source, name: "t") { _ in .blocks([]) })
    #expect(!terminal.contains("licence") && !terminal.contains("<!--"))
  }

  @Test func commentedCellsDoNotRun() {
    var ran = 0
    let source = "<!--\n```analyze\nspeedup\n```\n-->\n\n```analyze\nruns\n```\n"
    let notebook = Notebook.run(source: source, name: "t") { _ in
      ran += 1
      return .blocks([])
    }
    #expect(ran == 1 && notebook.errors.isEmpty)
    let again = ParsedNotebook(parsing: MarkdownRenderer().render(notebook), name: "t")
    #expect(again.elements.count == 2)
  }

  /// Where a browser ends the comment earlier than Markdown does, it is text.
  @Test(arguments: [
    "<!-- a --!> <img src=x onerror=alert(1)> -->", "a <!-- --!><script>x</script> -->",
    "<!-- a -->\u{301}<img src=x onerror=alert(1)> -->",
    "<!--\n--!>\n<script>alert(1)</script>\n-->",
    "<!--><script>alert(1)</script> -->", "<!---><script>alert(1)</script> -->",
    "a <!--><img src=x onerror=alert(1)>-->", "<!-- a --> <script>alert(1)</script>",
    "- <!-- a --> <script>alert(1)</script>", "> <!-- a --> <script>alert(1)</script>",
    "<!-- a <!-- b --> <img src=x onerror=alert(1)> -->",
    "| <!-- a --> <script>x</script> |\n|-|", "**<!-- a --> <script>x</script>**",
    "# <!-- a --> <script>x</script>", "[<!-- a ](b) --> <img src=x onerror=x>](c)",
  ])
  func nothingEscapesAComment(_ source: String) {
    let (html, markdown, jupyter) = forms(source)
    #expect(!Self.live(html).contains { $0 == "script" || $0 == "img" }, "\(html)")
    // Line by line, as Markdown: what begins with a comment is HTML up to its end.
    for line in markdown.split(separator: "\n") {
      let start = String(line.drop { " ->".contains($0) })
      if start.hasPrefix("<!--"), start.contains("-->") {
        #expect(start.hasSuffix("-->"), "\(markdown)")
      }
      #expect(Self.live(start).isEmpty, "\(markdown)")
    }
    #expect(!jupyter.contains("\"<script") && !jupyter.contains(" <script"), "\(jupyter)")
  }

  /// The elements of a page as a browser finds them (HTML, 13.2.5.43 to 52).
  private static func live(_ page: String) -> [String] {
    var rest = Substring(page.replacing("\\<", with: "&lt;"))
    var found: [String] = []
    while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[start...]
      guard rest.utf8.starts(with: "<!--".utf8) else {
        found.append(String(rest.dropFirst().prefix { $0.isLetter }).lowercased())
        rest = Substring(rest.unicodeScalars.dropFirst())
        continue
      }
      rest = Substring(rest.unicodeScalars.dropFirst(4))
      if rest.utf8.starts(with: ">".utf8) || rest.utf8.starts(with: "->".utf8) { continue }
      while !rest.isEmpty, !rest.utf8.starts(with: "-->".utf8), !rest.utf8.starts(with: "--!>".utf8)
      {
        rest = Substring(rest.unicodeScalars.dropFirst())
      }
      rest = Substring(rest.unicodeScalars.dropFirst(3))
    }
    return found
  }

  /// Whatever stands before it without a letter of its own, no comment begins a line of text.
  @Test func noCommentBeginsText() throws {
    let comment = Inline.comment(try comment("a"))
    for first: [Inline] in [[], ["  "], [.emphasis([])], [.strong([" "]), ""], [comment, " "]] {
      let text = MarkdownRenderer().render([.paragraph(first + [comment, "<b>"])])
      #expect(text.hasSuffix("<!-- a -->\n\n\\<b>\n"), "\(text)")
    }
  }

  @Test(arguments: ["- a\n\n", "> a\n>\n", "1. - a\n\n"])
  func commentedCellsInListsDoNotRun(_ start: String) {
    let prefix = start.hasPrefix(">") ? "> " : start.hasPrefix("1") ? "     " : "  "
    let lines = ["<!--", "```analyze", "x", "", "```", "-->"].map { prefix + $0 }
    let blocks = blocks(start + lines.joined(separator: "\n") + "\n")
    #expect(blocks.count == 1)
    let again = ParsedNotebook(parsing: MarkdownRenderer().render(blocks), name: "t")
    #expect(again.elements.map(\.content) == blocks.map { .block($0) })
    #expect(again.errors.isEmpty)
  }

  /// Servers and old browsers obey some comments that begin without a space.
  @Test(arguments: ["#exec cmd=\"x\"", "esi <esi:include/>", "[if IE]><script>x</script><![endif]"])
  func noCommentIsAnOrder(_ order: String) {
    let (html, markdown, _) = forms("<!--\(order)-->")
    #expect(html.contains("<!-- \(order) -->") && markdown == "<!-- \(order) -->\n")
  }

  @Test func hiddenCharactersShow() throws {
    let found = try comment("a\u{202e}b\u{0}c\u{200b}\td")
    #expect(found.text == "a\\u{202e}b␀c\\u{200b}  d")
  }

  @Test func aCommentWithoutEndIsText() {
    let parsed = ParsedNotebook(parsing: "a\n\n  <!-- b\n# c\n<!-- d\n", name: "t.md")
    #expect(parsed.errors.map(\.line) == [3])
    #expect(parsed.errors.first?.message == "the comment <!-- is not closed")
    #expect(
      blocks("<!-- b\n# c") == [.paragraph(["<!-- b"]), .heading(level: 1, ["c"])])
    #expect(forms("<!-- b\n<b>").markdown.hasPrefix("\\<!-- b \\<b>\n"))
  }

  @Test(
    .timeLimit(.minutes(1)), arguments: ["<!-- ", "<!--\n", "> <!--\n", "<!-- -->", "- <!--\n"])
  func manyTakeLinearTime(_ piece: String) {
    let source = String(repeating: piece, count: (1 << 16) / piece.utf8.count)
    let parsed = ParsedNotebook(parsing: source, name: "t")
    #expect(!parsed.elements.isEmpty)
  }
}
