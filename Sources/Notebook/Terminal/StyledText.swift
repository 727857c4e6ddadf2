/// How a piece of text looks on a terminal.
struct TextStyle: OptionSet {
  let rawValue: Int

  static let bold = TextStyle(rawValue: 1 << 0)
  static let dim = TextStyle(rawValue: 1 << 1)
  static let italic = TextStyle(rawValue: 1 << 2)
  static let underline = TextStyle(rawValue: 1 << 3)
  static let red = TextStyle(rawValue: 1 << 4)
  static let yellow = TextStyle(rawValue: 1 << 5)
  static let blue = TextStyle(rawValue: 1 << 6)
  static let cyan = TextStyle(rawValue: 1 << 7)
  static let green = TextStyle(rawValue: 1 << 8)
  static let magenta = TextStyle(rawValue: 1 << 9)

  /// The parameters of the SGR sequence (ECMA-48, 8.3.117).
  var parameters: [String] {
    let codes: [(TextStyle, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.red, "31"), (.yellow, "33"),
      (.blue, "34"), (.cyan, "36"), (.green, "32"), (.magenta, "35"),
    ]
    return codes.filter { contains($0.0) }.map(\.1)
  }
}

/// A piece of text in one style, free of control characters; or an image.
struct Span {
  var text: String
  var style: TextStyle = []
  /// Columns of an image, whose text is the sequence that shows it.
  private let imageColumns: Int?

  init(text: String, style: TextStyle = []) {
    self.text = text
    self.style = style
    imageColumns = nil
  }

  /// An image, by the sequence that shows it.
  init(image sequence: String, columns: Int) {
    text = sequence
    imageColumns = columns
  }

  var width: Int { imageColumns ?? DisplayWidth.of(text) }
}

/// One line of a terminal.
typealias StyledLine = [Span]

extension [Span] {
  var width: Int { reduce(0) { $0 + $1.width } }
  var text: String { map(\.text).joined() }

  /// The spans of a line, with every one in an additional style.
  func adding(_ style: TextStyle) -> StyledLine {
    map { Span(text: $0.text, style: $0.style.union(style)) }
  }

  /// Spaces on both sides.
  func padded(left: Int, right: Int) -> StyledLine {
    [Span(text: String(repeating: " ", count: Swift.max(0, left)))] + self
      + [Span(text: String(repeating: " ", count: Swift.max(0, right)))]
  }

  /// The line as bytes for the terminal, without spaces at its end.
  func encoded(colour: Bool) -> String {
    var spans = self
    while let last = spans.last {
      var text = Substring(last.text)
      while text.last == " " { text.removeLast() }
      spans[spans.count - 1].text = String(text)
      guard text.isEmpty else { break }
      spans.removeLast()
    }
    return spans.map { span in
      let parameters = span.style.parameters
      guard colour, !parameters.isEmpty, !span.text.isEmpty else { return span.text }
      return "\u{1b}[\(parameters.joined(separator: ";"))m\(span.text)\u{1b}[0m"
    }.joined()
  }
}
