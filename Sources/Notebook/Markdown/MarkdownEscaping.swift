/// Writes text so that Markdown reads it back as the same text.
enum MarkdownEscaping {
  private static let special = Set("\\`*_[<|~&$".unicodeScalars)

  /// Running text inside a block; a closing bracket matters in the text of a link alone.
  static func text(_ text: String, inLink: Bool = false) -> String {
    let scalars = Array(VisibleText.line(text).unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let isSpecial = special.contains(scalar) || (inLink && scalar == "]")
      if isSpecial, !(scalar == "_" && isInsideWord(scalars, index)) {
        result.append("\\")
      }
      result.append(scalar)
    }
    return String(result)
  }

  /// A block's first line, whose first characters must not read as a heading, list or underline.
  static func lineStart(_ line: String) -> String {
    let trimmed = String(line.drop { $0 == " " })
    guard let first = trimmed.unicodeScalars.first else { return trimmed }
    if "#+-=>".unicodeScalars.contains(first) { return "\\" + trimmed }
    let digits = trimmed.prefix { ("0"..."9").contains($0) }
    let rest = trimmed[digits.endIndex...]
    guard !digits.isEmpty, rest.first == "." || rest.first == ")" else { return trimmed }
    return digits + "\\" + rest
  }

  /// A code span, fenced with more backticks than it holds; a pipe would end a table cell even there.
  static func code(_ text: String, inTable: Bool) -> String {
    var text = VisibleText.line(text)
    if text.isEmpty { return "" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    if inTable {
      text = text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
    let isBlank = text.allSatisfy { $0 == " " }
    let touches = text.first == "`" || text.last == "`" || text.first == " " || text.last == " "
    let pad = touches && !isBlank ? " " : ""
    return fence + pad + text + pad + fence
  }

  /// A link target between its parentheses.
  static func target(_ target: LinkTarget) -> String {
    target.value.map { "()&".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// A fence long enough for the text.
  static func fence(_ text: String) -> String {
    String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
  }

  /// The language of a fenced block, without anything that could end the line.
  static func language(_ language: String?) -> String {
    let safe = (language ?? "").filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || "+#-_.".contains($0))
    }
    return safe == "analyze" ? "" : safe  // output is not a cell
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for next in text {
      run = next == character ? run + 1 : 0
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
