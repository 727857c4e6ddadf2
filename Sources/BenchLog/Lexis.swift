/// Classes of bytes.
enum Lexis {
  /// May stand in a value without quotes: printable ASCII but blank, `"`, `\` and `~`.
  static func isTokenByte(_ b: UInt8) -> Bool {
    b > 0x20 && b < 0x7F && b != UInt8(ascii: "\"") && b != UInt8(ascii: "\\")
      && b != UInt8(ascii: "~")
  }

  static func isDigit(_ b: UInt8) -> Bool { b &- UInt8(ascii: "0") < 10 }

  static func isLower(_ b: UInt8) -> Bool { b &- UInt8(ascii: "a") < 26 }

  /// Value of a hexadecimal digit; nil for anything else.
  static func nibble(_ b: UInt8) -> UInt8? {
    if isDigit(b) { return b - UInt8(ascii: "0") }
    let lower = b | 0x20
    guard lower &- UInt8(ascii: "a") < 6 else { return nil }
    return lower - UInt8(ascii: "a") + 10
  }

  /// The number that the digits in `range` write; nil when there are none, others, or too many.
  static func whole(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    guard !range.isEmpty else { return nil }
    var value: UInt64 = 0
    for i in range {
      let digit = text[i] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (scaled, over1) = value.multipliedReportingOverflow(by: 10)
      let (next, over2) = scaled.addingReportingOverflow(UInt64(digit))
      if over1 || over2 { return nil }
      value = next
    }
    return value
  }

  /// The number that up to 16 hexadecimal digits in `range` write.
  static func hex(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    guard !range.isEmpty, range.count <= 16 else { return nil }
    var value: UInt64 = 0
    for i in range {
      guard let n = nibble(text[i]) else { return nil }
      value = value << 4 | UInt64(n)
    }
    return value
  }

  /// True when the bytes in `range` are those of `word`.
  static func equals(_ text: Span<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { w in
      // Bounds: k < w.count = range.count, and `range` lies within `text`.
      for k in 0..<w.count where text[range.lowerBound + k] != w[k] { return false }
      return true
    }
  }
}
