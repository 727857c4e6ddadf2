import Ingest
import Notebook
import Performance
import Support

/// The folder that `-o` fills: NAME.html, NAME.md, NAME.ipynb, a document, tables/*.csv, plots/*.svg|png
/// and pictures/*.
///
/// What an earlier run left in those folders would pass for a result of this one, so it is removed as far
/// as the manifest names it, see `ReportManifest`. Other files stay, which is said.
struct ReportFolder {
  /// The folder of the copies of a notebook's pictures.
  static let pictures = "pictures"

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
    self.name = FileName.stem(name)
    self.document = FileName.stem(document)
  }

  /// The files that are written in any case.
  var files: [String] {
    ["\(name).html", "\(name).md", "\(name).ipynb", "\(document).json"]
  }

  /// Refuses to write over `inputs`, as far as it is known what will be written; call it before anything
  /// is read.
  func protect(_ inputs: [String]) throws(CommandFailure) {
    let old = ReportManifest(of: folder).entries.map(\.path) + results(in: ReportManifest.tables)
    try Delivery.protect(inputs, from: (files + old.sorted()).map { "\(folder)/\($0)" })
  }

  /// Writes everything and says so on standard error; nothing where that would write over `inputs`. A
  /// figure that could not be drawn has no file; see `Delivery.reportFigures`.
  func write(
    _ notebook: ExecutedNotebook, analysis: Analysis, diagnostics: [Diagnostic],
    beside inputs: [String] = [], on console: inout Console
  ) throws {
    let tables = NotebookTables.named(in: notebook).map {
      (path: "tables/\($0.name).csv", bytes: Array(CSVRenderer().render($0.table).utf8))
    }
    // The documents name the drawings, so those come first.
    let results =
      FigureFiles.all(of: notebook).map {
        (path: "\(FigureFiles.folder)/\($0.name)", bytes: $0.bytes)
      } + notebook.pictures.map { (path: "\(Self.pictures)/\($0.name)", bytes: $0.bytes) } + tables
    try Delivery.protect(inputs, from: results.map { "\(folder)/\($0.path)" })
    try Delivery.folder(folder)
    let texts = [
      HTMLRenderer().render(notebook),
      MarkdownRenderer(figureDirectory: FigureFiles.folder, pictures: .copied(to: Self.pictures))
        .render(notebook),
      IPYNBRenderer().render(notebook),
      try AnalysisDocument(analysis, diagnostics: diagnostics).json(),
    ]
    let old = ReportManifest(of: folder)
    let new = ReportManifest(results.map { ReportManifest.Entry(path: $0.path, bytes: $0.bytes) })
    let replaced = results.map(\.path).filter { path in
      OutputFiles.kind(of: "\(folder)/\(path)") != nil && !old.entries.contains { $0.path == path }
    }
    // First both, so that a run that is cut off leaves nothing that no manifest names.
    try ReportManifest(old.entries.union(new.entries)).write(to: folder)
    for file in results { try Delivery.write(file.bytes, to: "\(folder)/\(file.path)") }
    for (file, text) in zip(files, texts) { try Delivery.write(text, to: "\(folder)/\(file)") }
    let written = Set(results.map(\.path))
    try old.removeObsolete(in: folder, keeping: written)
    try new.write(to: folder)
    console.err += "wrote \(folder)/: \(files.joined(separator: ", ")), "
    console.err += counted(tables.count, "table")
    let figures = notebook.figures.count
    console.err += figures > 0 ? ", \(counted(figures, "figure"))\n" : "\n"
    note(
      replaced, "an earlier run did not write it, and this one replaced it",
      "an earlier run did not write them, and this one replaced them",
      "Restore what you need from a copy, and name another folder with -o.", on: &console)
    for part in ReportManifest.folders { noteForeign(part, beside: written, on: &console) }
  }

  /// Says which files could pass for results of this run.
  private func noteForeign(
    _ part: ReportManifest.Folder, beside written: Set<String>, on console: inout Console
  ) {
    note(
      results(in: part).filter { !written.contains($0) },
      "was not written by this run, and stays", "were not written by this run, and stay",
      "Move it elsewhere if it could pass for a result.", on: &console)
  }

  /// Says the same of one or more files, where there are any.
  private func note(
    _ files: [String], _ ofOne: String, _ ofMore: String, _ remedy: String,
    on console: inout Console
  ) {
    guard let first = files.first else { return }
    let others = files.count > 1 ? " and \(counted(files.count - 1, "other file"))" : ""
    let fact = files.count > 1 ? ofMore : ofOne
    console.err += "\(MessageText.line("\(folder)/\(first)"))\(others): note: \(fact)\n"
    console.err += "  \(remedy)\n"
  }

  /// The files in a folder of results that have the names of results, as in `tables/runs.csv`.
  private func results(in part: ReportManifest.Folder) -> [String] {
    OutputFiles.names(in: "\(folder)/\(part.name)").filter { name in
      name.lastIndex(of: ".").map { part.endings.contains(String(name[$0...].dropFirst())) }
        ?? false
    }.map { "\(part.name)/\($0)" }.filter { OutputFiles.kind(of: "\(folder)/\($0)") != .folder }
  }
}
