import TestSupport
import Testing

@testable import Notebook

@Suite struct FileNameTests {
  @Test func shortNamesStay() {
    for name in ["", "a", "é", String(repeating: "x", count: FileName.longest - 1)] {
      #expect(FileName.stem(name) == name)
    }
  }

  @Test func longNamesAreCutBetweenCharacters() {
    let plain = FileName.stem(String(repeating: "m", count: 240))
    #expect(plain.wholeMatch(of: /m{111}-[0-9a-f]{8}/) != nil)
    // 111 bytes hold 27 characters of 4 bytes, and what is left is filled.
    let wide = FileName.stem(String(repeating: "🌧", count: 60))
    #expect(wide.wholeMatch(of: /🌧{27}----[0-9a-f]{8}/) != nil)
    // One character of many scalars is not taken apart.
    let stacked = FileName.stem("e" + String(repeating: "\u{301}", count: 200))
    #expect(stacked.wholeMatch(of: /-{112}[0-9a-f]{8}/) != nil)
  }

  /// What can stand in a name, of one to four bytes, alone and combined.
  private static let characters = [
    "a", "b", "-", "0", "f", "é", "e\u{301}", "日", "🌧", "👩‍👩‍👧", "\u{301}", "\r\n",
  ]

  /// Any text becomes a name that every file system takes, and no two texts the same.
  @Test func noTwoNamesMeet() {
    var random = SplitMix(5)
    var found: [String: [UInt8]] = [:]
    for _ in 0..<4000 {
      // Many that differ at their ends only, and many as long as the longest.
      let start = String(repeating: random.pick(Self.characters), count: random.pick([0, 29, 110]))
      let end = (0..<Int.random(in: 0...14, using: &random)).map { _ in
        random.pick(Self.characters)
      }
      let text = start + end.joined()
      let name = FileName.stem(text)
      #expect(name.utf8.count <= FileName.longest)
      #expect(text.utf8.count >= FileName.longest || Array(name.utf8) == Array(text.utf8))
      #expect((name.utf8.count == FileName.longest) == (text.utf8.count >= FileName.longest))
      // As macOS compares names: neither by case nor by how an accent is written.
      let key = name.lowercased()
      let known = found[key]
      #expect(known == nil || text.utf8.count < FileName.longest || known == Array(text.utf8))
      found[key] = Array(text.utf8)
      // The cut name of one text, given by another, is another's again.
      if text.utf8.count >= FileName.longest { #expect(FileName.stem(name) != name) }
    }
  }

  @Test func casesDoNotMeet() {
    let names = ["M", "m"].map { FileName.stem(String(repeating: $0, count: 300)).lowercased() }
    #expect(names[0] != names[1])
  }

  @Test func figuresShareIt() {
    let one = FigureName.stem(String(repeating: "m", count: 300) + "a")
    let other = FigureName.stem(String(repeating: "m", count: 300) + "b")
    #expect(one != other && one.utf8.count == FileName.longest)
    #expect(one.wholeMatch(of: /[a-z0-9_.-]+/) != nil)
  }
}
