import Core

/// Why a line is none that can be used.
public enum LineProblem: Error, Sendable, Equatable {
  /// It does not look like a line of the log at all.
  case foreign
  /// It was one, but is damaged; `column` is the zero-based byte where that shows.
  case damaged(column: Int, Damage)
  /// It was written by a newer version of the format.
  case newerVersion(UInt64)
}

/// What is wrong with a damaged line.
public enum Damage: UInt8, Sendable, Equatable {
  case noChecksum, wrongChecksum, tooLong, badSequence, unknownRecord, badField, unknownKey
  case repeatedKey, badValue, missingKey
}

/// A line that is whole: its checksum fits and every field obeys the schema.
public struct DecodedLine: Sendable, Equatable {
  /// The version it was written in, whose rules it obeys.
  public var version: UInt32
  /// What kind of line it is.
  public var record: Record
  /// Number of the line within its boot.
  public var sequence: UInt32
  /// Where the fields stand in the line.
  public var fields: Range<Int>
  /// The line's checksum, by which a repeated line is told from another with its number.
  public var checksum: UInt32
}

/// One field of a line: ranges of its key and of its value (without quotes).
public struct Field: Sendable, Equatable {
  /// Where its key stands.
  public var key: Range<Int>
  /// Where its value stands, escapes still in it.
  public var value: Range<Int>
  /// Whether the value stood in quotes.
  public var isQuoted: Bool
}

/// Reads lines of the log without allocating.
public enum LineDecoder {
  /// Decodes one line, given without its end.
  ///
  /// - Parameter crc32: its checksum; the one without a table unless told.
  public static func decode(
    _ line: Span<UInt8>, crc32: (Span<UInt8>) -> UInt32 = CRC32.of
  ) throws(LineProblem) -> DecodedLine {
    guard line.count >= 2, line[0] == UInt8(ascii: "p"), line[1] == UInt8(ascii: "b") else {
      throw endsLikeALine(line) ? .damaged(column: 0, .badField) : .foreign
    }
    var i = 2
    while i < line.count, Lexis.isDigit(line[i]) { i += 1 }
    guard let version = Lexis.whole(line, 2..<i), i < line.count, line[i] == UInt8(ascii: " ")
    else { throw endsLikeALine(line) ? .damaged(column: 2, .badField) : .foreign }
    guard line.count <= Schema.maximumLineLength else {
      throw .damaged(column: Schema.maximumLineLength, .tooLong)
    }
    let end = line.count - 10
    guard endsLikeALine(line), end > i, let sum = Lexis.hex(line, end + 2..<line.count) else {
      throw .damaged(column: line.count, .noChecksum)
    }
    let checksum = UInt32(truncatingIfNeeded: sum)
    guard crc32(line.extracting(0..<end)) == checksum else {
      throw .damaged(column: end + 1, .wrongChecksum)
    }
    // From here on the line is as it was written.
    guard version > 0 else { throw .damaged(column: 2, .badField) }
    guard version <= UInt64(Schema.version) else { throw .newerVersion(version) }
    return try body(
      line, from: i + 1, to: end, version: UInt32(truncatingIfNeeded: version), checksum)
  }

