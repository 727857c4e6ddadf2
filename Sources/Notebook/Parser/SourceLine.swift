/// A line of a notebook, or what is left of it inside a list or a quote.
struct SourceLine: Equatable {
  /// The line in the file, from 1.
  var number: Int
  /// How many characters stand before `text` in the file.
  var offset: Int
  /// The text without its line end; tabs of the indentation are spaces.
  var text: Substring

  init(number: Int, offset: Int, text: Substring) {
    self.number = number
    self.offset = offset
    self.text = text
  }

  /// A line as read from a file.
  init(number: Int, _ raw: String) {
    self.init(number: number, offset: 0, text: Self.expandingIndentation(raw))
  }

  var isBlank: Bool {
    text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// How many spaces it begins with.
  var indentation: Int {
    text.utf8.prefix { $0 == 0x20 }.count
  }

  /// The line from its first character that is not a space.
  var trimmed: SourceLine { dropping(indentation) }

  /// The line without its first `count` characters.
  func dropping(_ count: Int) -> SourceLine {
    // By scalars: a mark that combines with the last space must not vanish with it.
    let rest = Substring(text.unicodeScalars.dropFirst(count))
    return SourceLine(number: number, offset: offset + count, text: rest)
  }

  /// The line without up to `count` leading spaces.
  func unindented(by count: Int) -> SourceLine {
    dropping(min(count, indentation))
  }

  private static func expandingIndentation(_ raw: String) -> Substring {
    guard raw.utf8.prefix(while: { $0 == 0x20 || $0 == 0x09 }).contains(0x09) else {
      return raw[...]
    }
    var column = 0
    for byte in raw.utf8 {
      if byte == 0x09 {
        column += 4 - column % 4
      } else if byte == 0x20 {
        column += 1
      } else {
        break
      }
    }
    let rest = Substring(raw.unicodeScalars.drop { $0 == " " || $0 == "\t" })
    return String(repeating: " ", count: column) + rest
  }
}
