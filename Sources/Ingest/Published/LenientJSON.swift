/// The keys of a JSON object that people wrote by hand, with what is wrong in it read as it was meant: missing and
/// superfluous commas, comments, other quotes, line breaks in a text, keys that come twice. What was mended is said.
struct LenientJSON {
  /// A key of the outermost object and its text; empty where its value is another object or a list.
  struct Pair: Equatable {
    var key: String
    var value: String
    var line: Int
  }

  /// In the order of the file, the second one of a name too.
  private(set) var pairs: [Pair] = []
  /// What is not JSON, and the first line where that shows.
  private(set) var mended: [(line: Int, words: String)] = []

  private enum Token: Equatable {
    case text(String)
    case mark(Unicode.Scalar)
    case end
  }

  private let text: [Unicode.Scalar]
  private var i = 0
  private var line = 1

  init(_ bytes: [UInt8]) {
    text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    read()
  }

  private mutating func mend(_ words: String) {
    if !mended.contains(where: { $0.words == words }) { mended.append((line, words)) }
  }

  private mutating func read() {
    var depth = 0
    var previous = Token.end
    var key: Pair?
    while true {
      let start = line
      let token = next()
      switch token {
      case .end:
        if depth > 0 { mend("a brace that is not closed") }
        return
      case .mark(":"):
        if case .text(let name) = previous, depth <= 1 {
          key = Pair(key: name, value: "", line: start)
        }
      case .mark("{"), .mark("["):
        depth += 1
        if let pair = key { pairs.append(pair) }
        key = nil
      case .mark("}"), .mark("]"):
        if previous == .mark(",") { mend("a comma before a closing brace") }
        depth = max(0, depth - 1)
      case .mark: break
      case .text(let value):
        switch previous {
        case .text, .mark("}"), .mark("]"): mend("a missing comma")
        default: break
        }
        if var pair = key {
          pair.value = value
          pairs.append(pair)
          key = nil
          // It is a value: what follows needs a comma.
        }
      }
      previous = token
    }
  }

  private mutating func advance() {
    if text[i] == "\n" { line += 1 }
    i += 1
  }

  private mutating func next() -> Token {
    while i < text.count {
      let one = text[i]
      switch one {
      case " ", "\t", "\r", "\n", "\u{a0}": advance()
      case "\u{feff}":
        mend("a byte order mark")
        i += 1
      case "/" where i + 1 < text.count && (text[i + 1] == "/" || text[i + 1] == "*"): comment()
      case "#": comment()
      case "{", "}", "[", "]", ",", ":":
        i += 1
        return .mark(one)
      case "\"", "'", "\u{201c}", "\u{201d}", "\u{201e}", "\u{2018}", "\u{2019}":
        return .text(quoted())
      default: return .text(bare())
      }
    }
    return .end
  }

  private mutating func comment() {
    mend("a comment")
    let isBlock = i + 1 < text.count && text[i + 1] == "*"
    while i < text.count {
      if isBlock, text[i] == "*", i + 1 < text.count, text[i + 1] == "/" {
        i += 2
        return
      }
      if !isBlock, text[i] == "\n" { return }
      advance()
    }
  }

  private mutating func quoted() -> String {
    let opening = text[i]
    let closings: [Unicode.Scalar]
    switch opening {
    case "\"": closings = ["\""]
    case "'": closings = ["'"]
    default: closings = ["\u{201c}", "\u{201d}", "\u{2018}", "\u{2019}", "\""]
    }
    if opening != "\"" { mend("quotes that are not \"") }
    i += 1
    var result = String.UnicodeScalarView()
    while i < text.count, !closings.contains(text[i]) {
      if text[i] == "\\", i + 1 < text.count {
        i += 1
        escape(into: &result)
        continue
      }
      if text[i] == "\n" || text[i] == "\r" {
        mend("a line break in a text")
        if result.last != " " { result.append(" ") }
      } else {
        result.append(text[i])
      }
      advance()
    }
    if i < text.count { i += 1 } else { mend("a quote that is not closed") }
    return String(result).trimmingBlanks
  }

  private mutating func escape(into result: inout String.UnicodeScalarView) {
    let one = text[i]
    advance()
    switch one {
    case "n", "r", "t": result.append(" ")
    case "u" where i + 4 <= text.count:
      let digits = String(String.UnicodeScalarView(text[i..<(i + 4)]))
      if let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) {
        result.append(scalar)
        i += 4
      }
    default: result.append(one)
    }
  }

  /// A number, `true`, or a word whose quotes are missing.
  private mutating func bare() -> String {
    let start = i
    while i < text.count, !"{}[],:\n\"".unicodeScalars.contains(text[i]) { i += 1 }
    // Bounds: the caller saw one that is none of these, but for a lone slash.
    if i == start { i += 1 }
    return String(String.UnicodeScalarView(text[start..<i])).trimmingBlanks
  }
}
