import ArgumentParser
import Notebook
import Support

/// The forms a result can take.
package enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, markdown, html, json, csv

  /// A document as text of this form; JSON is made by whoever has the numbers.
  package func text(_ document: ExecutedNotebook, environment: Environment) -> String {
    switch self {
    case .text:
      TerminalRenderer(
        width: environment.width, colour: environment.colour, unicode: environment.unicode,
        images: environment.images, isDark: environment.isDark
      ).render(document)
    case .markdown: MarkdownRenderer().render(document)
    case .html: HTMLRenderer().render(document)
    case .csv: document.tables.map { CSVRenderer().render($0) }.joined(separator: "\r\n")
    case .json: ""
    }
  }

  /// The form that the ending of a file names; nil for other endings.
  package init?(ending path: String) {
    switch path.split(separator: ".").last.map({ $0.lowercased() }) {
    case "csv": self = .csv
    case "json": self = .json
    case "md", "markdown": self = .markdown
    case "html", "htm": self = .html
    default: return nil
    }
  }
}
