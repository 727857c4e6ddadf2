/// A form in which something stands in front of each line: a known one, or one that a log shows itself.
struct PrefixForm: Sendable, Equatable {
  /// How much it takes to believe in one.
  enum Kind: Sendable {
    /// A time stamp that no known log prints itself: taken off wherever it stands.
    case stamp
    /// A logger's or a terminal's form that is hardly anything else.
    case sure
    /// Text may begin so: only where what stands behind it is then known.
    case plain
    /// A mark that stands in front of every line of a quotation.
    case mark
    /// Not in front of a line, but all of one that a logger adds.
    case wholeLine
  }

  let kind: Kind
  /// What prints it.
  let words: String
  let parts: [PrefixPart]
  /// The byte that all of the form begin with, if it is the same.
  private let first: UInt8?

  /// Whether it is blanks and nothing else.
  var isIndent: Bool { parts.allSatisfy { $0 == .byte(UInt8(ascii: " ")) } }

  /// A form of those parts.
  init(_ kind: Kind, _ words: String, parts: [PrefixPart]) {
    (self.kind, self.words, self.parts) = (kind, words, parts)
    if case .byte(let byte)? = parts.first { first = byte } else { first = nil }
  }

  /// A form as it is printed, with classes in braces: `I ({n}) {tag}: `. A blank at its end is trimmed with
  /// a line that says nothing.
  init(_ kind: Kind, _ words: String, _ pattern: String) {
    var parts: [PrefixPart] = []
    var rest = Substring(pattern)
    while let character = rest.first {
      if character == "{", let end = rest.firstIndex(of: "}"),
        let part = PrefixPart.named[String(rest[rest.index(after: rest.startIndex)..<end])]
      {
        parts.append(part)
        rest = rest[rest.index(after: end)...]
      } else {
        parts += character.utf8.map(PrefixPart.byte)
        rest.removeFirst()
      }
    }
    if parts.last == .byte(UInt8(ascii: " ")) { parts[parts.count - 1] = .lastBlank }
    self.init(kind, words, parts: parts)
  }

  /// Where the prefix that begins at `start` ends; nil where there is none of this form.
  func end(in text: Span<UInt8>, from start: Int) -> Int? {
    if let first { guard start < text.count, text[start] == first else { return nil } }
    var i = start
    for k in parts.indices {
      guard parts[k].read(text, &i, before: k + 1 < parts.count ? parts[k + 1] : nil) else {
        return nil
      }
    }
    return i > start ? i : nil
  }
}
