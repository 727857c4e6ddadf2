import TestSupport
import Testing

@testable import Notebook

@Suite struct GoldenTests {
  let notebook = SampleDocument.notebook()

  @Test func html() throws {
    try Golden.expect(HTMLRenderer().render(notebook), "sample.html")
  }

  @Test func markdown() throws {
    try Golden.expect(
      MarkdownRenderer(figureDirectory: "plots").render(notebook), "sample.md")
  }

  @Test func jupyter() throws {
    try Golden.expect(IPYNBRenderer().render(notebook), "sample.ipynb")
  }

  @Test func terminal() throws {
    let hint = "with --format csv"
    try Golden.expect(
      TerminalRenderer(width: 80, columnHint: hint).render(notebook), "sample-80.txt")
    try Golden.expect(TerminalRenderer(width: 140).render(notebook), "sample-140.txt")
    try Golden.expect(
      TerminalRenderer(width: 60, unicode: false).render(notebook), "sample-60-ascii.txt")
    try Golden.expect(
      TerminalRenderer(width: 80, colour: true).render(notebook), "sample-80-colour.txt")
    try Golden.expect(TerminalRenderer(width: 24).render(notebook), "sample-24.txt")
  }

  @Test func csv() throws {
    let tables = notebook.tables
    #expect(tables.count == 4)
    try Golden.expect(
      tables.map { CSVRenderer().render($0) }.joined(separator: "\r\n"), "sample.csv")
  }
}
