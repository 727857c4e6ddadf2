#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Notebook
import Performance

/// Turns blocks and notebooks into text, and puts it where it was asked for.
enum Delivery {
  /// Writes a notebook in `format` to standard output.
  static func show(
    _ notebook: ExecutedNotebook, format: OutputFormat, on console: inout Console
  ) {
    console.out += text(notebook, format: format, environment: console.environment)
  }

  /// The notebook as text of that form.
  static func text(
    _ notebook: ExecutedNotebook, format: OutputFormat, environment: Environment
  ) -> String {
    switch format {
    case .text:
      TerminalRenderer(
        width: environment.width, colour: environment.colour, unicode: environment.unicode
      ).render(notebook)
    case .markdown: MarkdownRenderer().render(notebook)
    case .html: HTMLRenderer().render(notebook)
    case .csv: notebook.tables.map { CSVRenderer().render($0) }.joined(separator: "\r\n")
    case .json: ""
    }
  }

  /// Writes `text` to a file; folders on the way are made.
  static func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .atomic)
    } catch {
      throw OutputFailure(
        message: "'\(path)' cannot be written: \(error.localizedDescription)",
        remedy: "Name a place that exists and may be written with -o.")
    }
  }

  /// Makes sure that `path` is a folder or can become one.
  static func folder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw OutputFailure(
        message: "the folder '\(path)' cannot be made: \(error.localizedDescription)",
        remedy: "Name another folder with -o; a file of that name may be in the way.")
    }
  }
}
