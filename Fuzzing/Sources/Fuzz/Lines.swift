import Support

@testable import Ingest

extension Target {
  /// Cuts bytes into lines and takes serial noise off them.
  static let lines = Target(name: "lines") { bytes in
    let whole = cut([bytes[...]])
    require(whole.count == lineCount(bytes), "\(whole.count) pieces of \(lineCount(bytes)) lines")
    let parts = cut(pieces(bytes))
    require(whole == parts, "the pieces depend on how the bytes arrive: \(whole) and \(parts)")
    var last = TextPlace(line: 1, column: 1)
    var cleaner = LineCleaner()
    for piece in whole {
      require(piece.place >= last, "\(piece.place) stands before \(last)")
      last = piece.place
      cleaner.clean(piece.bytes.span, at: piece.place) { text, place in
        require(text.count <= piece.bytes.count, "cleaning made the line longer")
        require(
          place.line == piece.place.line && place.column >= piece.place.column
            && place.column <= piece.place.column + piece.bytes.count,
          "the clean text is said to start at \(place)")
        for i in 0..<text.count {
          require(text[i] >= 0x20 || text[i] == 0x09 || text[i] == 0x1A, "a control byte is left")
        }
      }
    }
  }
}

/// A piece as the line reader hands it over.
private struct Piece: Equatable {
  var bytes: [UInt8]
  var place: TextPlace
  var cut: Bool
}

private func cut(_ chunks: [ArraySlice<UInt8>]) -> [Piece] {
  var result: [Piece] = []
  var reader = LineReader()
  func keep(_ piece: Span<UInt8>, _ place: TextPlace, _ cut: Bool) {
    var bytes: [UInt8] = []
    for i in 0..<piece.count { bytes.append(piece[i]) }
    result.append(Piece(bytes: bytes, place: place, cut: cut))
  }
  for chunk in chunks { reader.feed(Array(chunk).span, keep) }
  reader.finish(keep)
  return result
}

/// Lines, counted without the line reader: ends are LF, CRLF and bare CR; a last line may lack its
/// end; overlong lines come in pieces.
func lineCount(_ bytes: [UInt8]) -> Int {
  var lines = 0
  var length = 0
  var previous: UInt8 = 0
  for byte in bytes {
    defer { previous = byte }
    if byte == 0x0A && previous == 0x0D { continue }
    if byte == 0x0A || byte == 0x0D {
      lines += 1 + length / LineReader.maximumLength
      length = 0
    } else {
      length += 1
    }
  }
  let rest = length % LineReader.maximumLength
  return lines + length / LineReader.maximumLength + (rest > 0 ? 1 : 0)
}
