// Documents, Markdown notebooks and their renderers: terminal, Markdown, HTML, ipynb, CSV.
// Knows nothing of benchmarks.

import Support

/// What a command of a cell gave.
public enum CellOutcome: Sendable, Equatable {
  /// Blocks to show below the cell.
  case blocks([Block])
  /// A failure to show in their place; later commands still run.
  case failure(Diagnostic)
}

/// Runs Markdown notebooks: prose stays as it is, cells are handed to the caller.
///
/// This room knows nothing of what a command means, reads no files and formats no numbers.
public enum Notebook {
  /// Reads a notebook and runs its cells in order.
  ///
  /// - Parameters:
  ///   - source: the Markdown; see ``ParsedNotebook/init(parsing:name:)`` for the subset.
  ///   - name: the name used in errors, and as title when there is no heading.
  ///   - picture: reads the file of a picture in the prose; nil links the files instead.
  ///   - cell: runs one command.
  /// - Returns: the document; what could not be read or run stands in it in place and in `errors`.
  public static func run(
    source: String, name: String,
    picture: ((LinkTarget) -> Result<PictureContent, Diagnostic>)? = nil,
    cell: (CellCommand) -> CellOutcome
  ) -> ExecutedNotebook {
    let parsed = ParsedNotebook(parsing: source, name: name)
    var errors = parsed.errors
    var parts: [ExecutedNotebook.Part] = []
    var text: [Block] = []
    // Errors and elements both ascend.
    var failures = parsed.errors[...]
    for element in parsed.elements {
      failures = failures.drop { $0.line < element.lines.lowerBound }
      switch element.content {
      case .block(let block):
        let own = failures.prefix { $0.line <= element.lines.upperBound }
        let shown = showPictures(of: block, line: element.lines.lowerBound, name, picture)
        errors += shown.errors
        text.append(shown.block)
        text += (own + shown.errors).map(\.callout)
      case .cell(let source):
        if !text.isEmpty { parts.append(.text(text)) }
        text = []
        parts.append(.cell(execute(source, name: name, errors: &errors, run: cell)))
      }
    }
    if !text.isEmpty { parts.append(.text(text)) }
    errors.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    return ExecutedNotebook(title: title(parts) ?? name, parts: parts, errors: errors)
  }

  /// The block with its pictures read; one that cannot be read is named instead.
  private static func showPictures(
    of block: Block, line: Int, _ name: String,
    _ read: ((LinkTarget) -> Result<PictureContent, Diagnostic>)?
  ) -> (block: Block, errors: [Diagnostic]) {
    guard let read else { return (block, []) }
    var errors: [Diagnostic] = []
    let shown = block.mapPictures { picture in
      switch read(picture.target) {
      case .success(let content):
        var picture = picture
        picture.content = content
        return [.picture(picture)]
      case .failure(let failure):
        errors.append(
          failure.of(name).within(Place(line: line, column: 1)))
        return [.text(picture.words)]
      }
    }
    return (shown, errors)
  }

  private static func execute(
    _ cell: NotebookCell, name: String, errors: inout [Diagnostic],
    run: (CellCommand) -> CellOutcome
  ) -> ExecutedNotebook.Cell {
    let results = cell.instructions.map { instruction in
      switch instruction {
      case .command(let command):
        let outcome = run(command)
        if case .failure(let failure) = outcome {
          errors.append(
            failure.of(name).within(Place(line: command.line, column: command.column)))
        }
        return ExecutedNotebook.Result(text: command.text, outcome: outcome)
      case .invalid(let error):
        let text = cell.source[error.line - cell.lines.lowerBound - 1]
        return ExecutedNotebook.Result(text: text, outcome: .failure(error))
      }
    }
    return ExecutedNotebook.Cell(
      number: cell.number, line: cell.lines.lowerBound, source: cell.source, results: results)
  }

  private static func title(_ parts: [ExecutedNotebook.Part]) -> String? {
    for part in parts {
      guard case .text(let blocks) = part else { continue }
      for case .heading(_, let inlines) in blocks { return inlines.plainText }
    }
    return nil
  }
}
