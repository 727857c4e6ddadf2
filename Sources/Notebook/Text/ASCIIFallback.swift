/// Writes text with ASCII characters only, for terminals that can show no others.
enum ASCIIFallback {
  private static let table: [Unicode.Scalar: String] = [
    "×": "x", "·": "*", "÷": "/", "−": "-", "–": "-", "—": "--", "…": "...", "±": "+/-",
    "≈": "~", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "←": "<-", "µ": "u", "μ": "u",
    "Ω": "Ohm", "°": "deg", "“": "\"", "”": "\"", "„": "\"", "‘": "'", "’": "'", "•": "*",
    "²": "^2", "³": "^3", "\u{a0}": " ", "\u{202f}": " ", "\u{2009}": " ", "\u{2007}": " ",
    "½": "1/2", "√": "sqrt", "∞": "inf", "✓": "yes", "✗": "no",
  ]

  /// The text with other characters replaced by what they are commonly written as, else by
  /// `\u{...}`; the pictures of control characters become `\x1b` and the like.
  static func convert(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else if let plain = table[scalar] {
        result += plain
      } else if (0x2400...0x2421).contains(scalar.value) {
        let code = scalar.value == 0x2421 ? 0x7f : scalar.value - 0x2400
        result += "\\x" + (code < 16 ? "0" : "") + String(code, radix: 16)
      } else {
        result += VisibleText.escape(scalar)
      }
    }
    return result
  }
}
