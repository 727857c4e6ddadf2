import Support

/// Cuts a stream of bytes into lines without making a String of any of them.
///
/// A line ends at LF, CRLF or a bare CR. A bare CR inside a file of LF lines (a terminal's habit)
/// ends a piece but not the line number, so numbers agree with an editor's; a file whose first end
/// is a bare CR counts those. Of a line longer than `maximumLength` that many bytes are handed over
/// once, as cut; the rest of it is passed over, so that no part of it can pass for a line.
public struct LineReader {
  /// A longer line is no log line; it is cut so that memory stays bounded.
  public static let maximumLength = 1 << 16

  /// The beginning of a piece that did not end in the bytes fed so far.
  private var carry: [UInt8] = []
  /// Bytes of that piece that were passed over because it is too long; 0 for any other.
  private var excess = 0
  private var place = TextPlace(line: 1, column: 1)
  private var pendingCR = false
  private var bareCRCounts: Bool?

  /// A reader at the first line.
  public init() { carry.reserveCapacity(4096) }

  /// Takes the next bytes of the stream and calls `body` for each piece that is complete.
  ///
  /// - Parameter ahead: is asked at the start of each line how many bytes and lines it takes in at once.
  mutating func feed(
    _ bytes: Span<UInt8>,
    ahead: (_ start: Int, _ place: TextPlace) -> (bytes: Int, lines: Int)? = { _, _ in nil },
    _ body: (_ piece: Span<UInt8>, _ place: TextPlace, _ cut: Bool) -> Void
  ) {
    var start = 0
    if pendingCR, bytes.count > 0 {
      pendingCR = false
      if bytes[0] == UInt8(ascii: "\n") {
        start = 1
        lineFeed()
      } else {
        bareCR()
      }
    }
    var i = start
    while i < bytes.count {
      if i == start, place.column == 1, carry.isEmpty, bareCRCounts == false,
        let taken = ahead(i, place)
      {
        i += taken.bytes
        start = i
        place.line += taken.lines
        continue
      }
      i = Self.lineEnd(in: bytes, from: i)
      guard i < bytes.count else { break }
      let b = bytes[i]
      emit(bytes, start..<i, body)
      i += 1
      if b == UInt8(ascii: "\n") {
        lineFeed()
      } else {
        place.column += 1
        if i == bytes.count {
          pendingCR = true
        } else if bytes[i] == UInt8(ascii: "\n") {
          i += 1
          lineFeed()
        } else {
          bareCR()
        }
      }
      start = i
    }
    keep(bytes, start..<i)
  }

  /// The end of the stream: hands over a last line that lacks its end.
  public mutating func finish(
    _ body: (_ piece: Span<UInt8>, _ place: TextPlace, _ cut: Bool) -> Void
  ) {
    if !carry.isEmpty { emit(Span<UInt8>(), 0..<0, body) }
  }

  /// Hands over the piece that ends with `range`, and moves the column behind it.
  private mutating func emit(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ body: (Span<UInt8>, TextPlace, Bool) -> Void
  ) {
    let length: Int
    if carry.isEmpty, range.count <= Self.maximumLength {
      length = range.count
      body(bytes.extracting(range), place, false)
    } else {
      keep(bytes, range)
      length = carry.count + excess
      body(carry.span, place, excess > 0)
      carry.removeAll(keepingCapacity: true)
      excess = 0
    }
    place.column += length
  }

  /// Keeps a part of a piece for later, as far as the longest line reaches.
  private mutating func keep(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let room = min(range.count, Self.maximumLength - carry.count)
    for i in range.prefix(room) { carry.append(bytes[i]) }
    excess += range.count - room
  }

  /// Where the next LF or CR is, or the end.
  private static func lineEnd(in bytes: Span<UInt8>, from start: Int) -> Int {
    var i = start
    bytes.withUnsafeBytes { raw in
      // Eight at a time: the highest bit of a byte below 0x0E is set, those of the bytes before it are not.
      // Bounds: i + 8 <= raw.count at every load.
      while i + 8 <= raw.count {
        let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: i, as: UInt64.self))
        let low = (eight &- 0x0E0E_0E0E_0E0E_0E0E) & ~eight & 0x8080_8080_8080_8080
        guard low != 0 else {
          i &+= 8
          continue
        }
        i &+= low.trailingZeroBitCount / 8
        if isLineEnd(raw[i]) { return }
        i &+= 1
      }
      while i < raw.count, !isLineEnd(raw[i]) { i &+= 1 }
    }
    return i
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func lineFeed() {
    if bareCRCounts == nil { bareCRCounts = false }
    nextLine()
  }

  private mutating func bareCR() {
    if bareCRCounts == nil { bareCRCounts = true }
    if bareCRCounts == true { nextLine() }
  }

  private mutating func nextLine() { place = TextPlace(line: place.line + 1, column: 1) }
}
