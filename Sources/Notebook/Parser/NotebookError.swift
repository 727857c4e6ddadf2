/// Something in a notebook that could not be read or run: where, what, and what to do.
public struct NotebookError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the notebook.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in characters, from 1.
  public var column: Int
  /// What is wrong.
  public var message: String
  /// What to do about it.
  public var remedy: String

  /// Makes an error.
  public init(file: String, line: Int, column: Int, message: String, remedy: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
  }

  /// `file:line:column: error: message`, and the remedy on a second line.
  public var description: String {
    "\(file):\(line):\(column): error: \(message)\n  \(remedy)"
  }

  /// The error as a box in a document.
  var callout: Block {
    CellFailure(message: message, remedy: remedy).callout
  }
}
