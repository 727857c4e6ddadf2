/// Small scanners over the bytes of one line; each reads at `i` and moves it only when it succeeds.
public enum Scan {
  /// Moves over blanks and tabs.
  public static func blanks(_ text: Span<UInt8>, _ i: inout Int) {
    while i < text.count, text[i] == UInt8(ascii: " ") || text[i] == UInt8(ascii: "\t") { i += 1 }
  }

  /// Reads exactly `word`.
  @inline(__always)
  public static func literal(_ text: Span<UInt8>, _ i: inout Int, _ word: StaticString) -> Bool {
    // Most lines differ in the first byte.
    guard i < text.count, word.withUTF8Buffer({ $0.first == text[i] }) else {
      return word.utf8CodeUnitCount == 0
    }
    guard word.utf8CodeUnitCount == 1 || stands(word, text, i) else { return false }
    i += word.utf8CodeUnitCount
    return true
  }

  /// Whether all bytes of `word` but the first stand at `start`.
  private static func stands(_ word: StaticString, _ text: Span<UInt8>, _ start: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard start <= text.count &- length else { return false }
    return word.withUTF8Buffer { w in
      // Bounds: k < length = w.count, and start + k < text.count by the guard above.
      for k in 1..<length where text[unchecked: start &+ k] != w[k] { return false }
      return true
    }
  }

  /// Reads a whole number without sign; nil when there is no digit or it exceeds 64 bits.
  public static func whole(_ text: Span<UInt8>, _ i: inout Int) -> UInt64? {
    precondition(i >= 0)
    var j = i
    var value: UInt64 = 0
    // No number of 19 digits exceeds 64 bits.
    let short = min(text.count, i &+ 19)
    while j < short {
      let digit = text[unchecked: j] &- UInt8(ascii: "0")  // Bounds: those of the loop.
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      j &+= 1
    }
    guard j > i else { return nil }
    while j >= short, j < text.count, isDigit(text[j]) {
      let (scaled, over1) = value.multipliedReportingOverflow(by: 10)
      let (next, over2) = scaled.addingReportingOverflow(UInt64(text[j] &- UInt8(ascii: "0")))
      if over1 || over2 { return nil }
      value = next
      j += 1
    }
    i = j
    return value
  }

  /// Reads a whole number whose thousands may be separated by commas (`408,032`).
  public static func grouped(_ text: Span<UInt8>, _ i: inout Int) -> UInt64? {
    var j = i
    guard var value = whole(text, &j) else { return nil }
    let lead = j - i
    while lead <= 3, j + 3 < text.count, text[j] == UInt8(ascii: ",") {
      var k = j + 1
      guard let group = whole(text, &k), k - j == 4 else { break }
      let (scaled, over1) = value.multipliedReportingOverflow(by: 1000)
      let (next, over2) = scaled.addingReportingOverflow(group)
      if over1 || over2 { return nil }
      value = next
      j = k
    }
    i = j
    return value
  }

  /// Reads a decimal number (`12`, `-0.5`, `73.785`, `1e-3`); nil when there is none.
  public static func decimal(_ text: Span<UInt8>, _ i: inout Int) -> Double? {
    var decimals = 0
    return decimal(text, &i, &decimals)
  }

  /// The same, and how many digits stand behind the point.
  static func decimal(_ text: Span<UInt8>, _ i: inout Int, _ decimals: inout Int) -> Double? {
    decimals = 0
    var j = i
    if j < text.count, text[j] == UInt8(ascii: "-") || text[j] == UInt8(ascii: "+") { j += 1 }
    var number: UInt64 = 0
    func digits(_ k: inout Int) {
      while k < text.count, isDigit(text[k]) {
        number = number &* 10 &+ UInt64(text[k] &- UInt8(ascii: "0"))
        k += 1
      }
    }
    let first = j
    digits(&j)
    var count = j - first
    if j < text.count, text[j] == UInt8(ascii: ".") {
      var k = j + 1
      digits(&k)
      decimals = k - j - 1
      count += decimals
      if decimals > 0 { j = k }
    }
    guard count > 0, j - i <= 40 else { return nil }
    if j < text.count, text[j] | 0x20 == UInt8(ascii: "e") {
      var k = j + 1
      if k < text.count, text[k] == UInt8(ascii: "-") || text[k] == UInt8(ascii: "+") { k += 1 }
      let exponent = k
      while k < text.count, isDigit(text[k]) { k += 1 }
      if k > exponent, k - exponent <= 3 {
        j = k
        count = .max
      }
    }
    // Both are exact in a double, so one division gives the nearest, as the text does (Clinger 1990).
    if count < powersOfTen.count {
      let value = Double(number) / powersOfTen[decimals]
      let isNegative = text[i] == UInt8(ascii: "-")
      i = j
      return isNegative ? -value : value
    }
    guard let value = Double(string(text, i..<j)), value.isFinite else { return nil }
    i = j
    return value
  }

  /// Of so many digits every number is below 2^53.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// Number of digits behind the point in the decimal number that starts at `start`.
  public static func decimals(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
    let end = min(end, text.count)
    for k in start..<max(start, end) where text[k] == UInt8(ascii: ".") {
      var j = k + 1
      while j < end, isDigit(text[j]) { j += 1 }
      return j - k - 1
    }
    return 0
  }

  /// First place at or behind `start` where `word` stands; nil if it does not.
  public static func find(
    _ text: Span<UInt8>, _ word: StaticString, from start: Int = 0
  ) -> Int? {
    let length = word.utf8CodeUnitCount
    guard length > 0, start >= 0 else { return nil }
    var i = start
    while i + length <= text.count {
      var j = i
      if literal(text, &j, word) { return i }
      i += 1
    }
    return nil
  }

  /// True when the line starts with `word`.
  public static func starts(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
    var i = 0
    return literal(text, &i, word)
  }

  /// The bytes as text. What is not UTF-8 is taken for Windows-1252, which has the letters of Latin-1.
  public static func string(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
    let clamped = range.clamped(to: 0..<text.count)
    return text.extracting(clamped).withUnsafeBufferPointer {
      String(validating: $0, as: UTF8.self) ?? Windows1252.string($0)
    }
  }

  /// The whole line as text.
  public static func string(_ text: Span<UInt8>) -> String { string(text, 0..<text.count) }

  /// True for `0` to `9`.
  public static func isDigit(_ b: UInt8) -> Bool { b &- UInt8(ascii: "0") < 10 }

  /// True for letters, digits and underscore.
  public static func isWord(_ b: UInt8) -> Bool {
    isDigit(b) || b == UInt8(ascii: "_") || (b | 0x20) &- UInt8(ascii: "a") < 26
  }
}
