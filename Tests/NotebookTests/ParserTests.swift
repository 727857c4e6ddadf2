import Testing

@testable import Notebook

private func blocks(_ source: String) -> [Block] {
  ParsedNotebook(parsing: source, name: "t.md").elements.compactMap {
    if case .block(let block) = $0.content { block } else { nil }
  }
}

private func errors(_ source: String) -> [String] {
  ParsedNotebook(parsing: source, name: "t.md").errors.map {
    "\($0.line):\($0.column) \($0.message)"
  }
}

@Suite struct BlockParserTests {
  @Test func headings() {
    #expect(
      blocks("# One\n### Three ###\n####### seven\n#none") == [
        .heading(level: 1, ["One"]), .heading(level: 3, ["Three"]),
        .paragraph(["####### seven #none"]),
      ])
    #expect(blocks("## C#") == [.heading(level: 2, ["C#"])])
  }

  @Test func paragraphsAreSoftWrapped() {
    #expect(
      blocks("one\n  two\n\nthree\r\nfour\rfive") == [
        .paragraph(["one two"]), .paragraph(["three four five"]),
      ])
  }

  @Test func htmlIsText() {
    #expect(blocks("<b>x</b>") == [.paragraph(["<b>x</b>"])])
  }

  @Test func rulesAndLists() {
    #expect(blocks("***\n- - -\n___") == [.rule, .rule, .rule])
    #expect(
      blocks("- a\n- b\n  c\n* d") == [
        .list(List(lines: [["a"], ["b c"]])), .list(List(lines: [["d"]])),
      ])
    #expect(blocks("3. a\n4. b") == [.list(List(.ordered(start: 3), lines: [["a"], ["b"]]))])
    #expect(
      blocks("- a\n  - b\n    - c\n\n- d") == [
        .list(
          List(items: [
            [
              .paragraph(["a"]),
              .list(
                List(items: [[.paragraph(["b"]), .list(List(lines: [["c"]]))]])),
            ], [.paragraph(["d"])],
          ]))
      ])
    #expect(blocks("a lot in\n2024. And more") == [.paragraph(["a lot in 2024. And more"])])
  }

  @Test func quotesAreNotes() {
    #expect(
      blocks("> a\nb\n> - c") == [
        .callout(
          Callout(.note, blocks: [.paragraph(["a b"]), .list(List(lines: [["c"]]))]))
      ])
    #expect(
      blocks("> [!CAUTION]\n> x") == [
        .callout(Callout(.finding(.error), blocks: [.paragraph(["x"])]))
      ])
  }

  @Test func code() {
    #expect(blocks("```swift x\n a\n\n  b\n```") == [.code(language: "swift", text: " a\n\n  b")])
    #expect(blocks("~~~~\n```\n~~~\n~~~~") == [.code(language: nil, text: "```\n~~~")])
    #expect(blocks("  ```\n   a\n  b\n  ```") == [.code(language: nil, text: " a\nb")])
  }

  @Test func tables() throws {
    let found = blocks("intro\n| a | *b* |\n|:-:|--:|\n| 1 \\| 2 | `x\\|y` |\n| 3\n\nafter")
    guard case .table(let table) = found[1] else {
      Issue.record("no table in \(found)")
      return
    }
    #expect(found.count == 3)
    #expect(table.columns.map(\.title) == [["a"], [.emphasis(["b"])]])
    #expect(table.columns.map(\.alignment) == [.center, .trailing])
    #expect(
      table.rows.map(\.cells) == [
        [.number("1 | 2"), .text([.code("x|y")])],
        [.number("3"), .text([])],
      ])
    #expect(blocks("a | b\n--- | --- | ---") == [.paragraph(["a | b --- | --- | ---"])])
  }

  @Test func surplusCellsAreKeptAndReported() throws {
    let source = "|a|\n|-|\n|1|2|"
    guard case .table(let table) = blocks(source)[0] else {
      Issue.record("no table")
      return
    }
    #expect(table.columns.count == 2)
    #expect(table.rows[0].cells == [.number("1"), .number("2")])
    #expect(errors(source) == ["3:1 the row has 2 cells, the header has 1"])
  }

  @Test func unterminatedFence() {
    #expect(errors("a\n\n  ````analyze\nx") == ["3:3 the fence ```` is not closed"])
    #expect(blocks("```\nx\n\ny") == [.code(language: nil, text: "x\n\ny")])
  }

  @Test func cellInsideListIsReported() {
    #expect(
      errors("- a\n\n  ```analyze\n  x\n  ```") == [
        "3:3 a cell inside a list or a quote is not run"
      ])
  }

  @Test func nestingIsBounded() {
    let deep = String(repeating: "> ", count: 4000) + "x"
    #expect(blocks(deep).count == 1)
    let stars = String(repeating: "*a ", count: 4000) + String(repeating: " a*", count: 4000)
    #expect(blocks(stars).count == 1)
    let brackets = String(repeating: "[", count: 20_000) + String(repeating: "](a)", count: 20_000)
    #expect(blocks(brackets).count == 1)
  }
}

