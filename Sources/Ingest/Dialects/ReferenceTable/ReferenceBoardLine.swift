/// One line of the part of TOML in which a board's results are written.
struct ReferenceBoardLine {
  enum Content {
    /// A blank line or a comment.
    case nothing
    /// `[[result]]`.
    case result
    /// `key = "text"`, `key = 1.5` or `key = [1.5, 2]`: what stands between quotes or commas.
    case pair(String, [String])
  }

  /// Why a line is none of these; `column` is the zero-based byte where that shows.
  struct Problem: Error {
    var column: Int
    var message: String
    var remedy: String
  }

  private let bytes: [UInt8]
  private var i = 0
  /// Where the value begins, zero-based.
  private(set) var keyEnd = 0

  init(_ line: Span<UInt8>) {
    bytes = line.withUnsafeBufferPointer { Array($0) }
  }

  mutating func read() throws(Problem) -> Content {
    blanks()
    guard let first = current, first != UInt8(ascii: "#") else { return .nothing }
    if first == UInt8(ascii: "[") {
      for byte in "[[result]]".utf8 {
        guard current == byte else {
          throw problem(
            "the only table is [[result]]", "Write [[result]] before what one model took.")
        }
        i += 1
      }
      try end()
      return .result
    }
    let start = i
    while let byte = current, Scan.isWord(byte) { i += 1 }
    let key = String(decoding: bytes[start..<i], as: UTF8.self)
    blanks()
    guard !key.isEmpty, current == UInt8(ascii: "=") else {
      throw problem("the line is not 'key = value'", "Write key = \"text\" or key = 1.5.")
    }
    i += 1
    blanks()
    keyEnd = i
    let texts = current == UInt8(ascii: "[") ? try list() : [try value()]
    try end()
    return .pair(key, texts)
  }

  private var current: UInt8? { i < bytes.count ? bytes[i] : nil }

  private func problem(_ message: String, _ remedy: String) -> Problem {
    Problem(column: i, message: message, remedy: remedy)
  }

  private mutating func blanks() {
    while let byte = current, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { i += 1 }
  }

  /// Nothing but a comment may follow.
  private mutating func end() throws(Problem) {
    blanks()
    guard current == nil || current == UInt8(ascii: "#") else {
      throw problem("something stands behind the value", "Write one key on each line.")
    }
  }

  private mutating func list() throws(Problem) -> [String] {
    i += 1
    var texts: [String] = []
    while true {
      blanks()
      if current == UInt8(ascii: "]") {
        i += 1
        return texts
      }
      texts.append(try value())
      blanks()
      guard current == UInt8(ascii: ",") || current == UInt8(ascii: "]") else {
        throw problem("the list is not closed in its line", "Write key = [1.5, 2].")
      }
      if current == UInt8(ascii: ",") { i += 1 }
    }
  }

  private mutating func value() throws(Problem) -> String {
    if current == UInt8(ascii: "\"") { return try quoted() }
    let start = i
    while let byte = current, Scan.isWord(byte) || "+-.".utf8.contains(byte) { i += 1 }
    guard i > start else {
      throw problem("the value is missing", "Write key = \"text\" or key = 1.5.")
    }
    // TOML allows digits to be grouped: 150_000_000.
    return String(decoding: bytes[start..<i].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
  }

  private mutating func quoted() throws(Problem) -> String {
    i += 1
    var text: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      i += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      try escape(into: &text)
    }
    guard current != nil else {
      throw problem("a quote is not closed", "End the text with a quote in the same line.")
    }
    i += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape(into text: inout [UInt8]) throws(Problem) {
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "b"): 8,
      UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    ]
    guard let letter = current else { return }
    if let byte = simple[letter] {
      i += 1
      return text.append(byte)
    }
    let count = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
    let digits = bytes[min(i + 1, bytes.count)..<min(i + 1 + count, bytes.count)]
    guard count > 0, digits.count == count, !digits.contains(UInt8(ascii: "+")),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else {
      throw problem(
        "an escape is not one of TOML's", "Write \\\\ for a backslash, \\u00e9 for a character.")
    }
    i += 1 + count
    text += Array(String(Character(scalar)).utf8)
  }
}
