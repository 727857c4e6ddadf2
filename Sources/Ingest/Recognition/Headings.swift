/// Finds the lines by which people and programs set one result apart from the next: a heading, a
/// fence, the message of a boot.
struct Headings: Sendable {
  /// The last heading, its numbers taken for equal: `run 2:` behind `run 1:` counts inferences and is no
  /// heading of another build.
  private var last: [UInt8] = []

  private static let boots: [StaticString] = [
    "*** Booting", "ESP-ROM:", "rst:0x", "ets Jun ", "ets Jul ", "Booting ",
  ]

  /// What sets results apart.
  enum Mark: Sendable {
    case heading, boot
  }

  /// What a line is that begins something else than what was before it; nil for any other.
  mutating func take(_ text: Span<UInt8>) -> Mark? {
    var i = 0
    Scan.blanks(text, &i)
    guard i < text.count, text.count <= 200 else { return nil }
    if Self.isFence(text, i) { return .heading }
    if Self.boots.contains(where: { starts(text, i, $0) })
      || TFLMApplicationLine.parse(text) == .chatter
    {
      return .boot
    }
    guard Self.isHeading(text, i) else { return nil }
    let words = Self.normalised(text, i)
    defer { last = words }
    return words == last ? nil : .heading
  }

  private func starts(_ text: Span<UInt8>, _ start: Int, _ word: StaticString) -> Bool {
    var i = start
    return Scan.literal(text, &i, word)
  }

  private static func isFence(_ text: Span<UInt8>, _ start: Int) -> Bool {
    var i = start
    return Scan.literal(text, &i, "```") || Scan.literal(text, &i, "~~~")
  }

  /// `## Before`, `# -O0`, `**Before**`, `=== Before ===`, `Before (reference kernels):`.
  private static func isHeading(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard hasLetter(text, start) else { return false }
    var i = start
    if text[start] == UInt8(ascii: "#") || Scan.literal(text, &i, "**")
      || Scan.literal(text, &i, "===") || Scan.literal(text, &i, "---")
    {
      return true
    }
    return text[text.count - 1] == UInt8(ascii: ":")
  }

  private static func hasLetter(_ text: Span<UInt8>, _ start: Int) -> Bool {
    for k in start..<text.count where (text[k] | 0x20) &- UInt8(ascii: "a") < 26 { return true }
    return false
  }

  /// The bytes with every number that stands by itself or behind a word that counts inferences as `0`;
  /// `-O0` and `v2` are no such numbers.
  private static func normalised(_ text: Span<UInt8>, _ start: Int) -> [UInt8] {
    var words: [UInt8] = []
    var i = start
    while i < text.count {
      var end = i
      while end < text.count, isPart(text[end]) { end += 1 }
      let isFree = Self.isFree(text, start, i)
      let isWhole = end == text.count || !Scan.isWord(text[end])
      if end > i, Scan.isDigit(text[i]), isFree, isWhole {
        words.append(UInt8(ascii: "0"))
        i = end
      } else {
        words.append(text[i])
        i += 1
      }
    }
    return words
  }

  private static let counters: [StaticString] = [
    "run", "inference", "iteration", "sample", "pass",
  ]

  /// True where a number at `i` is a word of its own, or what is before it only counts: `run_1`, `pass-2`.
  private static func isFree(_ text: Span<UInt8>, _ start: Int, _ i: Int) -> Bool {
    guard i > start else { return true }
    var end = i
    if text[end - 1] == UInt8(ascii: "_") || text[end - 1] == UInt8(ascii: "-") { end -= 1 }
    var first = end
    while first > start, (text[first - 1] | 0x20) &- UInt8(ascii: "a") < 26 { first -= 1 }
    if counters.contains(where: { isWord(text, first..<end, $0) }) { return true }
    return !Scan.isWord(text[i - 1]) && text[i - 1] != UInt8(ascii: "-")
  }

  /// True where the letters are `word`, in whatever case.
  private static func isWord(
    _ text: Span<UInt8>, _ range: Range<Int>, _ word: StaticString
  ) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      for k in range where text[k] | 0x20 != letters[k - range.lowerBound] { return false }
      return true
    }
  }

  private static func isPart(_ b: UInt8) -> Bool {
    Scan.isDigit(b) || b == UInt8(ascii: ".") || b == UInt8(ascii: ",")
  }
}
