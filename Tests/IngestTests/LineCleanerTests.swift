import Support
import TestSupport
import Testing

@testable import Ingest

private func cleaned(_ raw: [UInt8], at place: TextPlace = TextPlace(line: 5, column: 1)) -> String
{
  var cleaner = LineCleaner()
  return cleaner.clean(raw.span, at: place) { text, place in
    "\(place.column) \(Scan.string(text))"
  }
}

private func cleaned(_ raw: String) -> String { cleaned(Array(raw.utf8)) }

/// Every form of time stamp that a terminal puts in front.
@Test(arguments: [
  "12:34:56.789 -> ", "12:34:56 -> ", "12:34:56,789 -> ", "[2026-01-02 03:04:05.678] ",
  "[2026-01-02 03:04:05] ", "[2026-01-02T03:04:05.678Z] ", "[12:34:56.789] ", "[12:34:56] ",
  "[12:34:56:789] ", "2026-01-02 03:04:05.678 ", "2026-01-02 03:04:05 ",
  "2026-01-02T03:04:05.678Z ", "2026-01-02T03:04:05 ", "2026-01-02 03:04:05.678 -> ",
])
func timeStampsGo(stamp: String) {
  #expect(cleaned(stamp + "invoke_time: 5") == "\(stamp.utf8.count + 1) invoke_time: 5")
  // One blank belongs to the stamp; what is indented behind it stays so.
  #expect(cleaned(stamp + "  x") == "\(stamp.utf8.count + 1)   x")
  let bare = stamp.dropLast()
  #expect(cleaned(String(bare)) == "\(bare.utf8.count + 1) ")
}

/// What only looks like a stamp belongs to the log.
@Test(arguments: [
  "12:34:56.789 source: text", "12:34:56", "12:34:5 -> x", "[12:34:56 x", "[12:34:56]x",
  "2026-01-02 x", "2026-01-02 03:04 x", "2026-01-02 03:04:05x", "123:34:56 -> x", "[2026] x",
  "12:34:56->x", "12:34:56 ->x", "1", "[", "",
])
func otherNumbersStay(line: String) { #expect(cleaned(line) == "1 \(line)") }

@Test func trailingBlanksGo() {
  #expect(cleaned("  a b \t ") == "1   a b")
  #expect(cleaned("   ") == "1 ")
  #expect(cleaned("a\tb") == "1 a\tb")
}

@Test func escapesGo() {
  #expect(cleaned("\u{1B}[32mok\u{1B}[0m") == "6 ok")
  #expect(cleaned("a\u{1B}[1;31mb\u{1B}[Kc") == "1 abc")
  #expect(cleaned("\u{1B}[?25lx") == "7 x")
  #expect(cleaned("\u{1B}]0;a title\u{07}x") == "13 x")
  #expect(cleaned("\u{1B}]0;a title\u{1B}\\x") == "14 x")
  #expect(cleaned("\u{1B}[0m[12:34:56] \u{1B}[1mx") == "20 x")
}

@Test func leadingNULsGo() {
  #expect(cleaned("\0\0\0abc") == "4 abc")
  #expect(cleaned("\u{1B}[0m\0abc") == "6 abc")
  #expect(cleaned("\0") == "2 ")
}

/// Any other control byte, and a broken escape, leave a mark: 1?2 never becomes 12.
@Test func otherControlBytesLeaveAMark() {
  for byte in (UInt8.min..<0x20).filter({ ![0x09, 0x0A, 0x0D].contains($0) }) + [0x7F] {
    #expect(cleaned([0x31, byte, 0x32]) == "1 1\u{1A}2")
  }
  #expect(cleaned("1\u{1B}[3") == "1 1\u{1A}[3")
  #expect(cleaned("1\u{1B}]0;2") == "1 1\u{1A}]0;2")
  #expect(cleaned("1\u{1B}2") == "1 1\u{1A}2")
  #expect(cleaned("1\u{1B}") == "1 1\u{1A}")
}

/// Wherever one stands in a line of any length, among bytes of any value.
@Test func noControlByteIsOverlooked() {
  var random = SplitMix(4)
  for length in 1..<40 {
    for _ in 0..<200 {
      let plain = (0..<length).map { _ in
        UInt8([random.int(0x21...0x7E), random.int(0x80...0xFF), 9][random.below(3)])
      }
      var raw = [UInt8(ascii: "x")] + plain + [UInt8(ascii: "x")]
      let at = 1 + random.below(length)
      raw[at] = UInt8(
        [random.int(1...8), random.int(10...0x1A), random.int(0x1C...0x1F), 0x7F][random.below(4)])
      var cleaner = LineCleaner()
      let clean = cleaner.clean(raw.span, at: TextPlace(line: 5, column: 1)) { text, _ in
        bytes(text)
      }
      raw[at] = 0x1A
      #expect(clean == raw)
    }
  }
}

@Test func bytesAboveASCIIStay() {
  #expect(cleaned("µs é") == "1 µs é")
  #expect(cleaned([0x61, 0xFF, 0x62]) == "1 aÿb")
}

@Test func byteOrderMarkGoesFromTheFirstLine() {
  let marked = Array("\u{FEFF}id,board".utf8)
  #expect(cleaned(marked, at: TextPlace(line: 1, column: 1)) == "4 id,board")
  #expect(cleaned(marked) == "1 \u{FEFF}id,board")
}

/// No cleaned text has a digit run that the raw line does not have, escapes aside.
@Test func numbersAreNeverShortened() {
  var random = SplitMix(5)
  let alphabet: [UInt8] = Array("0123456789".utf8) + [0, 7, 8, 9, 0x1B, 0x7F, 0x20, 0x5B]
  for _ in 0..<2000 {
    let raw = (0..<12).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
    var cleaner = LineCleaner()
    let text = cleaner.clean(raw.span, at: TextPlace(line: 5, column: 1)) { text, _ in bytes(text) }
    func runs(_ bytes: [UInt8]) -> [[UInt8]] {
      bytes.split { !Scan.isDigit($0) }.map(Array.init)
    }
    #expect(runs(text) == runs(raw))
  }
}

/// A reader's columns count in the cleaned text; diagnostics show them in the raw line.
@Test func columnsMapBackToTheRawLine() {
  let good = benchLog(["log origin=measured"])
  let bad = benchLine("inf run=1 i=0", number: 1)
  #expect(ingest(good + bad).diagnostics.first?.column == 10)
  let noisy = "\0\u{1B}[32m[12:34:56] pb2\u{1B}[0m" + bad.dropFirst(3)
  let found = ingest(good + noisy).diagnostics.first
  #expect(found?.rule == "damaged-line" && found?.line == 2)
  #expect(found?.column == 10 + 1 + 5 + 11 + 4)
}
