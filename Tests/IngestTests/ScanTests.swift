import TestSupport
import Testing

@testable import Ingest

/// Reads at the start of `text`; gives the value and what is left.
private func scan<Value>(
  _ text: String, _ read: (Span<UInt8>, inout Int) -> Value?
) -> (value: Value?, rest: String) {
  let bytes = Array(text.utf8)
  var i = 0
  let value = read(bytes.span, &i)
  return (value, String(decoding: bytes[i...], as: UTF8.self))
}

@Test func wholeNumbers() {
  for (text, value, rest) in [
    ("12 ms", UInt64(12), " ms"), ("007x", 7, "x"), ("0", 0, ""),
    ("18446744073709551615", UInt64.max, ""),
  ] {
    let found = scan(text, Scan.whole)
    #expect(found.value == value && found.rest == rest)
  }
  for text in ["", "x1", "-1", "+1", " 1", "18446744073709551616", "99999999999999999999999"] {
    let found = scan(text, Scan.whole)
    #expect(found.value == nil && found.rest == text)
  }
}

@Test func groupedNumbers() {
  for (text, value, rest) in [
    ("408,032", UInt64(408_032), ""), ("1,234,567 B", 1_234_567, " B"), ("12", 12, ""),
    ("1,23", 1, ",23"), ("1,2345", 1, ",2345"), ("1234,567", 1234, ",567"), ("1,", 1, ","),
    ("18,446,744,073,709,551,615", .max, ""),
  ] {
    let found = scan(text, Scan.grouped)
    #expect(found.value == value && found.rest == rest, "\(text)")
  }
  #expect(scan("18,446,744,073,709,551,616", Scan.grouped).value == nil)
  #expect(scan(",123", Scan.grouped).value == nil)
}

@Test func decimalNumbers() {
  for (text, value, rest) in [
    ("12", 12.0, ""), ("-0.5x", -0.5, "x"), ("+3", 3, ""), ("73.785 ms", 73.785, " ms"),
    ("1e-3", 0.001, ""), ("1E3,", 1000, ","), ("5.", 5, "."), (".5", 0.5, ""), ("2e", 2, "e"),
    ("2e+", 2, "e+"), ("7events", 7, "events"), ("1.2.3", 1.2, ".3"),
  ] {
    let found = scan(text, Scan.decimal)
    #expect(found.value == value && found.rest == rest, "\(text)")
  }
  for text in ["", "-", ".", "+.", "x", "e3", "1e999", String(repeating: "1", count: 41)] {
    let found = scan(text, Scan.decimal)
    #expect(found.value == nil && found.rest == text, "\(text)")
  }
}

/// The nearest double, as the standard library reads it.
@Test func decimalNumbersAreRoundedRight() {
  var random = SplitMix(3)
  for _ in 0..<20_000 {
    var digits = (0..<random.int(1...20)).map { _ in String(random.below(10)) }
    if random.chance(0.8) { digits.insert(".", at: random.below(digits.count)) }
    let text =
      ["", "-", "+"][random.below(3)] + digits.joined() + (random.chance(0.1) ? "e-7" : "")
    let found = scan(text, Scan.decimal)
    #expect(found.value?.bitPattern == Double(text)?.bitPattern && found.rest == "", "\(text)")
  }
}

@Test func decimalPlaces() {
  func places(_ text: String, from start: Int = 0, to end: Int? = nil) -> Int {
    let bytes = Array(text.utf8)
    return Scan.decimals(bytes.span, from: start, to: end ?? bytes.count)
  }
  #expect(places("12") == 0)
  #expect(places("12.") == 0)
  #expect(places("73.785") == 3)
  #expect(places("73.785", to: 5) == 2)
  #expect(places("1.5 2.25", from: 4) == 2)
  // An end behind the text, or before the start, is no way out of it.
  #expect(places("1.25", to: 99) == 2)
  #expect(places("1.25", from: 3, to: 1) == 0)
  #expect(places("1.25", from: 9, to: 12) == 0)
}

@Test func wordsAreFound() {
  func find(_ word: StaticString, from start: Int = 0) -> Int? {
    Scan.find(Array("a m-ready m-ready".utf8).span, word, from: start)
  }
  func starts(_ word: StaticString) -> Bool { Scan.starts(Array("a m-ready".utf8).span, word) }
  #expect(find("m-ready") == 2)
  #expect(find("m-ready", from: 3) == 10)
  #expect(find("m-ready", from: 11) == nil)
  #expect(find("m-ready", from: 99) == nil)
  #expect(find("m-ready", from: -1) == nil)
  #expect(find("") == nil)
  #expect(starts("a m") && starts("a m-ready") && !starts("a m-ready ") && !starts("m"))
}

@Test func literalsMoveOnlyWhenTheyFit() {
  let fits = scan("abc") { text, i in Scan.literal(text, &i, "ab") }
  #expect(fits.value == true && fits.rest == "c")
  let differs = scan("abc") { text, i in Scan.literal(text, &i, "ac") }
  #expect(differs.value == false && differs.rest == "abc")
  let blanks = scan("  \tx") { text, i -> Bool? in
    Scan.blanks(text, &i)
    return true
  }
  #expect(blanks.rest == "x")
}

@Test func textOfARangeIsClamped() {
  func string(_ range: Range<Int>) -> String {
    let line: [UInt8] = [0x61, 0xFF, 0x62]
    return Scan.string(line.span, range)
  }
  #expect(string(0..<3) == "aÿb")
  #expect(string(2..<9) == "b")
  #expect(string(7..<9) == "")
  #expect("aZ_09".utf8.allSatisfy(Scan.isWord))
  #expect("-@[`{ ".utf8.allSatisfy { !Scan.isWord($0) })
}
