import Ingest
import Notebook
import Performance

/// The folder that `-o` fills.
enum ReportFolder {
  /// Writes NAME.html, NAME.md, NAME.ipynb, tables/*.csv and analysis.json; says so on standard error.
  static func write(
    _ notebook: ExecutedNotebook, analysis: Analysis, diagnostics: [Diagnostic], name: String,
    to folder: String, on console: inout Console
  ) throws {
    try Delivery.folder(folder)
    try Delivery.write(HTMLRenderer().render(notebook), to: "\(folder)/\(name).html")
    try Delivery.write(MarkdownRenderer().render(notebook), to: "\(folder)/\(name).md")
    try Delivery.write(IPYNBRenderer().render(notebook), to: "\(folder)/\(name).ipynb")
    try Delivery.write(
      try AnalysisDocument(analysis, diagnostics: diagnostics).json(),
      to: "\(folder)/analysis.json")
    var tables = 0
    for section in Section.all {
      let found = ExecutedNotebook(title: section.title, blocks: section.blocks(analysis)).tables
      for (n, table) in found.enumerated() {
        let file = Self.fileName(of: table, number: n, in: section)
        try Delivery.write(CSVRenderer().render(table), to: "\(folder)/tables/\(file).csv")
        tables += 1
      }
    }
    console.err += "wrote \(folder)/: \(name).html, \(name).md, \(name).ipynb, analysis.json, "
    console.err += "\(tables) tables\n"
  }
  /// `speedup`, then `speedup-what-true-int8-would-take-predicted`: the caption tells tables apart.
  private static func fileName(of table: Table, number: Int, in section: Section) -> String {
    guard number > 0 else { return section.name }
    let words = table.caption.plainText.lowercased().split {
      !$0.isASCII || !$0.isLetter && !$0.isNumber
    }
    return ([section.name] + (words.isEmpty ? ["\(number + 1)"] : words.map(String.init))).joined(
      separator: "-")
  }
}
