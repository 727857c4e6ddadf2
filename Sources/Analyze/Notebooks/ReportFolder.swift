import CommandLineSupport
import Ingest
import Notebook
import Performance
import Plots

/// The folder that `-o` fills: NAME.html, NAME.md, NAME.ipynb, a document, tables/*.csv and
/// plots/*.svg|png.
///
/// What an earlier run left in tables/ and plots/ would pass for a result of this one, so any other
/// *.csv in tables/ is removed, and from plots/ the drawings that this program made. Pictures of other
/// origin stay.
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
    // What lies in the folders of results is replaced or removed.
    try Delivery.protect(inputs, from: files.map { "\(folder)/\($0)" } + old())
  }

  /// Writes everything and says so on standard error. A figure that could not be drawn has no file;
  /// see `Delivery.reportFigures`.
  func write(
    _ notebook: ExecutedNotebook, analysis: Analysis, diagnostics: [Diagnostic],
    on console: inout Console
  ) throws {
    try Delivery.folder(folder)
    let drawings = FigureFiles.all(of: notebook).map {
      (path: "\(folder)/\(FigureFiles.folder)/\($0.name)", bytes: $0.bytes)
    }
    let tables = NotebookTables.named(in: notebook).map {
      (path: "\(folder)/tables/\($0.name).csv", bytes: Array(CSVRenderer().render($0.table).utf8))
    }
    let texts = [
      HTMLRenderer().render(notebook),
      MarkdownRenderer(figureDirectory: FigureFiles.folder).render(notebook),
      IPYNBRenderer().render(notebook),
      try AnalysisDocument(analysis, diagnostics: diagnostics).json(),
    ]
    // The documents name the drawings, so those come first.
    for file in drawings + tables { try Delivery.write(file.bytes, to: file.path) }
    for (file, text) in zip(files, texts) { try Delivery.write(text, to: "\(folder)/\(file)") }
    try removeOld(keeping: Set((drawings + tables).map(\.path)))
    console.err += "wrote \(folder)/: \(files.joined(separator: ", ")), "
    console.err += counted(tables.count, "table")
    let figures = notebook.figures.count
    console.err += figures > 0 ? ", \(counted(figures, "figure"))\n" : "\n"
  }

  private func removeOld(keeping kept: Set<String>) throws {
    for path in old() where !kept.contains(path) {
      do throws(SystemFailure) {
        try OutputFiles.remove(path)
      } catch {
        throw OutputFailure(
          message: "the old result '\(path)' cannot be removed: \(error.words)",
          remedy: "Remove it, or name another folder with -o.")
      }
    }
  }

  /// What lies in the folders of results and is one.
  private func old() -> [String] {
    files(in: "tables").filter { $0.hasSuffix(".csv") } + drawings()
  }

  /// Drawings that carry their chart, and the PNGs beside them.
  private func drawings() -> [String] {
    let files = files(in: FigureFiles.folder)
    let own = files.filter { $0.hasSuffix(".svg") && Self.isOwn($0) }
    let stems = Set(own.map { $0.dropLast(4) })
    return own + files.filter { $0.hasSuffix(".png") && stems.contains($0.dropLast(4)) }
  }

  private func files(in part: String) -> [String] {
    let inner = "\(folder)/\(part)"
    return OutputFiles.names(in: inner).map { "\(inner)/\($0)" }.filter {
      !OutputFiles.isFolder($0)
    }
  }

  private static func isOwn(_ path: String) -> Bool {
    guard
      let text = try? TextFile.read(path, as: "figure", remedy: "")
    else { return false }
    return (try? Figures.chart(fromSVG: text)) != nil
  }
}
