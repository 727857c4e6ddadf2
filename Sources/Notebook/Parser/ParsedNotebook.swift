import Support

/// A notebook that has been read but not run.
public struct ParsedNotebook: Sendable, Equatable {
  /// One element at the left margin of a notebook.
  public struct Element: Sendable, Equatable {
    /// What it is.
    public enum Content: Sendable, Equatable {
      /// A block of text.
      case block(Block)
      /// A cell to run.
      case cell(NotebookCell)
    }

    /// Its lines in the notebook, from 1.
    public var lines: ClosedRange<Int>
    /// What it is.
    public var content: Content
  }

  /// The name of the notebook, as used in errors.
  public var name: String
  /// The elements; their lines ascend and together cover every line that is not blank.
  public var elements: [Element]
  /// What could not be read.
  public var errors: [Diagnostic]

  /// Reads a Markdown notebook; what cannot be understood is kept as text and listed in `errors`.
  ///
  /// The subset: ATX headings, paragraphs, lists, block quotes (with GitHub's `[!NOTE]` marks), fenced
  /// code, thematic breaks, pipe tables, comments; strong, emphasis, code, links, pictures and backslash
  /// escapes. Other HTML is text. A fenced block with the info string `analyze` is a cell.
  ///
  /// - Parameters:
  ///   - source: the Markdown.
  ///   - name: the name used in errors, usually the file's.
  public init(parsing source: String, name: String) {
    let lines = VisibleText.splitLines(source).enumerated().map {
      SourceLine(number: $0.offset + 1, $0.element)
    }
    var parser = BlockParser(name: name)
    elements = parser.parseElements(lines)
    errors = parser.errors.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    self.name = name
  }
}
