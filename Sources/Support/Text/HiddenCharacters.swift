/// Tells apart, character by character, what a reader would not see but a terminal, a browser or a
/// program would obey.
///
/// Logs are untrusted: an escape sequence in a model's name must not move the cursor, a bidirectional
/// override must not swap what is read ("Trojan Source", CVE-2021-42574), and tags or variation
/// selectors must not carry text for programs alone.
package struct HiddenCharacters {
  private var previous: Unicode.Scalar?

  package init() {}

  /// Whether a character has to be shown by a stand-in, whatever it follows.
  package static func contains(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7f { return scalar.value < 0x20 }
    guard !isJoiner(scalar), !isSelector(scalar) else { return false }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    default: break
    }
    // Direction, zero width, fillers, tags, supplementary selectors; then annotations. Noncharacters
    // may stand in no document of HTML or XML.
    return properties.isDefaultIgnorableCodePoint || (0xfff9...0xfffb).contains(scalar.value)
      || properties.isNoncharacterCodePoint || SystemPath.byte(scalar) != nil
  }

  /// Whether the next character of a text has to be shown by a stand-in. One joiner and one variation
  /// selector behind a character are part of writing, as in emoji and Persian; more of them, or behind
  /// ASCII, are not.
  package mutating func hides(_ scalar: Unicode.Scalar) -> Bool {
    let before = previous
    previous = scalar
    var isHidden = Self.contains(scalar)
    if Self.isJoiner(scalar) {
      isHidden = before.map { $0.isASCII || Self.isJoiner($0) } ?? true
    } else if Self.isSelector(scalar) {
      isHidden = before.map { $0.isASCII || Self.isJoiner($0) || Self.isSelector($0) } ?? true
    }
    if isHidden { previous = nil }
    return isHidden
  }

  /// A joiner or a non-joiner, which shape the letters or pictures beside them.
  package static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    (0x200c...0x200d).contains(scalar.value)
  }

  /// A variation selector, which chooses the form of the character before it.
  package static func isSelector(_ scalar: Unicode.Scalar) -> Bool {
    (0xfe00...0xfe0f).contains(scalar.value)
  }

  /// What stands for a hidden character: `\u{...}`, or `\xff` for a byte of a file's name that is not UTF-8.
  package static func escape(_ scalar: Unicode.Scalar) -> String {
    if let byte = SystemPath.byte(scalar) { return "\\x" + Format.hex(byte) }
    return "\\u{\(String(scalar.value, radix: 16))}"
  }

  /// Most texts are plain: look at the bytes first.
  static func isAbsent(from text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
  }
}
