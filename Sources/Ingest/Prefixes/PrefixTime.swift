/// Times and dates as terminals and loggers print them.
enum PrefixTime {
  static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { Array($0.utf8) }
  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ].map { Array($0.utf8) }

  /// Reads one of the names.
  static func name(_ text: Span<UInt8>, _ i: inout Int, of names: [[UInt8]]) -> Bool {
    for name in names where i + name.count <= text.count {
      var k = 0
      while k < name.count, text[i + k] == name[k] { k += 1 }
      if k == name.count {
        i += k
        return true
      }
    }
    return false
  }

  /// Whether a stamp may stand in front of the line; most lines show by a few bytes that none does.
  static func mayBegin(_ text: Span<UInt8>) -> Bool {
    guard text.count >= 8 else { return false }
    var i = 0
    if text[0] == UInt8(ascii: "[") {
      guard Scan.isDigit(text[1]) else { return name(text, &i, after: 1, of: weekdays) }
      i = 1
    }
    let start = i
    while i < start + 4, Scan.isDigit(text[i]) { i += 1 }
    return i > start
      && (text[i] == UInt8(ascii: ":") || text[i] == UInt8(ascii: "-")
        || text[i] == UInt8(ascii: "/") || text[i] == UInt8(ascii: "."))
  }

  private static func name(
    _ text: Span<UInt8>, _ i: inout Int, after start: Int, of names: [[UInt8]]
  ) -> Bool {
    i = start
    return name(text, &i, of: names)
  }

  /// Reads a time of day or one that has passed: `10:14:03`, `9:14:03.251`, `00:00:01.234,567`.
  static func time(_ text: Span<UInt8>, _ i: inout Int) -> Bool {
    var j = i
    guard PrefixPart.digits(text, &j, 1...2), PrefixPart.byte(text, &j, ":"),
      PrefixPart.digits(text, &j, 2...2), PrefixPart.byte(text, &j, ":"),
      PrefixPart.digits(text, &j, 2...2)
    else { return false }
    i = j
    // Milliseconds, and behind them microseconds.
    for marks in [".,:", ","] {
      var k = i
      guard k < text.count, marks.utf8.contains(text[k]) else { break }
      k += 1
      guard PrefixPart.digits(text, &k, 1...9) else { break }
      i = k
    }
    return true
  }

  /// Reads `2026-11-02 10:14:03.251` or `2026-11-02T10:14:03.251+01:00`, also with `/` or `.` in the date and the day first.
  static func dateTime(_ text: Span<UInt8>, _ i: inout Int) -> Bool {
    var j = i
    guard date(text, &j), j < text.count,
      text[j] == UInt8(ascii: " ") || text[j] == UInt8(ascii: "T")
    else { return false }
    j += 1
    guard time(text, &j) else { return false }
    zone(text, &j)
    i = j
    return true
  }

  private static func date(_ text: Span<UInt8>, _ i: inout Int) -> Bool {
    var j = i
    let isYearFirst = PrefixPart.digits(text, &j, 4...4)
    guard isYearFirst || PrefixPart.digits(text, &j, 1...2), j < text.count else { return false }
    let mark = text[j]
    guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".")
    else { return false }
    j += 1
    guard PrefixPart.digits(text, &j, isYearFirst ? 2...2 : 1...2), j < text.count,
      text[j] == mark
    else { return false }
    j += 1
    guard PrefixPart.digits(text, &j, isYearFirst ? 2...2 : 4...4) else { return false }
    i = j
    return true
  }

  /// `Z`, ` UTC`, `+01:00`, ` +0100`; a zone need not be there.
  private static func zone(_ text: Span<UInt8>, _ i: inout Int) {
    var j = i
    if PrefixPart.byte(text, &j, "Z") || Scan.literal(text, &j, " UTC") {
      i = j
      return
    }
    _ = PrefixPart.byte(text, &j, " ")
    guard PrefixPart.byte(text, &j, "+") || PrefixPart.byte(text, &j, "-") else { return }
    if PrefixPart.digits(text, &j, 4...4) {
      i = j
    } else if PrefixPart.digits(text, &j, 2...2), PrefixPart.byte(text, &j, ":"),
      PrefixPart.digits(text, &j, 2...2)
    {
      i = j
    }
  }
}
