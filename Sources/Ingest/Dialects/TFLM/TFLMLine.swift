/// Unit printed behind a number of an event line.
enum TFLMPrintedUnit: Sendable, Equatable {
  case ticks, microseconds, milliseconds

  /// Units per second; nil for ticks, whose length another line must say.
  ///
  /// Values are divided by it: 49813 / 1e6 is the nearest number to 0.049813, 49813 x 1e-6 is not.
  var perSecond: Double? {
    switch self {
    case .ticks: nil
    case .microseconds: 1e6
    case .milliseconds: 1e3
    }
  }

  var words: String {
    switch self {
    case .ticks: "ticks"
    case .microseconds: "us"
    case .milliseconds: "ms"
    }
  }
}

/// `TAG took N ticks (M ms).`
struct TFLMTook: Sendable, Equatable {
  /// Where the tag stands in the line.
  var tag: Range<Int>
  var count: TFLMCount
  /// Offset of the first digit of the count.
  var offset: Int
  var unit: TFLMPrintedUnit
  /// The same time in whole milliseconds, rounded down by the device.
  var milliseconds: UInt64?
  /// For `Tag(10)`: the line is about that many whole inferences, not about one operator.
  var iterations: UInt64?
}

/// The lines that TFLM's MicroProfiler prints, whatever application it is part of.
///
/// The grammar is exact to the last byte: a line that is cut off or has one byte too many is none
/// of these, so that a damaged number is not read as a sound one.
enum TFLMLine: Sendable, Equatable {
  case took(TFLMTook)
  /// `"Event","Tag","Ticks"`
  case eventHeader
  /// `3,CONV_2D,123`
  case eventRow(index: UInt64, tag: Range<Int>, count: TFLMCount, offset: Int)
  /// `"Unique Tag","Total ticks across all events with that tag."`
  case tagHeader
  /// `CONV_2D, 123`
  case tagRow(tag: Range<Int>, sum: TFLMCount, offset: Int)
  /// `"total number of ticks", 456`
  case total(TFLMCount, offset: Int)

  /// Reads one line; nil when it is none of these.
  static func parse(_ text: Span<UInt8>) -> TFLMLine? {
    var i = 0
    Scan.blanks(text, &i)
    guard i < text.count else { return nil }
    if text[i] == UInt8(ascii: "\""), let quoted = quoted(text, i) { return quoted }
    if Scan.isDigit(text[i]), let row = eventRow(text, i) { return row }
    return took(text, i) ?? pair(text, i)
  }

  private static func quoted(_ text: Span<UInt8>, _ start: Int) -> TFLMLine? {
    var i = start
    if Scan.literal(text, &i, #""Event","Tag","Ticks""#) {
      return i == text.count ? .eventHeader : nil
    }
    if Scan.literal(text, &i, #""Unique Tag","Total ticks across all events with that tag.""#) {
      return i == text.count ? .tagHeader : nil
    }
    return nil
  }

  private static func eventRow(_ text: Span<UInt8>, _ start: Int) -> TFLMLine? {
    var i = start
    guard let index = number(text, &i), i < text.count, text[i] == UInt8(ascii: ",") else {
      return nil
    }
    let first = i + 1
    i = first
    while i < text.count, text[i] != UInt8(ascii: ",") { i += 1 }
    let tag = first..<i
    guard isTag(text, tag), i < text.count else { return nil }
    i += 1
    let offset = i
    guard let count = count(text, &i), i == text.count else { return nil }
    return .eventRow(index: index, tag: tag, count: count, offset: offset)
  }

  /// Whether the line ends in ` ms)`, ` us` or ` ms`, perhaps with a full stop, as each does that took a time:
  /// no other need be searched.
  private static func endsInUnit(_ text: Span<UInt8>) -> Bool {
    var last = text.count - 1
    if last > 0, text[last] == UInt8(ascii: ".") { last -= 1 }
    if last > 0, text[last] == UInt8(ascii: ")") { last -= 1 }
    return last >= 2 && text[last] == UInt8(ascii: "s")
      && (text[last - 1] == UInt8(ascii: "m") || text[last - 1] == UInt8(ascii: "u"))
      && text[last - 2] == UInt8(ascii: " ")
  }

