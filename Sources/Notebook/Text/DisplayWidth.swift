/// How many columns of a terminal a text takes.
///
/// Follows Unicode Standard Annex 11 (East Asian Width) and Technical Standard 51 (emoji); the
/// ranges are merged where the gaps are unassigned.
enum DisplayWidth {
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf,
    0x4e00...0x9fff, 0xa000...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff,
    0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18cff,
    0x1aff0...0x1b2ff, 0x1f200...0x1f265, 0x20000...0x3fffd,
  ]

  /// The width of a text.
  static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The width of a character as a reader sees it.
  static func of(_ character: Character) -> Int {
    var sum = 0
    for scalar in character.unicodeScalars {
      // A cluster with an emoji in it, or one asked for by variation selector 16, is one picture.
      if scalar.properties.isEmojiPresentation || scalar.value == 0xfe0f { return 2 }
      sum += width(scalar)
    }
    return sum
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Vowels and finals of Hangul are drawn into the box of the initial before them.
    if (0x1160...0x11ff).contains(scalar.value) || (0xd7b0...0xd7ff).contains(scalar.value) {
      return 0
    }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }
}
