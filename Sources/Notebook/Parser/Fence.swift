/// The line that opens a fenced block.
struct Fence {
  /// The backticks or tildes.
  let mark: String
  /// What stands after them.
  let info: String
  /// How far the fence is indented; the body loses as much.
  let indentation: Int

  /// Recognises a line of at least three backticks or tildes, indented by at most three spaces.
  init?(opening line: SourceLine) {
    guard line.indentation <= 3 else { return nil }
    let text = line.trimmed.text
    guard let first = text.first, first == "`" || first == "~" else { return nil }
    let mark = text.prefix { $0 == first }
    guard mark.count >= 3 else { return nil }
    let info = text[mark.endIndex...]
    if first == "`" && info.contains("`") { return nil }  // inline code
    self.mark = String(mark)
    self.info = Self.trim(info)
    indentation = line.indentation
  }

  /// Whether the block is a cell.
  var isCell: Bool { info == "analyze" }

  /// The index of the closing line, or nil when there is none.
  func end(_ lines: [SourceLine], from start: Int) -> Int? {
    lines.indices.dropFirst(start + 1).first { closes(lines[$0]) }
  }

  private func closes(_ line: SourceLine) -> Bool {
    guard line.indentation <= 3, let character = mark.first else { return false }
    let text = Self.trim(line.trimmed.text)
    return text.count >= mark.count && text.allSatisfy { $0 == character }
  }

  private static func trim(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
