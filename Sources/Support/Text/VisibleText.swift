/// Text of documents, in which hidden characters are visible. What each medium escapes comes after it.
package enum VisibleText {
  /// One line of text: line breaks and tabs become spaces, hidden characters become visible.
  package static func line(_ text: String) -> String {
    if HiddenCharacters.isAbsent(from: text) { return text }
    var result = String.UnicodeScalarView()
    var hidden = HiddenCharacters()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\n" where previous == "\r": continue
      case "\n", "\r", "\t": append(" ", &hidden, to: &result)
      default: append(scalar, &hidden, to: &result)
      }
    }
    return String(result)
  }

  /// The lines of a preformatted text, with tabs filled up to every fourth column.
  package static func lines(_ text: String) -> [String] {
    splitLines(text).map { line in
      if HiddenCharacters.isAbsent(from: line) { return line }
      var result = String.UnicodeScalarView()
      var hidden = HiddenCharacters()
      var column = 0
      for scalar in line.unicodeScalars {
        if scalar == "\t" {
          let fill = 4 - column % 4
          for _ in 0..<fill { append(" ", &hidden, to: &result) }
          column += fill
        } else {
          append(scalar, &hidden, to: &result)
          column += 1
        }
      }
      return String(result)
    }
  }

  /// Cuts at line feeds, carriage returns or both together; no last empty line.
  package static func splitLines(_ text: String) -> [String] {
    var lines: [String] = []
    var current = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      if scalar == "\n" && previous == "\r" { continue }
      if scalar == "\n" || scalar == "\r" {
        lines.append(String(current))
        current = String.UnicodeScalarView()
      } else {
        current.append(scalar)
      }
    }
    if !current.isEmpty { lines.append(String(current)) }
    return lines
  }

  private static func append(
    _ scalar: Unicode.Scalar, _ hidden: inout HiddenCharacters,
    to result: inout String.UnicodeScalarView
  ) {
    guard hidden.hides(scalar) else {
      result.append(scalar)
      return
    }
    // U+2400... hold pictures of the C0 characters and, at U+2421, of DEL.
    let picture = scalar.value < 0x20 ? 0x2400 + scalar.value : 0x2421
    if scalar.isASCII, let picture = Unicode.Scalar(picture) {
      result.append(picture)
    } else {
      result.append(contentsOf: HiddenCharacters.escape(scalar).unicodeScalars)
    }
  }
}
