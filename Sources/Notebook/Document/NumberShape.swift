/// Recognises text that reads as a number, to keep it in one piece and to align it.
///
/// It only looks at the shape; no value is computed from it.
enum NumberShape {
  private static let signs = Set("+-−±≈~<>≤≥=×/–→".unicodeScalars)
  private static let insides = Set("0123456789.,_'+-−–±×%eE()[]/:\u{a0}\u{202f}".unicodeScalars)
  private static let openings = Set("([$".unicodeScalars)
  /// Longest unit that may follow a number, as "cycles" does.
  private static let longestUnit = 6

  /// Whether a word without spaces is a number, perhaps with its unit attached: `1.5`, `−3`, `2.4×`,
  /// `150MHz`, `[1.2,`.
  static func isNumericWord(_ word: some StringProtocol) -> Bool {
    var rest = word.unicodeScalars.drop { signs.contains($0) || openings.contains($0) }
    guard let first = rest.first, isDigit(first) || (first == "." && rest.count > 1) else {
      return false
    }
    rest = rest.drop { insides.contains($0) }
    return rest.count <= 4 && rest.allSatisfy { !isDigit($0) }
  }

  /// Whether a whole cell is a number, perhaps with a unit, a sign or an interval: `12.3 ms`, `≥ 3`,
  /// `1.2 ± 0.1`, `[1.1, 1.3]`.
  static func isNumber(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard !words.isEmpty, words.count <= 6 else { return false }
    let substance = words.filter { !$0.unicodeScalars.allSatisfy { signs.contains($0) } }
    guard let first = substance.first, isNumericWord(first) else { return false }
    // A unit stands behind a number, not behind another word: that would be a sentence.
    return zip(substance, substance.dropFirst()).allSatisfy { before, word in
      if isNumericWord(word) { return true }
      return isNumericWord(before) && word.unicodeScalars.count <= longestUnit
        && !word.unicodeScalars.contains(where: isDigit)
    }
  }

  /// A number cut before its decimal point, or after its last whole digit when it has none.
  static func split(_ text: String) -> (whole: String, fraction: String) {
    let scalars = Array(text.unicodeScalars)
    var index = scalars.firstIndex(where: isDigit) ?? scalars.count
    if index > 0, index < scalars.count, scalars[index - 1] == "." { index -= 1 }
    while index < scalars.count {
      guard isDigit(scalars[index]) || isGroupMark(scalars, index) else { break }
      index += 1
    }
    return (string(scalars[..<index]), string(scalars[index...]))
  }

  /// Whether a comma, underscore, apostrophe or space stands before a group of three digits.
  private static func isGroupMark(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard ",_' \u{a0}\u{202f}\u{2009}".unicodeScalars.contains(scalars[index]) else { return false }
    return scalars[(index + 1)...].prefix { isDigit($0) }.count == 3
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
