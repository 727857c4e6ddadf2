/// One part of a form of prefix: a byte as it stands, or a class of text such as a time of day.
///
/// Each part reads as far as it can and never steps back, so a line is matched in one pass.
enum PrefixPart: Sendable, Equatable {
  case byte(UInt8)
  /// The blank or tab between prefix and line, which is trimmed off a line that says nothing.
  case lastBlank
  /// Blanks, at least one.
  case blanks
  /// A number, perhaps padded with blanks; hexadecimal from four digits on.
  case number
  /// `1.234567`, perhaps padded with blanks.
  case seconds
  /// Ten digits, perhaps with a fraction: seconds since 1970.
  case epoch
  /// `10:14:03`, with `.251`, `,251`, `:251` or `.251,733` behind it.
  case time
  /// Date and time of day, with or without zone.
  case dateTime
  case weekday, month, day, year
  /// `I`, `W`, `E`, `D` or `V`.
  case letter
  /// `inf`, `INFO`, `warning`.
  case level
  /// The same with blanks behind it up to five bytes.
  case paddedLevel
  /// A word that begins with a letter: a module, a host, a function.
  case tag
  /// Whatever stands before the next byte of the form.
  case anything
  /// The rest of the line.
  case rest

  /// Names of the classes in a form that is written as text, in braces.
  static let named: [String: PrefixPart] = [
    "n": .number, "seconds": .seconds, "epoch": .epoch, "time": .time, "datetime": .dateTime,
    "weekday": .weekday, "month": .month, "day": .day, "year": .year, "letter": .letter,
    "level": .level, "level5": .paddedLevel, "tag": .tag, "any": .anything, "rest": .rest,
    "_": .blanks,
  ]

  /// Moves `i` over the part; `next` is the part behind it. False where it does not stand there.
  func read(_ text: Span<UInt8>, _ i: inout Int, before next: PrefixPart?) -> Bool {
    let start = i
    switch self {
    case .byte(let byte):
      guard i < text.count, text[i] == byte else { return false }
      i += 1
    case .lastBlank:
      guard i < text.count else { return true }
      guard text[i] == UInt8(ascii: " ") || text[i] == UInt8(ascii: "\t") else { return false }
      i += 1
    case .blanks:
      Scan.blanks(text, &i)
      return i > start
    case .number:
      Scan.blanks(text, &i)
      let end = Self.numberEnd(text, i)
      guard end > i else { return false }
      i = end
    case .seconds:
      Scan.blanks(text, &i)
      guard Self.digits(text, &i, 1...10), Self.byte(text, &i, "."),
        Self.digits(text, &i, 1...9)
      else { return false }
    case .epoch:
      guard Self.digits(text, &i, 10...10) else { return false }
      var j = i
      if Self.byte(text, &j, "."), Self.digits(text, &j, 1...9) { i = j }
    case .time: return PrefixTime.time(text, &i)
    case .dateTime: return PrefixTime.dateTime(text, &i)
    case .weekday: return PrefixTime.name(text, &i, of: PrefixTime.weekdays)
    case .month: return PrefixTime.name(text, &i, of: PrefixTime.months)
    case .day:
      Scan.blanks(text, &i)
      return Self.digits(text, &i, 1...2)
    case .year: return Self.digits(text, &i, 4...4)
    case .letter:
      guard i < text.count, Self.letters.contains(text[i]) else { return false }
      i += 1
    case .level: return Self.level(text, &i)
    case .paddedLevel:
      guard Self.level(text, &i) else { return false }
      while i < start + 5, i < text.count {
        guard text[i] == UInt8(ascii: " ") else { return false }
        i += 1
      }
    case .tag:
      guard i < text.count,
        (text[i] | 0x20) &- UInt8(ascii: "a") < 26 || text[i] == UInt8(ascii: "_")
      else { return false }
      while i < text.count, i - start <= 48, Self.isOfTag(text[i]) { i += 1 }
      return i - start <= 48
    case .anything:
      guard case .byte(let end)? = next else { return false }
      while i < text.count, text[i] != end, i - start <= 96 { i += 1 }
      return i < text.count && i - start <= 96
    case .rest: i = text.count
    }
    return true
  }

  /// Where the number that begins at `i` ends: a word of hexadecimal digits, one of them decimal, if it has
  /// four or more, else the decimal digits; `i` where there is none.
  static func numberEnd(_ text: Span<UInt8>, _ i: Int) -> Int {
    var end = i
    var decimal = i
    var (isDecimal, isHexadecimal, hasDigit) = (true, true, false)
    while end < text.count, end - i < 64, text[end] != UInt8(ascii: "_"), Scan.isWord(text[end]) {
      let isDigit = Scan.isDigit(text[end])
      hasDigit = hasDigit || isDigit
      isDecimal = isDecimal && isDigit
      isHexadecimal = isHexadecimal && (isDigit || (text[end] | 0x20) &- UInt8(ascii: "a") < 6)
      end += 1
      if isDecimal { decimal = end }
    }
    return hasDigit && isHexadecimal && end - i >= 4 ? end : decimal
  }

  /// Reads so many digits and no more.
  static func digits(_ text: Span<UInt8>, _ i: inout Int, _ count: ClosedRange<Int>) -> Bool {
    var j = i
    while j < text.count, Scan.isDigit(text[j]), j - i <= count.upperBound { j += 1 }
    guard count.contains(j - i) else { return false }
    i = j
    return true
  }

  static func byte(_ text: Span<UInt8>, _ i: inout Int, _ byte: Unicode.Scalar) -> Bool {
    guard i < text.count, text[i] == UInt8(ascii: byte) else { return false }
    i += 1
    return true
  }

  private static let letters = Array("EWIDV".utf8)

  private static func isOfTag(_ byte: UInt8) -> Bool {
    Scan.isWord(byte) || tagMarks.contains(byte)
  }

  private static let tagMarks = Array(".-/()@+".utf8)

  /// Lower case, the longer first.
  private static let levels = [
    "critical", "verbose", "warning", "notice", "error", "fatal", "trace", "debug", "noisy",
    "info", "warn", "err", "wrn", "inf", "dbg",
  ].map { Array($0.utf8) }

  private static func level(_ text: Span<UInt8>, _ i: inout Int) -> Bool {
    for word in levels where i + word.count <= text.count {
      var k = 0
      while k < word.count, text[i + k] | 0x20 == word[k] { k += 1 }
      let end = i + word.count
      guard k == word.count, end == text.count || !Scan.isWord(text[end]) else { continue }
      i = end
      return true
    }
    return false
  }
}
