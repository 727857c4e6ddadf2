/// Makes characters visible that a reader would not see but a terminal or a browser would obey.
///
/// Logs are untrusted: an escape sequence in a model's name must not move the cursor, and a
/// bidirectional override must not swap what is read ("Trojan Source", CVE-2021-42574).
enum VisibleText {
  /// Whether a character has to be shown by a stand-in.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1f, 0x7f...0x9f: true  // C0, DEL, C1
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true  // direction
    case 0xad, 0x180e, 0x200b, 0x2028, 0x2029, 0x2060...0x2065, 0x206a...0x206f: true
    case 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe007f: true  // byte order mark, notes, tags
    // Noncharacters, which no HTML or XML document may hold.
    case 0xfdd0...0xfdef: true
    default: scalar.value & 0xfffe == 0xfffe
    }
  }

  /// One line of text: line breaks and tabs become spaces, hidden characters become visible.
  static func line(_ text: String) -> String {
    if isPlain(text) { return text }
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\n" where previous == "\r": continue
      case "\n", "\r", "\t": result.append(" ")
      default: append(scalar, to: &result)
      }
    }
    return String(result)
  }

  /// The lines of a preformatted text, with tabs filled up to every fourth column.
  static func lines(_ text: String) -> [String] {
    splitLines(text).map { line in
      if isPlain(line) { return line }
      var result = String.UnicodeScalarView()
      var column = 0
      for scalar in line.unicodeScalars {
        if scalar == "\t" {
          let fill = 4 - column % 4
          result.append(contentsOf: String(repeating: " ", count: fill).unicodeScalars)
          column += fill
        } else {
          append(scalar, to: &result)
          column += 1
        }
      }
      return String(result)
    }
  }

  /// Cuts at line feeds, carriage returns or both together; no last empty line.
  static func splitLines(_ text: String) -> [String] {
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

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    guard isHidden(scalar) else {
      result.append(scalar)
      return
    }
    // U+2400... hold pictures of the C0 characters and, at U+2421, of DEL.
    let picture = scalar.value < 0x20 ? 0x2400 + scalar.value : 0x2421
    if scalar.value < 0x80, let picture = Unicode.Scalar(picture) {
      result.append(picture)
    } else {
      result.append(contentsOf: escape(scalar).unicodeScalars)
    }
  }

  /// A character written as `\u{...}`.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }
}
