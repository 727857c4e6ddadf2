import ArgumentParser
import Notebook
import Performance

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

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

      Sections: \(Section.all.map(\.name).joined(separator: ", ")).

      EXAMPLES
        analyze notebook study.md logs/*.txt
        analyze notebook study.md logs/*.txt -o out
      """)
  @Argument(help: "The notebook, a Markdown file.", completion: .file(extensions: ["md"]))
  var notebook: String
  @OptionGroup var arguments: CommonArguments

  func run(on console: inout Console) throws -> Int32 {
    guard let data = FileManager.default.contents(atPath: notebook) else {
      throw UsageFailure(
        message: "the notebook '\(notebook)' cannot be read",
        remedy: "Name a Markdown file, then the logs: analyze notebook study.md logs/*.txt.")
    }
    let options = try arguments.analysis.options()
    let session = try Session(arguments.input, console: &console)
    let result = session.analysis(options)
    let executed = NotebookEngine(session: session, base: options).run(
      source: String(decoding: data, as: UTF8.self), name: notebook)
    let format = arguments.output.format ?? .text
    if format == .json {
      console.out += try AnalysisDocument(result, diagnostics: session.diagnostics).json()
    } else {
      Delivery.show(executed, format: format, on: &console)
    }
    if let folder = arguments.output.output {
      let stem = URL(fileURLWithPath: notebook).deletingPathExtension().lastPathComponent
      try ReportFolder.write(
        executed, analysis: result, diagnostics: session.diagnostics, name: stem, to: folder,
        on: &console)
    }
    session.report(on: &console)
    for error in executed.errors {
      console.err += "\(SafeText.line(error.file)):\(error.line):\(error.column): error: "
      console.err += "\(SafeText.line(error.message))\n  \(SafeText.line(error.remedy))\n"
    }
    return executed.errors.isEmpty ? session.status(result, strict: arguments.output.strict) : 1
  }
}
