import Support

/// Reads the text of a pattern.
struct PatternParser {
  /// Bytes of a pattern; a line of a log has no more.
  static let most = 1000

  private let bytes: [UInt8]
  private var i = 0
  private var segments: [[Pattern.Piece]] = [[]]
  private var literal: [UInt8] = []

  private let mayReadNothing: Bool

  static func segments(
    of text: String, mayReadNothing: Bool = false
  ) throws(Diagnostic) -> [[Pattern.Piece]] {
    var parser = PatternParser(text, mayReadNothing: mayReadNothing)
    return try parser.read()
  }

  private init(_ text: String, mayReadNothing: Bool) {
    bytes = Array(text.trimmingBlanks.utf8)
    self.mayReadNothing = mayReadNothing
  }

  private mutating func read() throws(Diagnostic) -> [[Pattern.Piece]] {
    guard !bytes.isEmpty else { throw failure("the pattern is empty", at: 0) }
    guard bytes.count <= Self.most else {
      throw failure("the pattern has \(bytes.count) bytes; \(Self.most) are allowed", at: Self.most)
    }
    while i < bytes.count {
      let byte = bytes[i]
      if byte == UInt8(ascii: "{") {
        if i + 1 < bytes.count, bytes[i + 1] == byte {
          literal.append(byte)
          i += 2
        } else {
          try readField()
        }
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        endLiteral()
        if segments[segments.count - 1].last != .blanks { append(.blanks) }
        i += 1
      } else if byte < 0x20 || byte == 0x7F {
        throw failure("a control character stands in the pattern", at: i)
      } else {
        // `}}` is `}`, as `{{` is `{`.
        let isDoubled = byte == UInt8(ascii: "}") && i + 1 < bytes.count && bytes[i + 1] == byte
        literal.append(byte)
        i += isDoubled ? 2 : 1
      }
    }
    endLiteral()
    return try checked()
  }

  private func checked() throws(Diagnostic) -> [[Pattern.Piece]] {
    let pieces = segments.joined()
    let numbers = pieces.compactMap { if case .number(let field, _) = $0 { field } else { nil } }
    let words = pieces.contains { if case .word = $0 { true } else { false } }
    guard words || !numbers.isEmpty || mayReadNothing else {
      throw failure(
        "the pattern reads no number", at: 0, remedy: "Put {time:us} where the time stands.")
    }
    let isAnchored = pieces.contains { if case .literal = $0 { true } else { false } }
    guard isAnchored else {
      throw failure(
        "the pattern has no text of its own, so it would fit nearly every line", at: 0,
        remedy: "Keep words of the line in it: 'Inference took {time:us} us'.")
    }
    return segments
  }

  private mutating func append(_ piece: Pattern.Piece) {
    segments[segments.count - 1].append(piece)
  }

  private mutating func endLiteral() {
    guard !literal.isEmpty else { return }
    append(.literal(literal))
    literal = []
  }

  private mutating func readField() throws(Diagnostic) {
    endLiteral()
    let start = i
    guard let end = bytes[i...].firstIndex(of: UInt8(ascii: "}")) else {
      throw failure(
        "this brace is not closed", at: i, remedy: "Write {time:us}, or {{ for a brace.")
    }
    let text = String(decoding: bytes[(i + 1)..<end], as: UTF8.self).trimmingBlanks
    i = end + 1
    if text == "*" || text.isEmpty {
      guard !segments[segments.count - 1].isEmpty || segments.count == 1 else { return }
      segments.append([])
      return
    }
    if text == "#" {
      append(.skip)
      return
    }
    // `{cycles} {time:us}`: what separates two numbers is needed.
    if case .number? = segments[segments.count - 1].last {
      throw failure(
        "two numbers follow each other, and nothing says where the first ends", at: start)
    }
    let parts = text.split(separator: ":", maxSplits: 1).map { String($0).trimmingBlanks }
    append(try piece(parts[0], unit: parts.count > 1 ? parts[1] : nil, at: start))
  }

  private func piece(
    _ name: String, unit: String?, at start: Int
  ) throws(Diagnostic) -> Pattern.Piece {
    guard let field = Self.field(name) else {
      if unit == nil, let key = ConfigurationKey(rawValue: name) { return .word(key) }
      throw failure(
        "unknown field '\(name)'", at: start,
        remedy: Nearest.suggestion(for: name, in: Self.names)
          ?? "Fields are \(Self.names.joined(separator: ", ")).")
    }
    var printed: PrintedUnit?
    if let unit {
      guard let known = PrintedUnit(word: unit.lowercased()), Self.fits(known, field) else {
        throw failure(
          "'\(unit)' is no unit of '\(name)'", at: start,
          remedy: field == .clock
            ? "Write Hz, kHz, MHz or GHz." : "Write ns, us, ms, s, cycles or ticks.")
      }
      printed = known
    }
    switch field {
    case .count, .arena:
      guard unit == nil else { throw failure("'\(name)' has no unit", at: start) }
    case .cycles: printed = printed ?? .cycles(1)
    default: break
    }
    return .number(field, printed)
  }

  private static func fits(_ unit: PrintedUnit, _ field: Pattern.Field) -> Bool {
    if case .hertz = unit { return field == .clock }
    guard let time = unit.timeUnit else { return false }
    return field == .cycles ? time == .cycles : field != .clock
  }

  private static let names = [
    "time", "cycles", "n", "min", "max", "mean", "median", "p95", "sd", "stage.NAME",
    "kind.CONV_2D",
    "clock", "arena", "model", "dtype", "board", "*", "#",
  ]

  private static func field(_ name: String) -> Pattern.Field? {
    switch name {
    case "time": return .time
    case "cycles": return .cycles
    case "n": return .count
    case "clock": return .clock
    case "arena": return .arena
    default: break
    }
    if case .statistic(let statistic)? = TimeWords.meaning(name) { return .statistic(statistic) }
    for (prefix, make) in [
      ("stage.", { (name: String) in Pattern.Field.stage(name) }),
      ("kind.", { Pattern.Field.kind($0) }),
    ] where name.hasPrefix(prefix) && name.utf8.count > prefix.utf8.count {
      return make(String(name.dropFirst(prefix.count)))
    }
    return nil
  }

  private func failure(
    _ message: String, at offset: Int,
    remedy: String = "docs/patterns.md has the fields and examples."
  ) -> Diagnostic {
    Diagnostic(
      "pattern-syntax", message, remedy: remedy, place: Place(line: 1, column: offset + 1))
  }
}
