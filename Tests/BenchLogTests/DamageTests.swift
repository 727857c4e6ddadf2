import BenchLog
import Testing

@Test func intactLineHasNoProblem() throws {
  #expect(problem(sealed("pb1 7 inf run=1 i=0 time=8842512")) == nil)
  // Hexadecimal digits of the checksum may be written large.
  let line = sealed("pb1 7 inf run=1 i=0 time=8842512")
  let large = String(line.dropLast(8)) + line.suffix(8).uppercased()
  #expect(large != line)
  #expect(try content(Array(large.utf8)) == content(Array(line.utf8)))
}

@Test func foreignLinesAreForeign() {
  for line in [
    "", "p", "pb", "pb1", "hello", "# comment", "pb1: booting", "pbx 1 log", "pbm image",
    "CONV_2D took 12 ticks (0 ms).", "~12345678", "x ~1234567", "x ~1234567g",
  ] {
    #expect(problem(line) == .foreign, "\(line)")
  }
}

/// What is wrong, and the zero-based column where it shows.
@Test(arguments: [
  ("pb1 7 inf run=1 i=0 time=88425", 30, Damage.noChecksum),
  ("pb1 7 inf run=1 i=0 time=8842512 ~1234567", 41, .noChecksum),
  ("pb1 ~00000000", 13, .noChecksum),
  ("pb1 7 inf run=1 i=0 time=8842512 ~00000000", 33, .wrongChecksum),
  ("b1 7 inf run=1 i=0 time=8842512 ~00000000", 0, .badField),
  ("pb 7 inf run=1 i=0 time=8842512 ~00000000", 2, .badField),
  ("pb99999999999999999999 7 inf run=1 ~00000000", 2, .badField),
  (sealed("pb0 7 inf run=1 i=0 time=1"), 2, .badField),
  (sealed("pb1 inf run=1 i=0 time=1"), 4, .badSequence),
  (sealed("pb1 4294967296 inf run=1 i=0 time=1"), 4, .badSequence),
  (sealed("pb1 -1 inf run=1 i=0 time=1"), 4, .badSequence),
  (sealed("pb1 12"), 4, .badSequence),
  (sealed("pb1 7 info run=1 i=0 time=1"), 6, .unknownRecord),
  (sealed("pb1 7 "), 6, .unknownRecord),
  (sealed("pb1 7 inf run=1 i=0  time=1"), 20, .badField),
  (sealed("pb1 7 inf run=1 i=0 time"), 24, .badField),
  (sealed("pb1 7 inf run=1 i=0 Time=1"), 20, .badField),
  (sealed("pb1 7 inf:"), 9, .badField),
  (sealed(#"pb1 7 log origin="a"b"#), 20, .badField),
  (sealed("pb1 7 inf run=1 i=0 time=1 speed=3"), 27, .unknownKey),
  (sealed("pb1 7 inf run=1 i=0 i=0 time=1"), 20, .repeatedKey),
  (sealed("pb1 7 inf run=1 i=0 time="), 25, .badValue),
  (sealed("pb1 7 inf run=1 i=0 time=1.5"), 25, .badValue),
  (sealed("pb1 7 inf run=1 i=0 time=-1"), 25, .badValue),
  (sealed("pb1 7 inf run=1 i=0 time=18446744073709551616"), 25, .badValue),
  (sealed(#"pb1 7 inf run=1 i=0 time="1""#), 26, .badValue),
  (sealed(#"pb1 7 log origin=a"b"#), 18, .badValue),
  (sealed(#"pb1 7 log origin="a b"#), 18, .badValue),
  (sealed(#"pb1 7 log origin="a b\""#), 18, .badValue),
  (sealed(#"pb1 7 log origin="a b\"#), 18, .badValue),
  (sealed("pb1 7 machine id=1 jedec=xy"), 25, .badValue),
  (sealed("pb1 7 machine id=1 jedec=12345678901234567"), 25, .badValue),
  (sealed("pb1 7 inf run=1 time=1"), 9, .missingKey),
  (sealed("pb1 7 inf"), 9, .missingKey),
  (sealed("pb1 7 log origin=\"" + String(repeating: "x", count: 1100) + "\""), 1024, .tooLong),
])
func damageHasItsColumn(line: String, column: Int, damage: Damage) {
  #expect(problem(line) == .damaged(column: column, damage))
}

/// The limit is of the line without its end: 1024 bytes are read, 1025 are not.
@Test func longestLineIsRead() {
  let bare = sealed("pb1 7 log origin=").utf8.count
  let longest = String(repeating: "x", count: Schema.maximumLineLength - bare)
  #expect(problem(sealed("pb1 7 log origin=" + longest)) == nil)
  #expect(
    problem(sealed("pb1 7 log origin=x" + longest)) == .damaged(column: 1024, .tooLong))
}

@Test func newerVersionIsToldFromDamage() {
  #expect(Schema.version == 2)
  #expect(problem(sealed("pb3 7 log origin=measured")) == .newerVersion(3))
  #expect(problem(sealed("pb12 anything goes here")) == .newerVersion(12))
  // Only an intact line may claim a version.
  #expect(
    problem("pb3 7 log origin=measured ~00000000") == .damaged(column: 26, .wrongChecksum))
}

@Test func everyRequiredKeyIsRequired() {
  for record in Record.allCases {
    let rules = Schema.keys(of: record).filter(\.required)
    #expect(!rules.isEmpty)
    let fields = rules.map { "\($0.key)=1" }
    let head = "pb\(record.since) 7 \(record.word)"
    #expect(problem(sealed(([head] + fields).joined(separator: " "))) == nil)
    for i in fields.indices {
      var fewer = fields
      fewer.remove(at: i)
      let line = sealed(([head] + fewer).joined(separator: " "))
      guard case .damaged(_, .missingKey) = problem(line) else {
        Issue.record("\(line) is accepted")
        continue
      }
    }
  }
}

/// What a version brought is a mistake in a line of an older one, and good in every newer one.
@Test func olderLinesKeepTheirOwnRules() {
  var younger = 0
  for record in Record.allCases {
    let all = Schema.keys(of: record)
    for version in 1...Schema.version {
      let required = all.filter { $0.required && $0.since <= version }
      let head = (["pb\(version) 7 \(record.word)"] + required.map { "\($0.key)=1" })
        .joined(separator: " ")
      guard record.since <= version else {
        #expect(problem(sealed(head)) == .damaged(column: 6, .unknownRecord))
        younger += 1
        continue
      }
      #expect(problem(sealed(head)) == nil)
      for rule in all where !rule.required {
        let found = problem(sealed(head + " \(rule.key)=1"))
        if rule.since <= version {
          #expect(found == nil)
        } else {
          #expect(found == .damaged(column: head.utf8.count + 1, .unknownKey))
          younger += 1
        }
      }
    }
  }
  #expect(younger == 12, "five records, and keys of three others")
}

/// A record that came with a version has only keys that came with it or later; and a new key that
/// older records must have would make their old lines unreadable.
@Test func versionsOfTheSchemaFitTogether() {
  for record in Record.allCases {
    for rule in Schema.keys(of: record) {
      #expect((record.since...Schema.version).contains(rule.since))
      #expect(!rule.required || rule.since == record.since)
    }
  }
}
