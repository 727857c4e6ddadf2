/// What a line of Markdown looks like by itself.
enum LineShape {
  /// The level and text of an ATX heading.
  static func heading(_ line: SourceLine) -> (level: Int, title: String)? {
    guard line.indentation <= 3 else { return nil }
    let text = line.trimmed.text
    let hashes = text.prefix { $0 == "#" }
    guard (1...6).contains(hashes.count) else { return nil }
    var title = text[hashes.endIndex...]
    guard title.isEmpty || title.first == " " || title.first == "\t" else { return nil }
    title = trim(title)
    // Hashes at the end are decoration when a space stands before them.
    var end = title
    while end.last == "#" { end.removeLast() }
    if end.isEmpty || end.last == " " { title = trim(end) }
    return (hashes.count, String(title))
  }

  /// Whether it is a thematic break: three or more `-`, `*` or `_`.
  static func isRule(_ line: SourceLine) -> Bool {
    guard line.indentation <= 3 else { return false }
    let marks = line.text.filter { $0 != " " && $0 != "\t" }
    guard let first = marks.first, "-*_".contains(first) else { return false }
    return marks.count >= 3 && marks.allSatisfy { $0 == first }
  }

  /// Whether a comment begins it.
  static func startsComment(_ line: SourceLine) -> Bool {
    line.indentation <= 3 && line.trimmed.text.hasPrefix("<!--")
  }

  /// Whether it belongs to a block quote.
  static func isQuote(_ line: SourceLine) -> Bool {
    line.indentation <= 3 && line.trimmed.text.first == ">"
  }

  /// The kind named by a line such as `[!WARNING]`, as GitHub writes it.
  static func calloutKind(_ line: SourceLine) -> Callout.Kind? {
    switch trim(line.text).uppercased() {
    case "[!NOTE]": .note
    case "[!TIP]", "[!IMPORTANT]": .finding(.info)
    case "[!WARNING]": .finding(.warning)
    case "[!CAUTION]": .finding(.error)
    default: nil
    }
  }

  /// Whether a paragraph above ends before this line.
  static func interruptsParagraph(_ lines: [SourceLine], at index: Int) -> Bool {
    let line = lines[index]
    if line.isBlank || isQuote(line) || isRule(line) || heading(line) != nil { return true }
    if startsComment(line) { return true }
    if Fence(opening: line) != nil { return true }
    if let marker = ListMarker(line), marker.interruptsParagraph { return true }
    return TableParser.startsTable(lines, at: index)
  }

  static func trim(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
