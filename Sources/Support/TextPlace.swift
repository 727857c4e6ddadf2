/// Where in a text something stands.
@frozen
public struct TextPlace: Sendable, Equatable, Comparable, Codable {
  /// One-based line, as an editor numbers it.
  public var line: Int
  /// One-based column, in bytes of a log and in characters of a notebook; 0 for the whole line.
  public var column: Int

  /// A place; both numbers are one-based.
  @inlinable
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// In the order of reading.
  @inlinable
  public static func < (a: TextPlace, b: TextPlace) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }

  /// The place `columns` further on in the same line.
  @inlinable
  public func advanced(by columns: Int) -> TextPlace {
    TextPlace(line: line, column: column + columns)
  }
}
