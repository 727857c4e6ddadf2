/// Lines of the LiteX terminal in which CFU Playground prints its profiles.
enum LiteXLine: Sendable, Equatable {
  /// `--============= Liftoff! ===============--`
  case boot
  /// `Running imgc`
  case running(Range<Int>)
  /// `107M ( 107052996 )  cycles total`; `rounded` when both numbers agree.
  case cycles(UInt64, offset: Int, rounded: Bool)
  /// A row of the performance counters.
  case counters
  case frame
  case menu

  static func parse(_ text: Span<UInt8>) -> LiteXLine? {
    var start = 0
    Scan.blanks(text, &start)
    guard start < text.count else { return nil }
    if Scan.find(text, "Liftoff!") != nil, Scan.starts(text, "--==") { return .boot }
    if Scan.find(text, "cycles total") != nil, let cycles = cycles(text, start) { return cycles }
    var i = start
    if Scan.literal(text, &i, "Running ") {
      let name = i
      while i < text.count, Scan.isWord(text[i]) || text[i] == UInt8(ascii: "-") { i += 1 }
      return i == text.count && i > name ? .running(name..<i) : .menu
    }
    return rule(text, start)
  }

  private static func cycles(_ text: Span<UInt8>, _ start: Int) -> LiteXLine? {
    var i = start
    guard let short = Scan.whole(text, &i) else { return nil }
    var scale = 1.0
    if i < text.count {
      switch text[i] {
      case UInt8(ascii: "k"): scale = 1e3
      case UInt8(ascii: "M"): scale = 1e6
      case UInt8(ascii: "G"): scale = 1e9
      default: break
      }
      if scale > 1 { i += 1 }
    }
    Scan.blanks(text, &i)
    guard Scan.literal(text, &i, "(") else { return nil }
    Scan.blanks(text, &i)
    let offset = i
    guard let value = TFLMLine.number(text, &i) else { return nil }
    Scan.blanks(text, &i)
    guard Scan.literal(text, &i, ")") else { return nil }
    Scan.blanks(text, &i)
    guard Scan.literal(text, &i, "cycles total"), i == text.count else { return nil }
    let rounded = abs(Double(value) / scale - Double(short)) <= (scale > 1 ? 0.51 : 0)
    return .cycles(value, offset: offset, rounded: rounded)
  }

  private static func rule(_ text: Span<UInt8>, _ start: Int) -> LiteXLine? {
    var bars = 0
    var others = false
    for k in start..<text.count {
      let b = text[k]
      if b == UInt8(ascii: "|") { bars += 1 }
      if !"-=+. ".utf8.contains(b) { others = true }
    }
    if bars == 4 { return .counters }
    if !others { return .frame }
    // ` 1: TfLM Models menu` and `imgc> g`.
    if start + 2 < text.count, Scan.isWord(text[start]), text[start + 1] == UInt8(ascii: ":"),
      text[start + 2] == UInt8(ascii: " ")
    {
      return .menu
    }
    var k = start
    while k < text.count, Scan.isWord(text[k]) { k += 1 }
    let isPrompt =
      k > start && k < text.count && text[k] == UInt8(ascii: ">") && text.count - k <= 3
    return isPrompt ? .menu : nil
  }
}
