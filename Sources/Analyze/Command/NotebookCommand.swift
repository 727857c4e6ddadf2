import ArgumentParser
import Notebook
import Performance
import Support

/// Runs a user's notebook.
struct NotebookCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract: "Run the ```analyze cells of a Markdown file and write their results.",
    discussion: """
      A cell is a fenced block marked 'analyze'; each of its lines is a section with its options:

        ```analyze
        speedup --filter dtype=int8
        ```

      With -o a folder gets the executed notebook as NAME.html, NAME.md and NAME.ipynb, all \
      numbers as NAME.json, and tables/*.csv, plots/*.svg and plots/*.png with the tables and \
      figures that it shows. What an earlier run wrote there and this one does not is removed; other \
      files stay. The notebook itself is never written over.

      Pictures of its prose are shown where they lie in the notebook's folder or below it, as PNG, \
      JPEG, GIF, WebP or SVG without scripts; those of other machines become links. HTML comments stay \
      comments.

      Sections: \(Section.all.map(\.name).joined(separator: ", ")).

      EXAMPLES
        analyze notebook study.md logs/*.txt
        analyze notebook study.md logs/*.txt -o out
      """)
  @Argument(help: "The notebook, a Markdown file.", completion: .file(extensions: ["md"]))
  var notebook: String
  @OptionGroup var arguments: CommonArguments

  func run(on console: inout Console) throws -> Int32 {
    let source = try TextFile.read(
      notebook, as: "notebook",
      remedy: "Name a Markdown file, then the logs: analyze notebook study.md logs/*.txt.")
    let target = arguments.output.output.map {
      ReportFolder(folder: $0, name: stem, document: stem)
    }
    let inputs = [notebook] + arguments.input.files
    try target?.protect(inputs)
    let options = try arguments.analysis.options()
    let session = try Session(arguments.input, console: &console)
    let result = session.analysis(options)
    let shortfall = Shortfall.of(result, in: session)
    if let shortfall, !shortfall.leavesResults {
      session.report(on: &console)
      shortfall.report(on: &console)
      return 1
    }
    var pictures = NotebookPictures(notebook: notebook)
    let executed = NotebookEngine(session: session, analysis: result, namesComparisons: true).run(
      source: source, name: notebook
    ) { pictures.read($0) }
    let format = arguments.output.format ?? .text
    if format == .json {
      console.out += try AnalysisDocument(
        result, diagnostics: session.diagnostics, shortfall: shortfall
      ).json()
    } else {
      Delivery.show(executed, format: format, on: &console)
    }
    let obstacle = shortfall ?? target.flatMap { Shortfall.ofReading(session, path: $0.folder) }
    if obstacle == nil {
      try target?.write(
        executed, analysis: result, diagnostics: session.diagnostics, beside: inputs, on: &console)
    }
    session.report(on: &console)
    obstacle?.report(on: &console)
    for error in executed.errors { console.report(error) }
    let isComplete = Delivery.reportFigures(of: executed, on: &console)
    guard isComplete, obstacle == nil, executed.errors.isEmpty else { return 1 }
    if format == .csv { try Delivery.expectTables(in: executed, of: "the notebook") }
    return session.status(result, strict: arguments.output.strict)
  }

  /// The notebook's name without folder and extension.
  private var stem: String {
    let name = notebook.split(separator: "/").last.map(String.init) ?? notebook
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
