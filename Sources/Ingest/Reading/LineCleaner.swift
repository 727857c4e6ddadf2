import Support

/// Takes serial noise off a line: a byte order mark, ANSI escapes, leading NULs, trailing blanks, and the
/// prefix of a terminal or logger.
///
/// Nothing that carries information is changed; columns of the cleaned text map back to the raw line.
public struct LineCleaner {
  private var scratch: [UInt8] = []
  /// Column in the raw line without escapes from which on so many bytes were removed, ascending.
  private var removals: [(at: Int, bytes: Int)] = []
  /// Where the text handed over last starts, in the columns of `removals`.
  private var start = 0
  private var stripper = PrefixStripper()

  /// What stands in front of lines and is taken off.
  var prefix: LinePrefix {
    get { stripper.prefix }
    set { stripper.prefix = newValue }
  }
  /// Bytes of it that the line handed over last had, escapes apart.
  var prefixLength: Int { start }

  /// A cleaner; reuse one for a whole file, its buffer is kept.
  public init() {}

  /// Calls `body` with the clean text and the place of its first byte.
  public mutating func clean<Result>(
    _ raw: Span<UInt8>, at place: TextPlace,
    _ body: (_ text: Span<UInt8>, _ place: TextPlace) -> Result
  ) -> Result {
    if place == TextPlace(line: 1, column: 1), Self.startsWithByteOrderMark(raw) {
      return cleanBody(raw.extracting(3..<raw.count), at: place.advanced(by: 3), body)
    }
    return cleanBody(raw, at: place, body)
  }

  private mutating func cleanBody<Result>(
    _ raw: Span<UInt8>, at place: TextPlace, _ body: (Span<UInt8>, TextPlace) -> Result
  ) -> Result {
    if !removals.isEmpty { removals.removeAll(keepingCapacity: true) }
    if !Self.holdsControls(raw) {
      let range = Self.textRange(raw, &stripper)
      start = range.lowerBound
      return body(raw.extracting(range), place.advanced(by: start))
    }
    removeControls(raw)
    let scratch = self.scratch
    let range = Self.textRange(scratch.span, &stripper)
    start = range.lowerBound
    return body(
      scratch.span.extracting(range), place.advanced(by: start + removed(before: start)))
  }

  private static func isControl(_ b: UInt8) -> Bool {
    b < 0x20 && b != UInt8(ascii: "\t") || b == 0x7F
  }

  /// Whether a control byte other than a tab is among them.
  private static func holdsControls(_ raw: Span<UInt8>) -> Bool {
    let bytes = raw.bytes
    guard raw.count >= 8 else {
      for i in 0..<raw.count where isControl(raw[i]) { return true }
      return false
    }
    // The highest bit of a byte below 0x20, tabs too, or of a DEL; none where there are none.
    var found: UInt64 = 0
    func look(_ i: Int) {
      // Bounds: i &+ 8 <= raw.count, see below.
      let eight = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self)
      let deleted = eight ^ 0x7F7F_7F7F_7F7F_7F7F
      found |=
        (eight &- 0x2020_2020_2020_2020) & ~eight | (deleted &- 0x0101_0101_0101_0101) & ~deleted
    }
    var i = 0
    while i < raw.count &- 8 {
      look(i)
      i &+= 8
    }
    look(raw.count &- 8)
    guard found & 0x8080_8080_8080_8080 != 0 else { return false }
    for i in 0..<raw.count where isControl(raw[i]) { return true }
    return false
  }

  /// What is left without prefix and trailing blanks.
  private static func textRange(
    _ text: Span<UInt8>, _ stripper: inout PrefixStripper
  ) -> Range<Int> {
    var end = text.count
    while end > 0, isBlank(text[end - 1]) { end -= 1 }
    if end > 2, text[0] == UInt8(ascii: "|"), let cell = onlyCell(text, end: end) {
      return cell.lowerBound + stripper.length(of: text.extracting(cell))..<cell.upperBound
    }
    let start = stripper.length(of: text.extracting(0..<end))
    return start..<max(start, end)
  }

  /// What stands in the one cell of a row of a Markdown table, as in `| text |`; nil for any other line.
  private static func onlyCell(_ text: Span<UInt8>, end: Int) -> Range<Int>? {
    guard text[end - 1] == UInt8(ascii: "|") else { return nil }
    var cell = 1..<end - 1
    for i in cell where text[i] == UInt8(ascii: "|") { return nil }
    while let first = cell.first, isBlank(text[first]) { cell.removeFirst() }
    while let last = cell.last, isBlank(text[last]) { cell.removeLast() }
    return cell.isEmpty ? nil : cell
  }

  private static func isBlank(_ b: UInt8) -> Bool {
    b == UInt8(ascii: " ") || b == UInt8(ascii: "\t")
  }

  /// How many columns further right than in the text handed over last the byte at `offset` of it
  /// stands in the raw line, counted from the first byte of that text.
  func displacement(at offset: Int) -> Int {
    removed(before: start + offset) - removed(before: start)
  }

  private func removed(before column: Int) -> Int {
    removals.last { $0.at <= column }?.bytes ?? 0
  }

  /// True for a line that starts with U+FEFF in UTF-8, which some editors and shells put in front.
  private static func startsWithByteOrderMark(_ raw: Span<UInt8>) -> Bool {
    raw.count >= 3 && raw[0] == 0xEF && raw[1] == 0xBB && raw[2] == 0xBF
  }

  /// Copies `raw` to `scratch` without escape sequences and leading NULs.
  ///
  /// Any other control byte becomes SUB (0x1A): were it dropped, a damaged digit would leave a
  /// shorter number that looks sound.
  private mutating func removeControls(_ raw: Span<UInt8>) {
    scratch.removeAll(keepingCapacity: true)
    var removed = 0
    var i = 0
    while i < raw.count {
      let b = raw[i]
      var length = 0
      if b == 0x1B {
        length = Self.escapeLength(raw, at: i)
      } else if b == 0, scratch.isEmpty {
        length = 1
      }
      if length > 0 {
        removed += length
        i += length
        removals.append((scratch.count, removed))
      } else {
        scratch.append(Self.isControl(b) ? 0x1A : b)
        i += 1
      }
    }
  }

  /// Length of the well-formed control sequence at `i` (ECMA-48: `ESC [`, parameters, a letter;
  /// `ESC ]`, text, BEL or `ESC \`); 0 for anything else.
  static func escapeLength(_ raw: Span<UInt8>, at i: Int) -> Int {
    guard i + 2 < raw.count else { return 0 }
    var j = i + 2
    switch raw[i + 1] {
    case UInt8(ascii: "["):
      while j < raw.count, raw[j] >= 0x30, raw[j] < 0x40 { j += 1 }
      guard j < raw.count, (raw[j] | 0x20) &- UInt8(ascii: "a") < 26 else { return 0 }
      return j + 1 - i
    case UInt8(ascii: "]"):
      while j < raw.count, raw[j] >= 0x20 { j += 1 }
      if j < raw.count, raw[j] == 0x07 { return j + 1 - i }
      guard j + 1 < raw.count, raw[j] == 0x1B, raw[j + 1] == UInt8(ascii: "\\") else { return 0 }
      return j + 2 - i
    default:
      return 0
    }
  }
}
