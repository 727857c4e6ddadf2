/// Text that GitHub Flavored Markdown reads back as the same text.
package enum MarkdownText {
  private static let special = Set("\\`*_[<|~&$".unicodeScalars)

  /// Running text inside a block; in the text of a link a closing bracket matters, and an address
  /// makes no link of its own.
  package static func text(_ text: String, inLink: Bool = false) -> String {
    let scalars = Array(VisibleText.line(text).unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let isSpecial = special.contains(scalar) || (inLink && scalar == "]")
      if isSpecial && !(scalar == "_" && isInsideWord(scalars, index))
        || !inLink && makesLink(scalars, index)
      {
        result.append("\\")
      }
      result.append(scalar)
    }
    return String(result)
  }

  /// The colon of `https://` and the full stop of `www.`: without them GitHub makes no link of an
  /// address (GFM 0.29, 6.9).
  private static func makesLink(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    switch scalars[index] {
    case ":":
      index > 0 && isWord(scalars[index - 1]) && scalars[(index + 1)...].starts(with: ["/", "/"])
    case ".":
      index >= 3 && scalars[(index - 3)..<index].allSatisfy { $0 == "w" || $0 == "W" }
        && (index == 3 || !isWord(scalars[index - 4]))
    default: false
    }
  }

  /// A block's first line, whose first characters must not read as a heading, list or underline.
  package static func lineStart(_ line: String) -> String {
    let trimmed = String(line.drop { $0 == " " })
    guard let first = trimmed.unicodeScalars.first else { return trimmed }
    if "#+-=>".unicodeScalars.contains(first) { return "\\" + trimmed }
    let digits = trimmed.prefix { ("0"..."9").contains($0) }
    let rest = trimmed[digits.endIndex...]
    guard !digits.isEmpty, rest.first == "." || rest.first == ")" else { return trimmed }
    return digits + "\\" + rest
  }

  /// A code span, fenced with more backticks than it holds; a pipe would end a table cell even there.
  package static func code(_ text: String, inTable: Bool) -> String {
    var text = VisibleText.line(text)
    if text.isEmpty { return "" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    if inTable { text = escaped(text) { $0 == "|" } }
    let isBlank = text.allSatisfy { $0 == " " }
    let ends = [text.unicodeScalars.first, text.unicodeScalars.last]
    let pad = !isBlank && ends.contains { $0 == "`" || $0 == " " } ? " " : ""
    return fence + pad + text + pad + fence
  }

  /// The target of a link between its parentheses.
  package static func target(_ target: String) -> String {
    escaped(target) { "()&".unicodeScalars.contains($0) }
  }

  /// A fence long enough for the text.
  package static func fence(_ text: String) -> String {
    String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
  }

  /// By scalars: a mark that combines with a sign makes another character of it, but Markdown looks at
  /// the sign alone.
  private static func escaped(_ text: String, _ isSpecial: (Unicode.Scalar) -> Bool) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isSpecial(scalar) { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }

  private static func longestRun(of sign: Unicode.Scalar, in text: String) -> Int {
    var longest = 0
    var run = 0
    for next in text.unicodeScalars {
      run = next == sign ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// An underscore between letters or digits never marks emphasis; `CONV_2D` stays readable.
  private static func isInsideWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard index > 0, index + 1 < scalars.count else { return false }
    return isWord(scalars[index - 1]) && isWord(scalars[index + 1])
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "A"..."Z", "a"..."z": true
    default: false
    }
  }
}
