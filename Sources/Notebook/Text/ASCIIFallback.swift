import Support

/// Writes text with ASCII characters only, for terminals that can show no others.
enum ASCIIFallback {
  private static let table: [Unicode.Scalar: String] = [
    "×": "x", "·": "*", "÷": "/", "−": "-", "–": "-", "—": "--", "…": "...", "±": "+/-",
    "≈": "~", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "←": "<-", "µ": "u", "μ": "u",
    "Ω": "Ohm", "°": "deg", "“": "\"", "”": "\"", "„": "\"", "‘": "'", "’": "'", "•": "*",
    "²": "^2", "³": "^3", "\u{a0}": " ", "\u{202f}": " ", "\u{2009}": " ", "\u{2007}": " ",
    "½": "1/2", "√": "sqrt", "∞": "inf", "✓": "yes", "✗": "no", "ʳ": "[r]", "ᵗ": "[t]", "ᶜ": "[c]",
    "ᵖ": "[p]", "ᵐ": "[m]",
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
        let code = scalar.value == 0x2421 ? 0x7f : UInt8(scalar.value - 0x2400)
        result += "\\x" + Format.hex(code)
      } else {
        result += HiddenCharacters.escape(scalar)
      }
    }
    return result
  }

  /// A drawing, character by character, so that what stands below one another stays so: lines become
  /// `-`, `|` and `+`, blocks and dots become `#`, `*` and `.`, markers letters and the like.
  static func convertDrawing(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for character in text {
      guard !character.isASCII, let scalar = character.unicodeScalars.first else {
        result.append(character)
        continue
      }
      let width = DisplayWidth.of(character)
      // A word such as >= would move what follows.
      guard width > 0 else { continue }
      let plain = table[scalar].flatMap { $0.count == 1 ? $0 : nil } ?? stroke(scalar)
      result += plain + String(repeating: " ", count: width - 1)
    }
    return result
  }

  /// What is nearest in ink.
  private static func stroke(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254c, 0x254d, 0x2550, 0x2574, 0x2576,
      0x2578, 0x257a, 0x257c, 0x257e:
      "-"
    case 0x2502, 0x2503, 0x2506, 0x2507, 0x250a, 0x250b, 0x254e, 0x254f, 0x2551, 0x2575, 0x2577,
      0x2579, 0x257b, 0x257d, 0x257f:
      "|"
    case 0x2571: "/"
    case 0x2572: "\\"
    case 0x2573: "x"
    case 0x2500...0x257f: "+"
    case 0x2591, 0x2592: "."
    case 0x2580...0x259f: "#"
    case 0x2800: " "
    // Braille with one or two dots is light, with more it is dark.
    case 0x2801...0x28ff: (scalar.value & 0xff).nonzeroBitCount > 2 ? "*" : "."
    case 0x25cf, 0x25c9, 0x26ab, 0x2b24: "@"
    case 0x25cb, 0x25ef, 0x26aa: "o"
    case 0x25a0, 0x25aa, 0x25fc, 0x25fe: "#"
    case 0x25a1, 0x25ab, 0x25fb, 0x25fd: "="
    case 0x25b2, 0x25b4, 0x25b3, 0x25b5: "^"
    case 0x25bc, 0x25be, 0x25bd, 0x25bf: "v"
    case 0x25b6, 0x25b8, 0x25b7, 0x25b9, 0x2192: ">"
    case 0x25c0, 0x25c2, 0x25c1, 0x25c3, 0x2190: "<"
    case 0x25c6, 0x25c7, 0x25ca: "%"
    case 0x2191: "^"
    case 0x2193: "v"
    case 0x2264: "<"
    case 0x2265: ">"
    case 0xd7, 0x2715, 0x2717, 0x2718: "x"
    default: "?"
    }
  }
}
