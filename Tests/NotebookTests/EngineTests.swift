import Support
import Testing

@testable import Notebook

@Suite struct EngineTests {
  @Test func laterCellsRunAfterAFailure() {
    let source = "# T\n\n```analyze\nbad\ngood\n```\ntext\n\n```analyze\n'x\ngood\n```\n"
    var ran: [String] = []
    let notebook = Notebook.run(source: source, name: "n.md") { command in
      ran.append("\(command.cell):\(command.line) \(command.words.joined(separator: "|"))")
      return command.words == ["bad"]
        ? .failure(Diagnostic("cell", "no", remedy: "do")) : .blocks([.rule])
    }
    #expect(ran == ["1:4 bad", "1:5 good", "2:11 good"])
    #expect(notebook.title == "T")
    #expect(
      notebook.errors.map(\.description) == [
        "n.md:4:1: error: no\n  do",
        "n.md:10:1: error: the quote ' is not closed on this line\n"
          + "  close it with ', or write \\' for the character itself",
      ])
    guard case .cell(let first) = notebook.parts[1], case .cell(let last) = notebook.parts[3] else {
      Issue.record("the order of the parts is lost")
      return
    }
    #expect(first.results.map(\.text) == ["bad", "good"])
    #expect(first.output.count == 2 && last.output.count == 2)
    #expect(last.line == 9)
  }

  @Test func readingErrorsStandInPlace() {
    let notebook = Notebook.run(source: "a\n\n```\nb", name: "n") { _ in .blocks([]) }
    #expect(notebook.title == "n")
    #expect(notebook.parts.count == 1)
    #expect(notebook.parts[0].blocks.count == 3)
    #expect(notebook.errors.count == 1)
  }

  @Test func tablesAreFoundWhereverTheyAre() {
    let table = Table(columns: [.init(["a"])], rows: [])
    let document = ExecutedNotebook(
      title: "",
      blocks: [
        .callout(Callout(.note, blocks: [.list(List(items: [[.table(table)]]))])), .table(table),
      ])
    #expect(document.tables == [table, table])
  }

  @Test func raggedRowsAreFilled() {
    let table = Table(
      columns: [.init(["a"]), .init(["b"])],
      rows: [.init([.number("1")]), .init([.number("1"), .number("2"), .number("3")])])
    #expect(table.columns.count == 3)
    #expect(table.rows.allSatisfy { $0.cells.count == 3 })
  }
}