@Suite struct CellTests {
  @Test func commandsKeepTheirPlaces() throws {
    let source = "text\n```analyze\n# remark\n\n  runs 'a b' --x=\"c d\"\nroofline\n```\n"
    let parsed = ParsedNotebook(parsing: source, name: "t.md")
    guard case .cell(let cell)? = parsed.elements.last?.content else {
      Issue.record("no cell")
      return
    }
    #expect(cell.lines == 2...7)
    #expect(cell.number == 1)
    #expect(cell.source == ["# remark", "", "  runs 'a b' --x=\"c d\"", "roofline"])
    #expect(
      cell.instructions == [
        .command(
          CellCommand(
            words: ["runs", "a b", "--x=c d"], text: "runs 'a b' --x=\"c d\"", cell: 1, line: 5,
            column: 3)),
        .command(
          CellCommand(words: ["roofline"], text: "roofline", cell: 1, line: 6, column: 1)),
      ])
  }

  @Test func onlyTheExactInfoStringIsACell() {
    for info in ["analyze x", "Analyze", "analyzer", ""] {
      let parsed = ParsedNotebook(parsing: "```\(info)\nx\n```", name: "t.md")
      #expect(!parsed.elements.contains { if case .cell = $0.content { true } else { false } })
    }
  }

  @Test(arguments: [
    ("a b", ["a", "b"]), ("", []), ("  a\t b ", ["a", "b"]), ("'a b'c", ["a bc"]),
    ("\"a\\\"b\\n\"", ["a\"b\\n"]), ("a\\ b", ["a b"]), ("''", [""]), ("'\\'", ["\\"]),
    ("a\"\"b", ["ab"]), ("\\\"", ["\""]), ("--x='1 2'", ["--x=1 2"]), ("a#b", ["a#b"]),
  ])
  func words(line: String, expected: [String]) throws {
    #expect(try CommandWords.split(line).get() == expected)
  }

  @Test func brokenLinesAreReportedWhereTheyBreak() {
    #expect(
      errors("```analyze\nok\n  run \"x\n```") == [
        "3:7 the quote \" is not closed on this line"
      ])
    #expect(
      errors("```analyze\nrun \\\n```") == [
        "2:5 the backslash at the end of the line escapes nothing"
      ])
  }
}

@Suite struct InlineParserTests {
  @Test(arguments: [
    ("a *b* **c** ***d***", "a <em>b</em> <strong>c</strong> <em><strong>d</strong></em>"),
    ("snake_case_name _x_", "snake_case_name <em>x</em>"),
    ("2 * 3 * 4", "2 * 3 * 4"), ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
    ("*a", "*a"), ("a**b**c", "a<strong>b</strong>c"), ("\\*a\\* \\q", "*a* \\q"),
    ("`a*b*` ``x ` y`` `", "<code>a*b*</code> <code>x ` y</code> `"),
    ("[a *b*](https://x.org/(y))", "<a href=\"https://x.org/(y)\">a <em>b</em></a>"),
    ("[a](javascript:x)", "[a](javascript:x)"), ("[a](/b#c)", "<a href=\"/b#c\">a</a>"),
    ("<https://x.org>", "<a href=\"https://x.org\">https://x.org</a>"), ("<b>", "&lt;b&gt;"),
    ("&amp;", "&amp;amp;"), ("[a](b c)", "[a](b c)"), ("[[a](b)](c)", "<a href=\"c\">[a](b)</a>"),
  ])
  func inline(source: String, html: String) {
    #expect(HTMLBlocks.inline(InlineParser.parse(source)) == html)
  }

  @Test(arguments: [
    "http://a", "HTTPS://a.org/?q=a:b", "#x", "a/b.md", "../x", "?q", "/a:b", "a.md#b:c",
  ])
  func allowedTargets(target: String) {
    #expect(LinkTarget(target)?.value == target)
  }

  @Test(arguments: [
    "", "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//host/x", "/\\host",
    "java\nscript:x", "a b", "file:///etc", "\u{1}javascript:x", "a\u{202e}b", "mailto:a@b", "a\"b",
  ])
  func refusedTargets(target: String) {
    #expect(LinkTarget(target) == nil)
    #expect(Inline.link(["t"], target: target).plainText == "t (\(target))")
  }
}
