/// The lines that the profiling application prints around the profiler's own.
enum TFLMApplicationLine: Sendable, Equatable {
  /// `RP2350 CPU Clock Frequency: 150000000 Hz`
  case clock(prefix: Range<Int>, hertz: TFLMNumber)
  /// `RP2350 ticks per second: 1000000`
  case tickRate(prefix: Range<Int>, rate: TFLMNumber)
  /// `profile_count: 30`
  case profileCount(UInt64)
  /// `invoke_time: 58951 (usec)`
  case invokeTime(TFLMCount, offset: Int)
  /// `invoke_insns: 7803065 op_total: 7802106`
  case invokeInstructions(TFLMNumber, operators: TFLMNumber)
  /// `arena_used_bytes: 22820`
  case arena(UInt64)
  /// `input: type INT8 bytes 490  output: type INT8 bytes 12`
  case tensors(inputType: Range<Int>)
  /// A step of the boot, known to say nothing.
  case chatter
  /// The LED handler's number.
  case number
  /// Known, and no measurement.
  case other

  /// A number and the offset of its first digit.
  struct TFLMNumber: Sendable, Equatable {
    var value: UInt64
    var offset: Int
  }

  /// Lines of the boot; the first word decides, what follows differs by board.
  private static let chatterLines: [StaticString] = [
    "GetModel...", "Initialize resolver...", "Build Interpreter...", "AllocateTensors...",
    "setup() complete.",
  ]

  /// Reads one line; nil when it is none of these.
  static func parse(_ text: Span<UInt8>) -> TFLMApplicationLine? {
    var i = 0
    if Scan.literal(text, &i, "profile_count: ") {
      guard let count = TFLMLine.number(text, &i), i == text.count else { return nil }
      return .profileCount(count)
    }
    if Scan.literal(text, &i, "invoke_time: ") {
      let offset = i
      guard let time = TFLMLine.count(text, &i, isEvent: false),
        Scan.literal(text, &i, " (usec)"), i == text.count
      else { return nil }
      return .invokeTime(time, offset: offset)
    }
    if Scan.literal(text, &i, "invoke_insns: ") {
      guard let whole = number(text, &i), Scan.literal(text, &i, " op_total: "),
        let operators = number(text, &i), i == text.count
      else { return nil }
      return .invokeInstructions(whole, operators: operators)
    }
    if isNumber(text) { return .number }
    return boot(text)
  }

  private static func boot(_ text: Span<UInt8>) -> TFLMApplicationLine? {
    var i = 0
    if Scan.literal(text, &i, "arena_used_bytes: ") {
      guard let bytes = TFLMLine.number(text, &i), i == text.count else { return nil }
      return .arena(bytes)
    }
    if Scan.literal(text, &i, "input: type ") {
      let start = i
      while i < text.count, Scan.isWord(text[i]) { i += 1 }
      let type = start..<i
      guard !type.isEmpty, Scan.literal(text, &i, " bytes ") else { return nil }
      return .tensors(inputType: type)
    }
    for word in chatterLines where Scan.starts(text, word) && text.count == word.utf8CodeUnitCount {
      return .chatter
    }
    if Scan.starts(text, "Delay elapsed") || Scan.starts(text, "calib: ") { return .chatter }
    if Scan.starts(text, "output_fnv1a: ") { return .other }
    return prefixed(text)
  }

  private static func prefixed(_ text: Span<UInt8>) -> TFLMApplicationLine? {
    var end = 0
    while end < text.count, text[end] > 0x20, text[end] < 0x7F { end += 1 }
    guard end > 0 else { return nil }
    var i = end
    if Scan.literal(text, &i, " CPU Clock Frequency: ") {
      guard let hertz = number(text, &i), Scan.literal(text, &i, " Hz"), i == text.count else {
        return nil
      }
      return .clock(prefix: 0..<end, hertz: hertz)
    }
    if Scan.literal(text, &i, " ticks per second: ") {
      guard let rate = number(text, &i), i == text.count else { return nil }
      return .tickRate(prefix: 0..<end, rate: rate)
    }
    return nil
  }

  private static func number(_ text: Span<UInt8>, _ i: inout Int) -> TFLMNumber? {
    let offset = i
    return TFLMLine.number(text, &i).map { TFLMNumber(value: $0, offset: offset) }
  }

  private static func isNumber(_ text: Span<UInt8>) -> Bool {
    var i = 0
    if i < text.count, text[i] == UInt8(ascii: "-") { i += 1 }
    return i < text.count && text.count <= 12 && TFLMLine.number(text, &i) != nil
      && i == text.count
  }

  // MARK: damaged lines

  private static let skeletons = [
    "GetModel...", "Initialize resolver...", "Build Interpreter...", "AllocateTensors...",
    "setup() complete.", "profile_count: 0", "invoke_time: 0 (usec)",
    "invoke_insns: 0 op_total: 0", "arena_used_bytes: 0", "\"Event\",\"Tag\",\"Ticks\"",
  ].map(Array.init)

  /// True when the line was probably one that counts, before something damaged it.
  static func isDamaged(_ text: Span<UInt8>) -> Bool {
    if resemblesReading(text) || Scan.find(text, "invoke") != nil
      || Scan.find(text, "profile_count") != nil || Scan.find(text, "CPU Clock") != nil
      || Scan.find(text, "Frequency:") != nil
    {
      return true
    }
    guard text.count <= 80 else { return false }
    // Runs of digits become one, so that any number may stand in the pattern's place.
    var shape: [Character] = []
    for character in Scan.string(text) {
      if character.isNumber {
        if shape.last != "0" { shape.append("0") }
      } else {
        shape.append(character)
      }
    }
    return skeletons.contains {
      abs($0.count - shape.count) <= 3 && Nearest.distance(shape, $0) <= 3
    }
  }

  /// True for a damaged event line, row of a table or total.
  static func resemblesReading(_ text: Span<UInt8>) -> Bool {
    if Scan.find(text, " took ") != nil || Scan.find(text, "ticks") != nil
      || Scan.find(text, "cycles total") != nil
    {
      return true
    }
    // A word, a comma, a number: `3,CONV_2D,12x`.
    for i in 0..<text.count where text[i] == UInt8(ascii: ",") && i > 0 {
      guard Scan.isWord(text[i - 1]) else { continue }
      var k = i + 1
      if k < text.count, text[k] == UInt8(ascii: " ") { k += 1 }
      if k < text.count, Scan.isDigit(text[k]) || Scan.isDigit(text[i - 1]) { return true }
    }
    return false
  }
}

extension TFLMApplicationLine {
  /// The clock or the length of a tick, which the program prints when it begins.
  var isHeader: Bool {
    switch self {
    case .clock, .tickRate: true
    default: false
    }
  }
}
