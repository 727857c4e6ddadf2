/// Reads the text of a block: code, links, pictures, comments, emphasis and backslash escapes.
///
/// Emphasis follows the delimiter rules of CommonMark 0.31, 6.2, with one stack and a bounded depth.
struct InlineParser {
  /// Emphasis nested deeper is text, so that hostile input cannot exhaust the stack.
  static let deepestNesting = 16
  /// Characters of the longest target of a link.
  static let longestTarget = 2047

  /// What a text may hold: inside a link there is no other link, and what a picture shows is words.
  private enum Place { case block, link, picture }

  private let text: [Character]
  private let place: Place
  private var index = 0
  private var plain = ""
  private var stack = EmphasisStack()
  /// The closing bracket of every opening one.
  private var brackets: [Int: Int] = [:]
  /// The closing parenthesis of every opening one that no white space parts from it.
  private var parentheses: [Int: Int] = [:]
  /// The white space behind the target in every other parenthesis that opens behind a bracket.
  private var blanks: [Int: Int] = [:]
  /// Where the target between angle brackets that was last looked at ends.
  private var targetEnd = 0
  /// Where the end of a comment that was last looked for begins.
  private var commentEnd = 0
  /// Where runs of backticks of each length begin, last first.
  private var backticks: [Int: [Int]] = [:]

  static func parse(_ text: some StringProtocol) -> [Inline] {
    var parser = InlineParser(Array(text), .block)
    return parser.run()
  }

  private init(_ text: [Character], _ place: Place) {
    self.text = text
    self.place = place
    scan()
  }

  private mutating func scan() {
    var position = text.count
    while position > 0 {
      var start = position - 1
      guard text[start] == "`" else {
        position = start
        continue
      }
      while start > 0, text[start - 1] == "`" { start -= 1 }
      backticks[position - start, default: []].append(start)
      position = start
    }
    guard place != .picture else { return }
    var open: [Int] = []
    var openParentheses: [Int] = []
    var isEscaped = false
    for (position, character) in text.enumerated() {
      defer { isEscaped = character == "\\" && !isEscaped }
      if character.isWhitespace {
        if let last = openParentheses.last, last > 0, text[last - 1] == "]" {
          blanks[last] = position
        }
        openParentheses = []
      }
      if isEscaped { continue }
      if character == "[" { open.append(position) }
      if character == "]", let start = open.popLast() { brackets[start] = position }
      if character == "(" { openParentheses.append(position) }
      if character == ")", let start = openParentheses.popLast() { parentheses[start] = position }
    }
  }

  private mutating func run() -> [Inline] {
    while index < text.count {
      switch text[index] {
      case "\\" where index + 1 < text.count && text[index + 1].isASCIIPunctuation:
        plain.append(text[index + 1])
        index += 2
      case "`": code()
      case "*", "_": delimiter()
      case "[" where link(): break
      case "!" where picture(): break
      case "<" where comment() || autolink(): break
      default:
        plain.append(text[index].isNewline ? " " : text[index])
        index += 1
      }
    }
    flush()
    return stack.finish()
  }

  private mutating func flush() {
    if !plain.isEmpty { stack.append(.text(plain)) }
    plain = ""
  }

  private mutating func code() {
    let length = text[index...].prefix { $0 == "`" }.count
    let start = index + length
    while let last = backticks[length]?.last, last < start { backticks[length]?.removeLast() }
    guard let end = backticks[length]?.last else {
      plain += String(repeating: "`", count: length)
      index = start
      return
    }
    var content = text[start..<end].map { $0.isNewline ? " " : $0 }[...]
    // One space on both sides lets code begin or end with a backtick.
    if content.count > 1, content.first == " ", content.last == " ",
      !content.allSatisfy({ $0 == " " })
    {
      content = content.dropFirst().dropLast()
    }
    flush()
    stack.append(.code(String(content)))
    index = end + length
  }

  private mutating func delimiter() {
    let character = text[index]
    let length = text[index...].prefix { $0 == character }.count
    let before = index > 0 ? text[index - 1] : " "
    let after = index + length < text.count ? text[index + length] : " "
    let leftFlanking =
      !after.isWhitespace
      && (!after.isPunctuationOrSymbol || before.isWhitespace || before.isPunctuationOrSymbol)
    let rightFlanking =
      !before.isWhitespace
      && (!before.isPunctuationOrSymbol || after.isWhitespace || after.isPunctuationOrSymbol)
    let isStar = character == "*"
    flush()
    stack.append(
      EmphasisStack.Delimiter(
        character: character, length: length,
        canOpen: leftFlanking && (isStar || !rightFlanking || before.isPunctuationOrSymbol),
        canClose: rightFlanking && (isStar || !leftFlanking || after.isPunctuationOrSymbol)))
    index += length
  }

  /// The `[text](target)` that begins at a bracket: where its text and all of it end, and the target.
  private func bracketed(at start: Int) -> (close: Int, end: Int, target: LinkTarget)? {
    guard let close = brackets[start], close + 1 < text.count, text[close + 1] == "(",
      let (range, end) = parenthesized(at: close + 1), end - close - 2 <= Self.longestTarget
    else { return nil }
    var target = ""
    var position = range.lowerBound
    while position < range.upperBound {
      if text[position] == "\\", text[position + 1].isASCIIPunctuation { position += 1 }
      // Only angle brackets let a target have blanks; a link has them in this form.
      target += text[position] == " " ? "%20" : String(text[position])
      position += 1
    }
    return LinkTarget(target).map { (close, end, $0) }
  }

