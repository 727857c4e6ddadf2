extension Fields {
  /// A JSON document in the order of the fields, for reading: a line for each field, for each object of a
  /// list, and for each field of an object but the reasons.
  public var document: String {
    let lines = all.map { key, value -> String in
      let text =
        switch value {
        case let list as [any FieldsEncodable]:
          Self.lines("[", list.map { Self.line($0) }, "]", indent: "  ")
        case let object as any FieldsEncodable where key != "reasons":
          Self.lines("{", object.fields.all.map(Self.line), "}", indent: "  ")
        default: Self.line(value)
        }
      return "\(JSONText.quoted(key)): \(text)"
    }
    return Self.lines("{", lines, "}", indent: "") + "\n"
  }

  private static func lines(
    _ start: String, _ lines: [String], _ end: String, indent: String
  ) -> String {
    "\(start)\n" + lines.map { "\(indent)  \($0)" }.joined(separator: ",\n") + "\n\(indent)\(end)"
  }

  private static func line(_ field: Field) -> String {
    "\(JSONText.quoted(field.key)): \(line(field.value))"
  }

  private static func line(_ value: any Encodable) -> String {
    switch value {
    case let object as any FieldsEncodable:
      "{" + object.fields.all.map(line).joined(separator: ", ") + "}"
    case let list as [any Encodable]: "[" + list.map { line($0) }.joined(separator: ", ") + "]"
    case let text as String: JSONText.quoted(text)
    default: "\(value)"
    }
  }
}
