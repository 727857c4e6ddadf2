/// Where a piece of a line stands in its file.
public struct Place: Sendable, Equatable, Comparable {
  /// One-based line, as an editor numbers it.
  public var line: Int
  /// One-based column, in bytes, of the first byte.
  public var column: Int

  /// A place; both numbers are one-based.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (a: Place, b: Place) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// Cuts a stream of bytes into lines without making a String of any of them.
///
/// A line ends at LF, CRLF or a bare CR. A bare CR inside a file of LF lines (a terminal's habit)
/// ends a piece but not the line number, so numbers agree with an editor's; a file whose first end
/// is a bare CR counts those. Lines longer than `maximumLength` are handed over in pieces.
public struct LineReader {
  /// A longer line is no log line; it is cut so that memory stays bounded.
  public static let maximumLength = 1 << 16

  private var carry: [UInt8] = []
  private var place = Place(line: 1, column: 1)
  private var pendingCR = false
  private var bareCRCounts: Bool?

  /// A reader at the first line.
  public init() { carry.reserveCapacity(4096) }

  /// Takes the next `count` bytes of the stream and calls `body` for each piece that is complete.
  public mutating func feed(
    _ bytes: Span<UInt8>, _ body: (_ piece: Span<UInt8>, _ place: Place, _ cut: Bool) -> Void
  ) {
    var start = 0
    var i = 0
    if pendingCR, bytes.count > 0 {
      pendingCR = false
      if bytes[0] == UInt8(ascii: "\n") {
        start = 1
        i = 1
        advanceLine(columns: 0)
        if bareCRCounts == nil { bareCRCounts = false }
      } else {
        bareCR(columns: lastLength + 1)
      }
    }
    while i < bytes.count {
      let b = bytes[i]
      // Everything below 0x0E is rare; one comparison keeps the hot path short.
      if b > 0x0D {
        i += 1
        if i - start + carry.count >= Self.maximumLength { cut(bytes, &start, i, body) }
        continue
      }
      if b == UInt8(ascii: "\n") {
        emit(bytes, start, i, body)
        advanceLine(columns: 0)
        if bareCRCounts == nil { bareCRCounts = false }
        start = i + 1
      } else if b == UInt8(ascii: "\r") {
        emit(bytes, start, i, body)
        let length = i + 1
        if length == bytes.count {
          pendingCR = true
        } else if bytes[length] == UInt8(ascii: "\n") {
          advanceLine(columns: 0)
          if bareCRCounts == nil { bareCRCounts = false }
          i += 1
        } else {
          bareCR(columns: lastLength + 1)
        }
        start = i + 1
      } else if i - start + carry.count + 1 >= Self.maximumLength {
        i += 1
        cut(bytes, &start, i, body)
        continue
      }
      i += 1
    }
    if start < bytes.count {
      for j in start..<bytes.count { carry.append(bytes[j]) }
    }
  }

  /// The end of the stream: hands over a last line that lacks its end.
  public mutating func finish(
    _ body: (_ piece: Span<UInt8>, _ place: Place, _ cut: Bool) -> Void
  ) {
    if !carry.isEmpty {
      body(carry.span, place, false)
      carry.removeAll(keepingCapacity: true)
    }
  }

  private var lastLength = 0

  private mutating func emit(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int,
    _ body: (Span<UInt8>, Place, Bool) -> Void
  ) {
    if carry.isEmpty {
      lastLength = end - start
      body(bytes.extracting(start..<end), place, false)
    } else {
      for j in start..<end { carry.append(bytes[j]) }
      lastLength = carry.count
      body(carry.span, place, false)
      carry.removeAll(keepingCapacity: true)
    }
  }

  private mutating func cut(
    _ bytes: Span<UInt8>, _ start: inout Int, _ end: Int, _ body: (Span<UInt8>, Place, Bool) -> Void
  ) {
    for j in start..<end { carry.append(bytes[j]) }
    body(carry.span, place, true)
    place.column += carry.count
    carry.removeAll(keepingCapacity: true)
    start = end
  }

  private mutating func advanceLine(columns: Int) {
    place = Place(line: place.line + 1, column: 1)
  }

  private mutating func bareCR(columns: Int) {
    if bareCRCounts == nil { bareCRCounts = true }
    if bareCRCounts == true {
      place = Place(line: place.line + 1, column: 1)
    } else {
      place.column += columns
    }
  }
}