  /// Where the target in the parenthesis that opens at `open` stands, and where the parenthesis closes:
  /// `(target)`, `(<target>)`, and either with a title, as in `(target "Title")`, which is passed over.
  private func parenthesized(at open: Int) -> (target: Range<Int>, end: Int)? {
    let start = open + 1
    if start < text.count, text[start] == "<" {
      guard let close = unescaped(">", from: start + 1, unless: { $0 == "<" || $0.isNewline }),
        let end = endBehindTitle(from: close + 1)
      else { return nil }
      return (start + 1..<close, end)
    }
    if let end = parentheses[open] { return (start..<end, end) }
    guard let blank = blanks[open], let end = endBehindTitle(from: blank) else { return nil }
    return (start..<blank, end)
  }

  /// The closing parenthesis behind white space and a title, either of which may be missing.
  private func endBehindTitle(from start: Int) -> Int? {
    func end(of blanks: Int) -> Int {
      text[blanks...].firstIndex { !$0.isWhitespace } ?? text.count
    }
    var position = end(of: start)
    if position > start, position < text.count, text[position] == "\"" || text[position] == "'" {
      guard let close = unescaped(text[position], from: position + 1) else { return nil }
      position = end(of: close + 1)
    }
    return position < text.count && text[position] == ")" ? position : nil
  }

  /// The next of a character that no backslash escapes; nil where one that must not stand before comes
  /// first.
  private func unescaped(
    _ wanted: Character, from start: Int, unless isForbidden: (Character) -> Bool = { _ in false }
  ) -> Int? {
    var position = start
    while position < text.count, text[position] != wanted {
      if isForbidden(text[position]) { return nil }
      let isEscape =
        text[position] == "\\" && position + 1 < text.count
        && text[position + 1].isASCIIPunctuation
      position += isEscape ? 2 : 1
    }
    return position < text.count ? position : nil
  }

  /// Reads `[text](target)`; false when there is none here.
  private mutating func link() -> Bool {
    guard place == .block, let found = bracketed(at: index) else { return false }
    var parser = InlineParser(Array(text[(index + 1)..<found.close]), .link)
    flush()
    stack.append(.link(parser.run(), found.target), depth: Self.deepestNesting)
    index = found.end + 1
    return true
  }

  /// Reads `![words](target)`; false when there is none here. A picture of another machine becomes a link
  /// to it: showing it would tell that machine who reads the page.
  private mutating func picture() -> Bool {
    guard index + 1 < text.count, text[index + 1] == "[", let found = bracketed(at: index + 1)
    else { return false }
    var parser = InlineParser(Array(text[(index + 2)..<found.close]), .picture)
    let picture = Picture(alternativeText: parser.run().plainText, target: found.target)
    index = found.end + 1
    if !found.target.isWeb {
      flush()
      stack.append(.picture(picture))
    } else if place == .block {
      flush()
      let link = Inline.link([.text(picture.words)], found.target)
      stack.append(link, depth: Self.deepestNesting)
    } else {
      plain += "\(picture.alternativeText) (\(found.target.value))"
    }
    return true
  }

  /// Reads `<!-- … -->`; false when there is none here.
  private mutating func comment() -> Bool {
    guard place != .picture, text[index...].starts(with: ["<", "!", "-", "-"]) else { return false }
    let start = index + 4
    if commentEnd < start {
      commentEnd = start
      while commentEnd < text.count, !text[commentEnd...].starts(with: ["-", "-", ">"]) {
        commentEnd += 1
      }
    }
    guard commentEnd < text.count, let comment = HTMLComment(String(text[start..<commentEnd]))
    else { return false }
    flush()
    stack.append(.comment(comment))
    index = commentEnd + 3
    return true
  }

  /// Reads `<https://…>`; false when there is none here.
  private mutating func autolink() -> Bool {
    guard place == .block, text[index...].starts(with: Array("<http")) else { return false }
    if targetEnd <= index {
      targetEnd = text[index...].firstIndex { $0 == ">" || $0.isWhitespace } ?? text.count
    }
    let end = targetEnd
    guard end < text.count, text[end] == ">", end - index - 1 <= Self.longestTarget else {
      return false
    }
    let target = String(text[(index + 1)..<end])
    guard target.contains("://"), let checked = LinkTarget(target) else { return false }
    flush()
    stack.append(.link([.text(target)], checked))
    index = end + 1
    return true
  }
}

extension Character {
  /// What a backslash escapes in Markdown.
  var isASCIIPunctuation: Bool {
    guard let value = asciiValue else { return false }
    switch value {
    case 0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e: return true
    default: return false
    }
  }

  /// What CommonMark calls a Unicode punctuation character.
  var isPunctuationOrSymbol: Bool {
    isASCIIPunctuation || isPunctuation || isSymbol
  }
}
