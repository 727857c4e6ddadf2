import CommandLineSupport
import Notebook
import Support
import Testing

@Suite struct OutputFormatTests {
  @Test(arguments: [
    ("a.csv", OutputFormat.csv), ("a/b.JSON", .json), ("a.md", .markdown),
    ("x.markdown", .markdown),
    ("a.html", .html), ("a.htm", .html), ("a.txt", nil), ("a", nil), ("", nil),
  ])
  func endingNamesTheForm(path: String, format: OutputFormat?) {
    #expect(OutputFormat(ending: path) == format)
  }

  @Test func tablesFollowEachOther() {
    let table = Table(columns: [.init(["a"])], rows: [.init([.text("1")])])
    let document = ExecutedNotebook(title: "t", blocks: [.table(table), .table(table)])
    #expect(
      OutputFormat.csv.text(document, environment: Environment()) == "a\r\n1\r\n\r\na\r\n1\r\n")
  }
}
