/// A word, a number or a mark of a line.
struct LineToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// Letters, underscores and bytes outside ASCII; digits behind the first letter.
    case word
    /// A decimal number that is not negative; `value` and `decimals` are what it says.
    case number
    /// `0:00:01.234`; `value` in seconds.
    case duration
    /// Any other byte.
    case mark(UInt8)
  }

  var kind: Kind
  var range: Range<Int>
  var value = 0.0
  /// Digits behind the point.
  var decimals = 0
  /// No blank stands between it and the token before.
  var isGlued: Bool
  /// `1,234`: who writes thousands means another number than who writes a decimal comma.
  var isAmbiguous = false

  func isMark(_ byte: UInt8) -> Bool { kind == .mark(byte) }
}

/// Cuts a line into tokens, in one pass.
enum LineTokens {
  /// More are not looked at; a line that times something has a dozen.
  static let most = 160

  static func of(_ text: Span<UInt8>) -> [LineToken] {
    var tokens: [LineToken] = []
    var i = 0
    while i < text.count, tokens.count < most {
      let before = i
      Scan.blanks(text, &i)
      guard i < text.count else { break }
      let isGlued = i == before && !tokens.isEmpty
      var token = token(text, &i)
      token.isGlued = isGlued
      tokens.append(token)
    }
    return tokens
  }

  private static func token(_ text: Span<UInt8>, _ i: inout Int) -> LineToken {
    let start = i
    let first = text[i]
    if Scan.isDigit(first) { return number(text, &i) }
    if let mark = wideMark(text, i) {
      i += 3
      return LineToken(kind: .mark(mark), range: start..<i, isGlued: false)
    }
    guard isLetter(first) else {
      i += 1
      return LineToken(kind: .mark(first), range: start..<i, isGlued: false)
    }
    // Behind `推理时间` or `≈` a digit begins a number.
    while i < text.count, isLetter(text[i]) || Scan.isDigit(text[i]) && text[i - 1] < 0x80,
      wideMark(text, i) == nil
    { i += 1 }
    return LineToken(kind: .word, range: start..<i, isGlued: false)
  }

  /// The wide colon, comma, equals sign and brackets of East Asian text: U+FF1A and others of its block.
  private static func wideMark(_ text: Span<UInt8>, _ i: Int) -> UInt8? {
    guard i + 2 < text.count, text[i] == 0xEF, text[i + 1] == 0xBC else { return nil }
    let mark = text[i + 2] &- 0x60
    return Set(":=,;()/".utf8).contains(mark) ? mark : nil
  }

  private static func isLetter(_ b: UInt8) -> Bool {
    b >= 0x80 || b == UInt8(ascii: "_") || (b | 0x20) &- UInt8(ascii: "a") < 26
  }

  /// `12`, `12.5`, `408,032`, `12,5`, `0:00:01.234`; what is no number of these (`1.2.3`, `0x1F`) is a word.
  private static func number(_ text: Span<UInt8>, _ i: inout Int) -> LineToken {
    let start = i
    if let seconds = duration(text, &i) {
      return LineToken(
        kind: .duration, range: start..<i, value: seconds.value, decimals: seconds.decimals,
        isGlued: false)
    }
    var decimals = 0
    var isAmbiguous = false
    var value: Double?
    var j = i
    if let grouped = grouped(text, &j, &isAmbiguous) {
      value = grouped
    } else if let comma = decimalComma(text, &j, &decimals) {
      value = comma
    } else {
      value = Scan.decimal(text, &j, &decimals)
    }
    let isCut =
      j + 1 < text.count && (text[j] == UInt8(ascii: ".") || text[j] == UInt8(ascii: ","))
      && Scan.isDigit(text[j + 1])
    let isHex =
      j == start + 1 && text[start] == UInt8(ascii: "0") && j < text.count
      && text[j] | 0x20 == UInt8(ascii: "x")
    guard let value, !isCut, !isHex else {
      while i < text.count,
        Scan.isWord(text[i]) || text[i] == UInt8(ascii: ".") || text[i] == UInt8(ascii: ",")
      { i += 1 }
      i = max(i, start + 1)
      return LineToken(kind: .word, range: start..<i, isGlued: false)
    }
    i = j
    return LineToken(
      kind: .number, range: start..<i, value: value, decimals: decimals, isGlued: false,
      isAmbiguous: isAmbiguous)
  }

  /// Thousands in groups of three, one group being ambiguous.
  private static func grouped(
    _ text: Span<UInt8>, _ i: inout Int, _ isAmbiguous: inout Bool
  ) -> Double? {
    var j = i
    guard let value = Scan.grouped(text, &j) else { return nil }
    var groups = 0
    for k in i..<j where text[k] == UInt8(ascii: ",") { groups += 1 }
    guard groups > 0, j == text.count || text[j] != UInt8(ascii: ",") else { return nil }
    isAmbiguous = groups == 1
    i = j
    return Double(value)
  }

  /// `12,5`, which no comma behind it makes a list.
  private static func decimalComma(
    _ text: Span<UInt8>, _ i: inout Int, _ decimals: inout Int
  ) -> Double? {
    var j = i
    guard let whole = Scan.whole(text, &j), whole < 1 << 40, j + 1 < text.count,
      text[j] == UInt8(ascii: ",")
    else { return nil }
    var k = j + 1
    guard let part = Scan.whole(text, &k), (1...6).contains(k - j - 1), k - j - 1 != 3,
      k == text.count || text[k] != UInt8(ascii: ",") && text[k] != UInt8(ascii: ".")
    else { return nil }
    decimals = k - j - 1
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    i = k
    return (Double(whole) * scale + Double(part)) / scale
  }

  /// Hours, minutes and seconds.
  private static func duration(
    _ text: Span<UInt8>, _ i: inout Int
  ) -> (value: Double, decimals: Int)? {
    var j = i
    guard let hours = Scan.whole(text, &j), hours < 1000, let minutes = sixty(text, &j),
      let seconds = sixty(text, &j)
    else { return nil }
    var decimals = 0
    var value = Double(hours * 3600 + minutes * 60 + seconds)
    if j < text.count, text[j] == UInt8(ascii: ".") {
      var k = j + 1
      if let part = Scan.whole(text, &k) {
        decimals = k - j - 1
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        value = (value * scale + Double(part)) / scale
        j = k
      }
    }
    i = j
    return (value, decimals)
  }

  private static func sixty(_ text: Span<UInt8>, _ i: inout Int) -> UInt64? {
    var j = i
    guard Scan.literal(text, &j, ":") else { return nil }
    let start = j
    guard let value = Scan.whole(text, &j), j - start == 2, value < 60 else { return nil }
    i = j
    return value
  }
}
