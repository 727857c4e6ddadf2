import ArgumentParser
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
    let delivery = try NotebookDelivery(
      arguments, name: stem, document: stem, reading: [notebook])
    let options = try arguments.analysis.options()
    var pictures = NotebookPictures(notebook: notebook)
    return try delivery.deliver(options, on: &console) { session, analysis in
      NotebookEngine(session: session, analysis: analysis, namesComparisons: true).run(
        source: source, name: notebook
      ) { pictures.read($0) }
    }
  }

  /// The notebook's name without folder and extension.
  private var stem: String {
    let name = notebook.split(separator: "/").last.map(String.init) ?? notebook
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
