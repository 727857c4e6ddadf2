import Testing

@testable import Notebook

/// Small inputs that once took seconds or gigabytes; the time limit only stops a hang.
@Suite struct HostileSizeTests {
  @Test(.timeLimit(.minutes(5))) func equalHeadingsTakeLinearTime() {
    let source = String(repeating: "# a\n", count: 16_000)
    var page = ""
    let notebook = Notebook.run(source: source, name: "n") { _ in .blocks([]) }
    page = HTMLRenderer().render(notebook)
    #expect(page.contains("id=\"a-15999\"") && !page.contains("id=\"a-16000\""))
  }

  @Test func headingsThatLookNumberedStayUnique() {
    var anchors = Anchors()
    let names = ["a", "a-1", "a", "a", "a-2", "a-1", "a"].map { anchors.heading($0) }
    #expect(Set(names).count == names.count)
    #expect(names[0] == "a" && names[1] == "a-1" && names[2] == "a-2")
  }

  @Test func errorsStandBehindTheirOwnBlock() {
    let source = "|a|\n|-|\n|b|c|\n\ntext\n\n```analyze\n'\n```\n\n|a|\n|-|\n|b|c|\n\n> ```\n"
    let notebook = Notebook.run(source: source, name: "n") { _ in .blocks([]) }
    #expect(notebook.errors.map(\.line) == [3, 8, 13, 15])
    #expect(notebook.parts.map(\.blocks.count) == [3, 1, 4])
  }

  /// 20 KiB of pipes and 16 000 short rows would be 320 million cells.
  @Test(.timeLimit(.minutes(5))) func shortRowsDoNotMultiplyCells() {
    let short = String(repeating: "a\n", count: 16_000)
    let wide = String(repeating: "|", count: 20_000) + "\n"
    let header =
      "|" + String(repeating: "a|", count: 6000) + "\n|"
      + String(repeating: "-|", count: 6000) + "\n"
    for source in ["|a|\n|-|\n" + short + wide, "|a|\n|-|\n" + wide + short, header + short] {
      let parsed = ParsedNotebook(parsing: source, name: "n")
      var cells = 0
      for element in parsed.elements {
        if case .block(.table(let table)) = element.content {
          cells += table.columns.count * (table.rows.count + 1)
        }
      }
      #expect(cells < source.utf8.count + 2 * TableParser.mostAbsentCells)
      #expect(parsed.errors.contains { $0.message.contains("the table ends here") })
      #expect(parsed.elements.count == 2)  // what the table leaves is a paragraph
    }
  }

  /// Every bracket once read up to 2048 characters, counting them again at each one.
  @Test(.timeLimit(.minutes(5)), arguments: ["[](", "[](a", "<http", "<http://", "[a](b"])
  func unfinishedTargetsTakeLinearTime(_ piece: String) {
    let source = String(repeating: piece, count: (1 << 16) / piece.utf8.count)
    var isUnchanged = false
    isUnchanged = InlineParser.parse(source) == [.text(source)]
    #expect(isUnchanged)
  }

  @Test func targetsKeepTheirRules() throws {
    func parse(_ text: String) -> [Inline] { InlineParser.parse(text) }
    func link(_ text: String, _ target: String) throws -> Inline {
      .link([.text(text)], try #require(LinkTarget(target)))
    }
    #expect(try parse("[a](b(c)d)") == [link("a", "b(c)d")])
    #expect(try parse("[a](b\\)c)") == [link("a", "b)c")])
    #expect(try parse("[a](b\\(c)") == [link("a", "b(c")])
    #expect(
      try parse("(x [a](b) [c](d)") == [.text("(x "), link("a", "b"), .text(" "), link("c", "d")])
    for text in ["[a](b c)", "[a](b(c)", "[a](b\\ c)", "[a](", "<http://a b>", "<http://a"] {
      #expect(parse(text).plainText.hasPrefix(text.first == "[" ? "[a](" : "<http"))
    }
    #expect(
      try parse("<http://a><http://b>") == [
        link("http://a", "http://a"), link("http://b", "http://b"),
      ])
    let longest = String(repeating: "a", count: InlineParser.longestTarget)
    #expect(try parse("[a](\(longest))") == [link("a", longest)])
    #expect(parse("[a](\(longest)a)") == [.text("[a](\(longest)a)")])
  }

  /// Each pair of marks once copied all that was read before it.
  @Test(.timeLimit(.minutes(5)), arguments: ["_a_ ", "*a*", "**a*", "**a** "])
  func emphasisTakesLinearTime(_ piece: String) {
    let source = String(repeating: piece, count: (1 << 16) / piece.utf8.count)
    var count = 0
    count = InlineParser.parse(source).count
    #expect(count > 1)
  }

  /// Each item once asked all items whether the list is tight.
  @Test(.timeLimit(.minutes(5))) func longListsTakeLinearTime() {
    let source = String(repeating: "- a\n", count: 16_000)
    let notebook = Notebook.run(source: source, name: "n") { _ in .blocks([]) }
    var lengths: [Int] = []
    lengths = [
      TerminalRenderer().render(notebook), MarkdownRenderer().render(notebook),
      HTMLRenderer().render(notebook),
    ].map(\.utf8.count)
    #expect(lengths.allSatisfy { $0 > source.utf8.count - 1 })
  }
}
