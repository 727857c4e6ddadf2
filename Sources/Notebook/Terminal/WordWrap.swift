/// Breaks styled text into lines.
enum WordWrap {
  /// A word: spans without spaces between them.
  struct Word {
    var spans: [Span] = []
    var width: Int { spans.width }
    var isNumeric: Bool { NumberShape.isNumericWord(spans.text) }
  }

  /// The words of a text.
  static func words(_ spans: [Span]) -> [Word] {
    var words: [Word] = []
    var current = Word()
    for span in spans {
      for (index, piece) in span.text.split(separator: " ", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 {
          if !current.spans.isEmpty { words.append(current) }
          current = Word()
        }
        if !piece.isEmpty { current.spans.append(Span(text: String(piece), style: span.style)) }
      }
    }
    if !current.spans.isEmpty { words.append(current) }
    return words
  }

  /// Lines at most `width` columns wide; words that are longer are cut, numbers never.
  static func wrap(_ spans: [Span], width: Int) -> [StyledLine] {
    let width = max(1, width)
    var lines: [StyledLine] = []
    var line: StyledLine = []
    var used = 0
    for word in words(spans) {
      if used > 0, used + 1 + word.width <= width {
        line.append(Span(text: " ", style: commonStyle(line, word)))
        line += word.spans
        used += 1 + word.width
        continue
      }
      if used > 0 { lines.append(line) }
      let pieces = word.width > width && !word.isNumeric ? cut(word, width: width) : [word.spans]
      lines += pieces.dropLast()
      line = pieces.last ?? []
      used = line.width
    }
    if used > 0 || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// Lines of preformatted text: spaces stay, long lines are cut after a space where there is one.
  static func wrapPreformatted(_ text: String, width: Int) -> [String] {
    let width = max(2, width)
    var lines: [String] = []
    var line: [Character] = []
    var used = 0
    for character in text {
      let columns = DisplayWidth.of(character)
      if used + columns > width, !line.isEmpty {
        let space = line.lastIndex(of: " ")
        // Do not cut inside the indentation.
        let hasText = line.prefix(space ?? 0).contains { $0 != " " }
        let end = space.flatMap { hasText ? $0 + 1 : nil } ?? line.count
        lines.append(String(line[..<end]))
        line = Array(line[end...])
        used = DisplayWidth.of(String(line))
      }
      line.append(character)
      used += columns
    }
    lines.append(String(line))
    return lines
  }

  private static func cut(_ word: Word, width: Int) -> [StyledLine] {
    var lines: [StyledLine] = []
    var line: StyledLine = []
    var used = 0
    for span in word.spans {
      var piece = ""
      for character in span.text {
        let columns = DisplayWidth.of(character)
        if used > 0, used + columns > width {
          lines.append(line + [Span(text: piece, style: span.style)])
          (line, piece, used) = ([], "", 0)
        }
        piece.append(character)
        used += columns
      }
      line.append(Span(text: piece, style: span.style))
    }
    lines.append(line)
    return lines
  }

  private static func commonStyle(_ line: StyledLine, _ word: Word) -> TextStyle {
    guard let last = line.last, let first = word.spans.first else { return [] }
    return last.style.intersection(first.style)
  }
}
