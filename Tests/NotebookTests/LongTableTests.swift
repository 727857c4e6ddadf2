import Testing

@testable import Notebook

/// A table of thousands of rows: people are shown the first, and told of the others.
@Suite struct LongTableTests {
  private static let count = Table.mostShown + 1234
  private static let blocks: [Block] = [
    .table(
      Table(
        columns: [.init(["run"]), .init(["time"], unit: "ms")],
        rows: (0..<count).map {
          .init([.text("run\($0)."), .number("\($0)", sortValue: Double($0))])
        }))
  ]
  private static let words = "1,234 more rows not shown here, CSV has every row"

  @Test(arguments: OutputForm.allCases) private func firstRowsAndHowManyMore(_ form: OutputForm) {
    let text = form.render(ExecutedNotebook(title: "", blocks: Self.blocks))
    #expect(text.contains("run\(Table.mostShown - 1)."))
    #expect(!text.contains("run\(Table.mostShown)."))
    #expect(text.contains(Self.words))
  }

  @Test func everyRowInCSV() throws {
    guard case .table(let table) = Self.blocks[0] else { return }
    let lines = CSVRenderer().render(table).split(separator: "\r\n")
    #expect(
      lines.count == Self.count + 1 && lines.last == "run\(Self.count - 1).,\(Self.count - 1)")
  }

  @Test func aTableOfFewerRowsIsWhole() {
    let table = Table(
      columns: [.init(["n"])], rows: (0..<Table.mostShown).map { .init([.text("\($0)")]) })
    #expect(table.hidden == 0 && TableNotes(table).legend == nil)
  }
}

/// What people read.
private enum OutputForm: CaseIterable {
  case terminal, markdown, html

  func render(_ notebook: ExecutedNotebook) -> String {
    switch self {
    case .terminal: TerminalRenderer().render(notebook)
    case .markdown: MarkdownRenderer().render(notebook)
    case .html: HTMLRenderer().render(notebook)
    }
  }
}
