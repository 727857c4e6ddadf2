import Support

/// Holds a line against a pattern, in time proportional to its length.
///
/// What stands between two `{*}` is fixed but for numbers and words, which end where they must; so the leftmost
/// place where it fits is right for all but the last, which has to end with the line.
struct PatternMatcher {
  private let pattern: Pattern
  private let place: TextPlace
  private var figures: [LineFigure] = []
  private var settings: [MeasuredLine.Setting] = []

  /// Digits of a number and letters of a word, at most.
  private static let longest = 64

  /// What `text` tells; nil where it does not fit.
  static func match(_ pattern: Pattern, _ text: Span<UInt8>, at place: TextPlace) -> MeasuredLine? {
    var matcher = PatternMatcher(pattern: pattern, place: place)
    guard matcher.match(text) else { return nil }
    return MeasuredLine(
      figures: matcher.figures, settings: matcher.settings)
  }

  private init(pattern: Pattern, place: TextPlace) { (self.pattern, self.place) = (pattern, place) }

  private mutating func match(_ text: Span<UInt8>) -> Bool {
    var end = text.count
    while end > 0, isBlank(text[end - 1]) { end -= 1 }
    var i = 0
    Scan.blanks(text, &i)
    let last = pattern.segments.count - 1
    for (n, segment) in pattern.segments.enumerated() {
      if n == 0 {
        guard matchSegment(segment, text, &i, end) else { return false }
        if last == 0 { return i == end }
        continue
      }
      // `{*}` at the end.
      if segment.isEmpty { return true }
      var isFound = false
      while i <= end {
        let (figureCount, settingCount) = (figures.count, settings.count)
        var j = i
        if mayBegin(segment, text, i), matchSegment(segment, text, &j, end), n < last || j == end {
          i = j
          isFound = true
          break
        }
        figures.removeLast(figures.count - figureCount)
        settings.removeLast(settings.count - settingCount)
        i += 1
      }
      guard isFound else { return false }
    }
    return true
  }

  /// Numbers, words and blanks begin where nothing of their kind stands before.
  private func mayBegin(_ segment: [Pattern.Piece], _ text: Span<UInt8>, _ i: Int) -> Bool {
    guard i > 0, let first = segment.first else { return true }
    let before = text[i - 1]
    switch first {
    case .literal: return true
    case .blanks: return !isBlank(before)
    case .number, .skip: return !Scan.isDigit(before) && before != UInt8(ascii: ".")
    case .word: return !isOfWord(before)
    }
  }

  private mutating func matchSegment(
    _ segment: [Pattern.Piece], _ text: Span<UInt8>, _ i: inout Int, _ end: Int
  ) -> Bool {
    for piece in segment {
      switch piece {
      case .literal(let bytes):
        guard i + bytes.count <= end else { return false }
        for k in bytes.indices where text[i + k] != bytes[k] { return false }
        i += bytes.count
      case .blanks:
        // Blanks at the end of a line were taken off.
        if i == end { continue }
        guard isBlank(text[i]) else { return false }
        while i < end, isBlank(text[i]) { i += 1 }
      case .skip:
        guard number(text, &i, end) != nil else { return false }
      case .number(let field, let unit):
        guard take(field, unit, text, &i, end) else { return false }
      case .word(let key):
        let start = i
        while i < end, i - start < Self.longest, isOfWord(text[i]) { i += 1 }
        guard i > start else { return false }
        settings.append(.init(key: key, text: Scan.string(text, start..<i)))
      }
    }
    return true
  }

  private mutating func take(
    _ field: Pattern.Field, _ given: PrintedUnit?, _ text: Span<UInt8>, _ i: inout Int, _ end: Int
  ) -> Bool {
    let start = i
    guard let (value, decimals) = number(text, &i, end) else { return false }
    let range = start..<i
    var unit = given
    switch field {
    case .count: unit = nil
    case .arena:
      guard decimals == 0 else { return false }
      settings.append(.init(key: .arenaBytes, text: Scan.string(text, range)))
      return true
    default:
      if unit == nil {
        unit = printedUnit(text, &i, end)
        guard let unit, (field == .clock) == (unit.timeUnit == nil) else { return false }
      }
    }
    if field == .clock {
      guard let unit, case .hertz = unit else { return false }
      let hertz = unit.value(value).rounded()
      guard hertz >= 1, hertz < 1e12 else { return false }
      settings.append(.init(key: .clock, text: String(UInt64(hertz))))
      return true
    }
    figures.append(
      LineFigure(
        role: Self.role(field), name: Self.name(field),
        number: PrintedNumber(
          value: value, half: 0.5 / LineFigure.power(decimals), place: place.advanced(by: start)),
        decimals: decimals, unit: unit, range: range))
    return true
  }

  private static func role(_ field: Pattern.Field) -> LineFigure.Role {
    switch field {
    case .time, .cycles: .inference(.named)
    case .statistic(let statistic): .statistic(statistic, of: .named)
    case .stage: .stage
    case .kind(let kind): .kind(kind)
    case .count, .clock, .arena: .count
    }
  }

  private static func name(_ field: Pattern.Field) -> String {
    if case .stage(let name) = field { name } else { "" }
  }

  /// Digits, with a point among them.
  private func number(
    _ text: Span<UInt8>, _ i: inout Int, _ end: Int
  ) -> (value: Double, decimals: Int)? {
    var j = i
    while j < end, j - i <= Self.longest, Scan.isDigit(text[j]) || text[j] == UInt8(ascii: ".") {
      j += 1
    }
    guard j > i, Scan.isDigit(text[i]), j - i <= 32 else { return nil }
    var k = i
    var decimals = 0
    guard let value = Scan.decimal(text.extracting(0..<min(end, j + 4)), &k, &decimals), k <= end
    else { return nil }
    i = k
    return (value, decimals)
  }

  private func printedUnit(_ text: Span<UInt8>, _ i: inout Int, _ end: Int) -> PrintedUnit? {
    var j = i
    while j < end, isBlank(text[j]) { j += 1 }
    let start = j
    while j < end, j - start < Self.longest, text[j] >= 0x80 || Scan.isWord(text[j]) { j += 1 }
    guard j > start, let unit = PrintedUnit(word: Scan.string(text, start..<j).lowercased()) else {
      return nil
    }
    i = j
    return unit
  }

  private func isBlank(_ b: UInt8) -> Bool { b == UInt8(ascii: " ") || b == UInt8(ascii: "\t") }

  private func isOfWord(_ b: UInt8) -> Bool {
    Scan.isWord(b) || b == UInt8(ascii: "-") || b == UInt8(ascii: ".")
  }
}
