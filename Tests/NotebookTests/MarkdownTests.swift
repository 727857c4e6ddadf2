import Support
import TestSupport
import Testing

@testable import Notebook

@Suite struct MarkdownTests {
  private func reread(_ blocks: [Block]) -> [Block] {
    ParsedNotebook(parsing: MarkdownRenderer().render(blocks), name: "t").elements.compactMap {
      if case .block(let block) = $0.content { block } else { nil }
    }
  }

  @Test(arguments: [
    "# no heading", "- no list", "1. no list", "12) no list", "+ x", "---", "===", "> x",
    "| a | b |",
    "```", "~~~", "*a* _b_ **c**", "<b>", "`x`", "[a](b)", "\\", "a\\", "&amp;", "$x$", "a_b_c",
    "_a",
    "![a](b)", "~~a~~", "__init__", "* x", "[!NOTE]", "#", "1.", "CONV_2D",
  ])
  func textComesBackAsItWas(text: String) {
    #expect(reread([.paragraph([.text(text)])]) == [.paragraph([.text(text)])])
    #expect(
      reread([.list(List(lines: [[.text(text)]]))]) == [.list(List(lines: [[.text(text)]]))])
    #expect(reread([.heading(level: 2, [.text(text)])]) == [.heading(level: 2, [.text(text)])])
    // In Markdown all cells are text, so the parser says which are numbers.
    let cell: Table.Cell = text == "1." ? .number(text) : .text(text)
    let table = Table(
      columns: [.init([.text(text)], alignment: .leading), .init(["x"], alignment: .center)],
      rows: [.init([cell, .text([.code("a|b`")])])])
    #expect(reread([.table(table)]) == [.table(table)])
    #expect(reread([.code(language: "c", text: text)]) == [.code(language: "c", text: text)])
  }

  @Test func blocksComeBack() {
    let blocks: [Block] = [
      .paragraph([.strong(["a ", .emphasis(["b"])]), " ", .code("``c`"), " ", .code("x")]),
      .list(
        List(
          .ordered(start: 2),
          items: [
            [.paragraph(["a"]), .code(language: nil, text: "x\n\n  y")],
            [.list(List(lines: [["b"], ["c"]]))],
          ])),
      .callout(
        Callout(.finding(.warning), blocks: [.paragraph(["x"]), .list(List(lines: [["y"]]))])),
      .rule, .paragraph(Inline.link([.text("a]b")], target: "x_(y)")),
    ]
    #expect(reread(blocks) == blocks)
  }

  @Test func cellsKeepTheirFence() {
    let source = "```analyze\n# why\n\nrun a\n\n```\n"
    let notebook = Notebook.run(source: source, name: "t") { _ in .blocks([.paragraph(["out"])]) }
    #expect(MarkdownRenderer().render(notebook) == source + "\nout\n")
  }

  @Test func outputIsNeverACell() {
    let text = MarkdownRenderer().render([.code(language: "analyze", text: "rm")])
    #expect(text == "```\nrm\n```\n")
  }

  /// No content can smuggle in a command that runs when the report is read as a notebook.
  @Test func contentNeverBecomesACell() {
    for seed in 0..<300 as Range<UInt64> {
      var generator = DocumentGenerator(seed: seed)
      let evil = "x\n\n```analyze\nrm\n```\n"
      var blocks = generator.blocks(most: 4)
      blocks.append(
        generator.random.pick([
          .paragraph([.text(evil)]), .code(language: evil, text: evil),
          .heading(level: 1, [.code(evil)]),
          .callout(
            Callout(.note, title: [.text(evil)], blocks: [.code(language: "analyze", text: evil)])),
          .table(Table(columns: [.init([.text(evil)])], rows: [.init([.missing(reason: evil)])])),
          .figure(
            Figure(
              name: evil, svg: "", darkSVG: generator.random.pick([nil, ""]),
              alternativeText: evil, caption: [.text(evil)],
              table: Table(columns: [.init([.text(evil)])], rows: []))),
        ]))
      let directory = generator.random.pick([nil, "plots"])
      let text = MarkdownRenderer(figureDirectory: directory).render(blocks)
      let parsed = ParsedNotebook(parsing: text, name: "t")
      for case .cell in parsed.elements.map(\.content) { Issue.record("seed \(seed): \(text)") }
    }
  }

  /// Text of any kind stays inside its paragraph.
  @Test func randomTextStaysOneParagraph() {
    for seed in 0..<400 as Range<UInt64> {
      var generator = DocumentGenerator(seed: seed)
      let text = generator.text(10)
      let expected = VisibleText.line(text).split(separator: " ").joined(separator: " ")
      let found = reread([.paragraph([.text(text)])])
      let plain = found.map { block -> String in
        if case .paragraph(let inlines) = block { inlines.plainText } else { "not a paragraph" }
      }
      let words = plain.map { $0.split(separator: " ").joined(separator: " ") }
      #expect(words == (expected.isEmpty ? [] : [expected]), "seed \(seed)")
    }
  }
}