  /// The fields of a decoded line, one after the other; nil behind the last.
  public static func nextField(
    _ line: Span<UInt8>, _ position: inout Int, end: Int
  ) throws(LineProblem) -> Field? {
    var i = position
    guard i < end else { return nil }
    guard line[i] == UInt8(ascii: " ") else { throw .damaged(column: i, .badField) }
    i += 1
    let keyStart = i
    while i < end, Lexis.isLower(line[i]) || Lexis.isDigit(line[i]) || line[i] == UInt8(ascii: "_")
    { i += 1 }
    let key = keyStart..<i
    guard !key.isEmpty, i < end, line[i] == UInt8(ascii: "=") else {
      throw .damaged(column: i, .badField)
    }
    i += 1
    if i < end, line[i] == UInt8(ascii: "\"") {
      i += 1
      let start = i
      while i < end, line[i] != UInt8(ascii: "\"") {
        i += line[i] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard i < end else { throw .damaged(column: start, .badValue) }
      position = i + 1
      return Field(key: key, value: start..<i, isQuoted: true)
    }
    let start = i
    while i < end, Lexis.isTokenByte(line[i]) { i += 1 }
    guard i > start, i == end || line[i] == UInt8(ascii: " ") else {
      throw .damaged(column: i, .badValue)
    }
    position = i
    return Field(key: key, value: start..<i, isQuoted: false)
  }

  /// The whole number of a field.
  public static func whole(_ line: Span<UInt8>, _ field: Field) -> UInt64? {
    field.isQuoted ? nil : Lexis.whole(line, field.value)
  }

  /// The number that a field's hexadecimal digits write.
  public static func hex(_ line: Span<UInt8>, _ field: Field) -> UInt64? {
    field.isQuoted ? nil : Lexis.hex(line, field.value)
  }

  /// Calls `body` for each byte of a field's text, escapes resolved.
  public static func text(_ line: Span<UInt8>, _ field: Field, _ body: (UInt8) -> Void) {
    var i = field.value.lowerBound
    let end = field.value.upperBound
    while i < end {
      if field.isQuoted, line[i] == UInt8(ascii: "\\"), i + 1 < end {
        if line[i + 1] == UInt8(ascii: "x"), i + 3 < end, let high = Lexis.nibble(line[i + 2]),
          let low = Lexis.nibble(line[i + 3])
        {
          body(high << 4 | low)
          i += 4
        } else {
          body(line[i + 1])
          i += 2
        }
      } else {
        body(line[i])
        i += 1
      }
    }
  }

  /// True when the field's key is `key`.
  public static func isKey(_ line: Span<UInt8>, _ field: Field, _ key: StaticString) -> Bool {
    Lexis.equals(line, field.key, key)
  }

  /// True for a line that ends in ` ~` and eight hexadecimal digits.
  private static func endsLikeALine(_ line: Span<UInt8>) -> Bool {
    let end = line.count - 10
    guard end >= 0, line[end] == UInt8(ascii: " "), line[end + 1] == UInt8(ascii: "~") else {
      return false
    }
    for i in (end + 2)..<line.count where Lexis.nibble(line[i]) == nil { return false }
    return true
  }

  private static func body(
    _ line: Span<UInt8>, from start: Int, to end: Int, version: UInt32, _ checksum: UInt32
  ) throws(LineProblem) -> DecodedLine {
    var i = start
    while i < end, Lexis.isDigit(line[i]) { i += 1 }
    guard let number = Lexis.whole(line, start..<i), number <= UInt64(UInt32.max), i < end,
      line[i] == UInt8(ascii: " ")
    else { throw .damaged(column: start, .badSequence) }
    let wordStart = i + 1
    i = wordStart
    while i < end, Lexis.isLower(line[i]) { i += 1 }
    var record: Record?
    for candidate in Record.allCases
    where candidate.since <= version && Lexis.equals(line, wordStart..<i, candidate.word) {
      record = candidate
    }
    guard let record else { throw .damaged(column: wordStart, .unknownRecord) }
    try check(line, record, i..<end, version)
    return DecodedLine(
      version: version, record: record, sequence: UInt32(truncatingIfNeeded: number),
      fields: i..<end,
      checksum: checksum)
  }

  /// Holds the fields against the schema as it was in that version.
  private static func check(
    _ line: Span<UInt8>, _ record: Record, _ fields: Range<Int>, _ version: UInt32
  ) throws(LineProblem) {
    let rules = Schema.keys(of: record)
    var seen: UInt64 = 0
    var i = fields.lowerBound
    while let field = try nextField(line, &i, end: fields.upperBound) {
      var known = false
      for (n, rule) in rules.enumerated()
      where rule.since <= version && Lexis.equals(line, field.key, rule.key) {
        known = true
        guard seen & (1 << UInt64(n)) == 0 else {
          throw .damaged(column: field.key.lowerBound, .repeatedKey)
        }
        seen |= 1 << UInt64(n)
        let good =
          switch rule.form {
          case .whole: whole(line, field) != nil
          case .hex: hex(line, field) != nil
          case .text: true
          }
        guard good else { throw .damaged(column: field.value.lowerBound, .badValue) }
      }
      guard known else { throw .damaged(column: field.key.lowerBound, .unknownKey) }
    }
    for (n, rule) in rules.enumerated()
    where rule.required && rule.since <= version && seen & (1 << UInt64(n)) == 0 {
      throw .damaged(column: fields.lowerBound, .missingKey)
    }
  }
}
