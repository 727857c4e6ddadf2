import Support

/// A command line in a cell, cut into words.
public struct CellCommand: Sendable, Equatable {
  /// The words, with quotes and backslashes resolved.
  public var words: [String]
  /// The line as written, without the space around it.
  public var text: String
  /// The number of its cell, from 1.
  public var cell: Int
  /// Its line in the notebook, from 1.
  public var line: Int
  /// The column of its first word, from 1.
  public var column: Int

  /// Makes a command.
  public init(words: [String], text: String, cell: Int, line: Int, column: Int) {
    self.words = words
    self.text = text
    self.cell = cell
    self.line = line
    self.column = column
  }
}

/// A fenced block whose info string is `analyze`.
public struct NotebookCell: Sendable, Equatable {
  /// What one line of a cell asks for.
  public enum Instruction: Sendable, Equatable {
    /// A command to run.
    case command(CellCommand)
    /// A line that could not be cut into words.
    case invalid(Diagnostic)
  }

  /// Its number, from 1 in the order of the notebook.
  public var number: Int
  /// Its lines in the notebook, fences included.
  public var lines: ClosedRange<Int>
  /// The lines between the fences as written.
  public var source: [String]
  /// What the lines ask for; blank lines and comments ask for nothing.
  public var instructions: [Instruction]
}
