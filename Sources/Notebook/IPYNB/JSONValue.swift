import Support

/// A JSON document (RFC 8259) that is written the same way every time: keys sorted, one space of
/// indentation, as Jupyter itself does.
enum JSONValue: Equatable {
  case null
  case string(String)
  case integer(Int)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The lines of a text as nbformat stores them: each with its line feed.
  static func lines(_ text: String) -> JSONValue {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var result = lines.dropLast().map { JSONValue.string($0 + "\n") }
    if let last = lines.last, !last.isEmpty { result.append(.string(String(last))) }
    return .array(result)
  }

  func encoded(indentation: String = "") -> String {
    let inner = indentation + " "
    switch self {
    case .null: return "null"
    case .string(let text): return JSONText.quoted(text)
    case .integer(let number): return String(number)
    case .array(let values):
      if values.isEmpty { return "[]" }
      let lines = values.map { inner + $0.encoded(indentation: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indentation)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      // By scalars: Swift's own order of strings treats equivalent spellings as equal.
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let lines = sorted.map { key, value in
        "\(inner)\(JSONText.quoted(key)): \(value.encoded(indentation: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indentation)}"
    }
  }
}