  private static func took(_ text: Span<UInt8>, _ start: Int) -> TFLMLine? {
    guard endsInUnit(text) else { return nil }
    var end = start
    var i = start
    var found = false
    while end + 6 < text.count {
      if text[end] == UInt8(ascii: " "), text[end + 1] == UInt8(ascii: "t") {
        i = end
        if Scan.literal(text, &i, " took ") {
          found = true
          break
        }
      }
      end += 1
    }
    let tag = start..<end
    guard found, isTag(text, tag) else { return nil }
    let offset = i
    guard let count = count(text, &i) else { return nil }
    let unit: TFLMPrintedUnit
    if Scan.literal(text, &i, " ticks") {
      unit = .ticks
    } else if Scan.literal(text, &i, " us") {
      unit = .microseconds
    } else if Scan.literal(text, &i, " ms") {
      unit = .milliseconds
    } else {
      return nil
    }
    var milliseconds: UInt64?
    if Scan.literal(text, &i, " (") {
      // An event that never ended or overflowed is negative here, too; that number says nothing.
      let negative = i < text.count && text[i] == UInt8(ascii: "-")
      if negative { i += 1 }
      guard let value = number(text, &i), Scan.literal(text, &i, " ms)") else { return nil }
      milliseconds = negative ? nil : value
    } else if unit == .ticks {
      return nil
    }
    if i < text.count, text[i] == UInt8(ascii: ".") { i += 1 }
    guard i == text.count else { return nil }
    let iterations = iterations(text, tag)
    // Any program may say that something took so many ms.
    if unit != .ticks, iterations == nil, !TFLMKinds.isBuiltin(text, tag) { return nil }
    return .took(
      TFLMTook(
        tag: tag, count: count, offset: offset, unit: unit, milliseconds: milliseconds,
        iterations: iterations))
  }

  /// `CONV_2D, 123` and the total in its quoted and its older bare form.
  private static func pair(_ text: Span<UInt8>, _ start: Int) -> TFLMLine? {
    guard Scan.isDigit(text[text.count - 1]) else { return nil }
    var comma = text.count - 1
    while comma > start, text[comma] != UInt8(ascii: ",") { comma -= 1 }
    guard comma > start else { return nil }
    var i = comma + 1
    if i < text.count, text[i] == UInt8(ascii: " ") { i += 1 }
    let offset = i
    guard let sum = count(text, &i), i == text.count else { return nil }
    var j = start
    if Scan.literal(text, &j, #""total number of ticks""#) {
      return j == comma ? .total(sum, offset: offset) : nil
    }
    if Scan.literal(text, &j, "total number of ticks") {
      return j == comma ? .total(sum, offset: offset) : nil
    }
    let tag = start..<comma
    for k in tag where text[k] == UInt8(ascii: ",") { return nil }
    return isTag(text, tag) ? .tagRow(tag: tag, sum: sum, offset: offset) : nil
  }

  /// A whole number as `%d` prints it: no leading zero.
  static func number(_ text: Span<UInt8>, _ i: inout Int) -> UInt64? {
    let start = i
    guard let value = Scan.whole(text, &i) else { return nil }
    if i - start > 1, text[start] == UInt8(ascii: "0") {
      i = start
      return nil
    }
    return value
  }

  /// A number of ticks as `%d` or `%u` prints it.
  static func count(
    _ text: Span<UInt8>, _ i: inout Int, isEvent: Bool = true
  ) -> TFLMCount? {
    var j = i
    let isNegative = j < text.count && text[j] == UInt8(ascii: "-")
    if isNegative { j += 1 }
    guard let magnitude = number(text, &j), !isNegative || magnitude > 0 else { return nil }
    i = j
    return TFLMCount(magnitude, isNegative: isNegative, isEvent: isEvent)
  }

  /// Tags hold `::`, blanks and hyphens, but no quotation marks and nothing outside ASCII.
  private static func isTag(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first, let last = range.last, range.count <= 128 else { return false }
    guard text[first] != UInt8(ascii: " "), text[last] != UInt8(ascii: " ") else { return false }
    for k in range {
      let b = text[k]
      if b < 0x20 || b > 0x7E || b == UInt8(ascii: "\"") { return false }
    }
    return true
  }

  private static func iterations(_ text: Span<UInt8>, _ tag: Range<Int>) -> UInt64? {
    guard let last = tag.last, text[last] == UInt8(ascii: ")") else { return nil }
    var open = last
    while open > tag.lowerBound, text[open] != UInt8(ascii: "(") { open -= 1 }
    var i = open + 1
    guard open > tag.lowerBound, let value = number(text, &i), i == last, value > 0 else {
      return nil
    }
    return value
  }
}
