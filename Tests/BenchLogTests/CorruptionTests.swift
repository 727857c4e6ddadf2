import BenchLog
import TestSupport
import Testing

private let sample = sealed(#"pb1 7 op run=1 index=3 kind=CONV_2D name="a \"b\"" macs=442368"#)

/// A changed line must be refused, or say the same (the checksum's digits may be large or small).
private func expectNoticed(_ changed: [UInt8], _ what: @autoclosure () -> String) {
  guard let said = try? content(changed) else { return }
  if said != (try? content(Array(sample.utf8))) {
    Issue.record("\(what()) passes for \(said)")
  }
}

@Test func sampleIsIntact() throws {
  #expect(try content(Array(sample.utf8)).fields.count == 5)
}

@Test func everySubstitutionIsNoticed() {
  let line = Array(sample.utf8)
  var refused = 0
  for i in line.indices {
    for byte in UInt8.min...UInt8.max where byte != line[i] {
      var changed = line
      changed[i] = byte
      if problem(changed) != nil { refused += 1 }
      expectNoticed(changed, "byte \(byte) at \(i)")
    }
  }
  // All but the letters among the checksum's digits, which may be large.
  let letters = line.suffix(8).filter { $0 >= 0x61 }.count
  #expect(refused == line.count * 255 - letters)
}

@Test func everyInsertionIsNoticed() {
  let line = Array(sample.utf8)
  for i in 0...line.count {
    for byte in UInt8.min...UInt8.max {
      var changed = line
      changed.insert(byte, at: i)
      expectNoticed(changed, "byte \(byte) put in at \(i)")
    }
  }
}

@Test func everyDeletionAndTranspositionIsNoticed() {
  let line = Array(sample.utf8)
  for i in line.indices {
    var changed = line
    changed.remove(at: i)
    #expect(problem(changed) != nil, "byte \(i) taken out")
    guard i > 0, line[i] != line[i - 1] else { continue }
    changed = line
    changed.swapAt(i - 1, i)
    #expect(problem(changed) != nil, "bytes \(i - 1) and \(i) swapped")
  }
}

@Test func everyCutIsNoticed() {
  let line = Array(sample.utf8)
  for i in line.indices {
    #expect(problem(Array(line[..<i])) != nil, "cut at \(i)")
    guard i > 0 else { continue }
    #expect(problem(Array(line[i...])) != nil, "cut up to \(i)")
  }
}

/// One byte in a hundred flipped at random in thousands of lines: what still decodes is unchanged.
@Test func randomFlipsNeverGiveOtherContent() throws {
  var random = SplitMix(11)
  var encoder = LineEncoder(sink: Buffer())
  for i in 0..<3000 {
    encoder.begin(.opt)
    encoder.field("run", 1)
    encoder.field("i", UInt64(i / 8))
    encoder.field("op", UInt64(i % 8))
    encoder.field("time", UInt64.random(in: 0..<10_000_000, using: &random))
    encoder.end()
  }
  var refused = 0
  for line in lines(encoder.sink.bytes) {
    let original = try content(line)
    var changed = line
    for i in changed.indices where Int.random(in: 0..<100, using: &random) == 0 {
      changed[i] ^= UInt8.random(in: 1...255, using: &random)
    }
    guard let said = try? content(changed) else {
      refused += 1
      continue
    }
    #expect(said == original)
  }
  // About 40 bytes a line: a third of the lines is hit.
  #expect(refused > 700 && refused < 1400)
}

/// Arbitrary bytes, with and without what a line begins and ends with: no crash, nothing decoded.
@Test func noiseIsNeverALine() {
  var random = SplitMix(12)
  for i in 0..<5000 {
    var noise = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      UInt8.random(in: .min ... .max, using: &random)
    }
    if i % 2 == 0 { noise = Array("pb1 3 inf ".utf8) + noise }
    if i % 3 == 0 { noise += Array(" ~0a1b2c3d".utf8) }
    #expect(problem(noise) != nil)
  }
}

/// Noise with a right checksum reaches the parser behind it: no crash, and what is accepted keeps to
/// the schema.
@Test func sealedNoiseKeepsToTheSchema() {
  var random = SplitMix(13)
  let words = [
    "run", "i", "time", "=", "=", " ", " ", "1", "23", "\"", "\\", "\\x4", "x", "-", "origin",
    "\u{7F}",
    "pb1", "~", "99999999999999999999", "id", "same", "total", "plan",
  ]
  for _ in 0..<5000 {
    let record = Record.allCases[Int.random(in: 0..<Record.allCases.count, using: &random)]
    let version = UInt32.random(in: 1...2, using: &random)
    var head = "pb\(version) 3 \(record.word) "
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      head += words[Int.random(in: 0..<words.count, using: &random)]
    }
    guard let said = try? content(Array(sealed(head).utf8)) else { continue }
    #expect(said.record.since <= version)
    let rules = Schema.keys(of: said.record).filter { $0.since <= version }
    let keys = said.fields.map(\.key)
    #expect(Set(keys).count == keys.count)
    for rule in rules where rule.required { #expect(keys.contains("\(rule.key)")) }
    for key in keys { #expect(rules.contains { "\($0.key)" == key }) }
  }
}
