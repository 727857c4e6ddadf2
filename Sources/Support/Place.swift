/// Where in a file something stands: in a text by line and column, in a model or another binary file by
/// what is known of byte, operator and tensor. Nothing known means the whole file.
public struct Place: Sendable, Equatable, Codable {
  /// Line and column of a text.
  public var text: TextPlace?
  /// Bytes from the start of the file.
  public var offset: Int?
  /// Position in `Graph.operators`.
  public var operatorIndex: Int?
  /// Kind of that operator, as in `CONV_2D`.
  public var operatorKind: String?
  /// Position in `Graph.tensors`.
  public var tensorIndex: Int?

  /// A place in a binary file; without any part the whole of a file.
  public init(
    offset: Int? = nil, operatorIndex: Int? = nil, operatorKind: String? = nil,
    tensorIndex: Int? = nil
  ) {
    self.offset = offset
    self.operatorIndex = operatorIndex
    self.operatorKind = operatorKind
    self.tensorIndex = tensorIndex
  }

  /// A place in a text.
  public init(_ text: TextPlace) { self.text = text }

  /// A place in a text; both numbers are one-based, and column 0 means the whole line.
  public init(line: Int, column: Int) { text = TextPlace(line: line, column: column) }

  /// As in `byte 812, operator 3 (CONV_2D), tensor 5`; empty for a text and for a whole file.
  public var parts: String {
    var parts: [String] = []
    if let offset { parts.append("byte \(offset)") }
    if let operatorIndex {
      parts.append("operator \(operatorIndex)" + (operatorKind.map { " (\($0))" } ?? ""))
    }
    if let tensorIndex { parts.append("tensor \(tensorIndex)") }
    return parts.joined(separator: ", ")
  }

  /// The same with what `outer` knows besides.
  public func within(_ outer: Place) -> Place {
    var result = self
    result.text = text ?? outer.text
    result.offset = offset ?? outer.offset
    result.operatorIndex = operatorIndex ?? outer.operatorIndex
    result.operatorKind = operatorKind ?? outer.operatorKind
    result.tensorIndex = tensorIndex ?? outer.tensorIndex
    return result
  }
}
