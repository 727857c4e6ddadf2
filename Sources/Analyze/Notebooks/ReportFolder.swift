import Ingest
import Notebook
import Performance

/// The folder that `-o` fills: NAME.html, NAME.md, NAME.ipynb, a document and tables/*.csv.
struct ReportFolder {
  let folder: String
  /// Stem of the notebook's forms.
  let name: String
  /// Stem of the document with all numbers.
  let document: String

  init(folder: String, name: String, document: String) {
    // 'out/' is 'out'.
    var folder = folder
    while folder.count > 1, folder.last == "/" { folder.removeLast() }
    self.folder = folder
    self.name = name
    self.document = document
  }

  /// The files that are written in any case.
  var files: [String] {
    ["\(name).html", "\(name).md", "\(name).ipynb", "\(document).json"]
  }

  /// Refuses to write over `inputs`; call it before anything is written.
  func protect(_ inputs: [String]) throws(UsageFailure) {
    // What lies in tables/ is replaced or removed.
    let old = Self.tables(in: folder)
    try Delivery.protect(inputs, from: files.map { "\(folder)/\($0)" } + old)
  }

  /// Writes everything and says so on standard error.
  func write(
    _ notebook: ExecutedNotebook, analysis: Analysis, diagnostics: [Diagnostic],
    on console: inout Console
  ) throws {
    try Delivery.folder(folder)
    let texts = [
      HTMLRenderer().render(notebook), MarkdownRenderer().render(notebook),
      IPYNBRenderer().render(notebook),
      try AnalysisDocument(analysis, diagnostics: diagnostics).json(),
    ]
    for (file, text) in zip(files, texts) { try Delivery.write(text, to: "\(folder)/\(file)") }
    let tables = NotebookTables.named(in: notebook).map {
      (path: "\(folder)/tables/\($0.name).csv", text: CSVRenderer().render($0.table))
    }
    try removeOld(keeping: Set(tables.map(\.path)))
    for table in tables { try Delivery.write(table.text, to: table.path) }
    console.err += "wrote \(folder)/: \(files.joined(separator: ", ")), "
    console.err += "\(tables.count) \(tables.count == 1 ? "table" : "tables")\n"
  }

  /// A table that an earlier run left would pass for one of this run.
  private func removeOld(keeping kept: Set<String>) throws {
    for path in Self.tables(in: folder) where !kept.contains(path) {
      do throws(SystemFailure) {
        try OutputFiles.remove(path)
      } catch {
        throw OutputFailure(
          message: "the old table '\(path)' cannot be removed: \(error.words)",
          remedy: "Remove it, or name another folder with -o.")
      }
    }
  }

  private static func tables(in folder: String) -> [String] {
    let tables = "\(folder)/tables"
    return OutputFiles.names(in: tables).filter { $0.hasSuffix(".csv") }
      .map { "\(tables)/\($0)" }.filter { !OutputFiles.isFolder($0) }
  }
}
