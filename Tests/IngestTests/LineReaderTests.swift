import Support
import TestSupport
import Testing

@testable import Ingest

private func lines(_ text: String) -> [String] {
  pieces([Array(text.utf8)]).map { piece in
    "\(piece.place.line):\(piece.place.column) \(String(decoding: piece.text, as: UTF8.self))"
  }
}

@Test func linesEndAtLFCRLFAndCR() {
  #expect(lines("a\nb\n") == ["1:1 a", "2:1 b"])
  #expect(lines("a\r\nb\r\n") == ["1:1 a", "2:1 b"])
  #expect(lines("a\rb\r") == ["1:1 a", "2:1 b"])
  #expect(lines("a\nb\r\nc\n") == ["1:1 a", "2:1 b", "3:1 c"])
  #expect(lines("") == [])
  #expect(lines("\n") == ["1:1 "])
}

@Test func lastLineMayLackItsEnd() {
  #expect(lines("a\nbc") == ["1:1 a", "2:1 bc"])
  #expect(lines("bc") == ["1:1 bc"])
  #expect(lines("bc\r") == ["1:1 bc"])
}

@Test func doubledLineEndsGiveBlankLines() {
  #expect(lines("a\n\nb\n\n") == ["1:1 a", "2:1 ", "3:1 b", "4:1 "])
  #expect(lines("a\r\r\nb\r\r\n") == ["1:1 a", "2:1 ", "3:1 b", "4:1 "])
}

/// A bare CR in a file of LF lines cuts, but the numbers stay those of an editor.
@Test func bareCRKeepsTheNumbersOfLFLines() {
  #expect(lines("a\nbb\rccc\rd\ne\n") == ["1:1 a", "2:1 bb", "2:4 ccc", "2:8 d", "3:1 e"])
}

@Test func placesAreOrdered() {
  #expect(TextPlace(line: 2, column: 1) > TextPlace(line: 1, column: 9))
  #expect(TextPlace(line: 2, column: 1) < TextPlace(line: 2, column: 2))
  #expect(TextPlace(line: 2, column: 1).advanced(by: 3) == TextPlace(line: 2, column: 4))
}

/// Where the chunks end makes no difference to the pieces nor to their places.
@Test func chunksMakeNoDifference() {
  var random = SplitMix(1)
  let alphabet = Array("ab \r\n\r\n\r\r\n\n".utf8)
  for _ in 0..<100 {
    let text = (0..<24).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
    let whole = pieces([text])
    #expect(pieces(text.map { [$0] }) == whole)
    for i in 0...text.count {
      #expect(pieces([Array(text[..<i]), [], Array(text[i...])]) == whole)
    }
  }
}

/// Every byte but the ends of lines is in some piece, at the place that is given.
@Test func piecesKeepEveryByte() {
  var random = SplitMix(2)
  for _ in 0..<50 {
    let text = (0..<200).map { _ in UInt8.random(in: 0...20, using: &random) }
    let kept = pieces([text]).flatMap(\.text)
    #expect(kept == text.filter { $0 != 10 && $0 != 13 })
  }
}

@Test func overlongLineIsCutOnceAndPassedOver() {
  let limit = LineReader.maximumLength
  let long = [UInt8](repeating: 0x78, count: limit)
  let text = long + [0x0A] + long + Array("yz\rw\nlast".utf8)
  let expected = [
    Piece(text: long, place: TextPlace(line: 1, column: 1), cut: false),
    Piece(text: long, place: TextPlace(line: 2, column: 1), cut: true),
    Piece(text: [0x77], place: TextPlace(line: 2, column: limit + 4), cut: false),
    Piece(text: Array("last".utf8), place: TextPlace(line: 3, column: 1), cut: false),
  ]
  #expect(pieces([text]) == expected)
  for size in [1000, limit - 1, limit, limit + 1] {
    let chunks = stride(from: 0, to: text.count, by: size).map {
      Array(text[$0..<min($0 + size, text.count)])
    }
    #expect(pieces(chunks) == expected)
  }
}

/// A line without an end, of any length, costs no more than the longest line.
@Test func endlessLineStaysBounded() {
  var reader = LineReader()
  let chunk = [UInt8](repeating: 0x78, count: 1 << 15)
  for _ in 0..<64 { reader.feed(chunk.span) { _, _, _ in Issue.record("no line has ended") } }
  var lengths: [Int] = []
  reader.finish { text, _, cut in
    #expect(cut)
    lengths.append(text.count)
  }
  #expect(lengths == [LineReader.maximumLength])
}

/// What follows in an overlong line is no line, whatever it looks like; the account has it once.
@Test func tailOfAnOverlongLineIsNotRead() {
  let log = benchLog(["log origin=measured", "machine id=1"]).split(separator: "\n")
  let junk = String(repeating: "x", count: LineReader.maximumLength)
  let file = ingest("\(log[0])\n\(junk)\(log[1])\n\(benchLine("end lines=2 runs=0", number: 1))\n")
  #expect(file.rules == ["overlong-line"])
  #expect(file.diagnostics.first?.line == 2)
  #expect(file.account.total == 3 && file.account.diagnosed == 1 && file.account.read == 2)
}
