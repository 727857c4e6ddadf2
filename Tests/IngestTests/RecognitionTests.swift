import Support
import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Test func evidenceIsNamedWithItsLine() {
  let file = ingest("booting\n" + benchLog(["log origin=measured", "machine id=1", "build id=1"]))
  #expect(file.recognition.dialect == BenchLogReader.dialect)
  #expect(
    file.recognition.words == "line 2: a line of the project's own format, its checksum right")
  let damaged = ingest("hello\npb1 4 inf run=1 i=0 time=5 ~00000000\n")
  #expect(damaged.recognition.words == "line 2: a line of the project's own format, damaged")
}

/// A log may start far behind the first bytes of the file.
@Test func recognitionWaitsForEvidence() {
  let chatter = String(repeating: "waiting for the host ...\n", count: 20_000)
  let file = ingest(chatter + benchLog(["log origin=measured", "run id=1 unit=us latency=5"]))
  #expect(file.recognition.dialect == BenchLogReader.dialect && file.runs.count == 1)
  #expect(file.account.total == 20_002 && file.account.read == 2)
}

@Test func everyRuleIsCountedByItself() throws {
  var account = LineAccount()
  var expected: [SkipRule: Int] = [:]
  for (n, rule) in SkipRule.allCases.enumerated() where n != 3 {
    for _ in 0...n { account.enter(.skipped(rule)) }
    expected[rule] = n + 1
  }
  #expect(account.skipped == expected)
  #expect(account.skippedTotal == expected.values.reduce(0, +))
  let stored = try JSONEncoder().encode(account)
  #expect(try JSONDecoder().decode(LineAccount.self, from: stored) == account)
}

@Test func linesOfADroppedBlockAreDiagnosed() {
  var account = LineAccount()
  for fate in [LineFate.read, .read, .read, .skipped(.blank), .skipped(.blank), .diagnosed] {
    account.enter(fate)
  }
  #expect(account.total == 6 && account.skippedTotal == 2)
  account.retract(2)
  #expect(account.read == 1 && account.diagnosed == 3 && account.total == 6)
  account.retract(9)
  #expect(account.read == 0 && account.diagnosed == 4 && account.total == 6)
  account.retract(-1)
  #expect(account.total == 6)
}

@Test func sinkKeepsSoManyDiagnosticsOfARule() {
  var sink = Sink(file: "a.txt")
  let most = DiagnosticList.most
  for i in 1...most + 5 {
    sink.report(.note, at: TextPlace(line: i, column: 1), rule: "r", "m", remedy: "n")
  }
  #expect(sink.diagnostics.count == most && sink.diagnostics.last?.line == most)
  #expect(sink.allDiagnostics.count == most + 1 && sink.allDiagnostics.last?.more == 5)
  sink.report(.note, at: nil, rule: "another", "m", remedy: "n")
  #expect(sink.diagnostics.last?.rule == "another", "one rule leaves room for the others")
}

@Test func modelNames() {
  #expect(ModelName.canonical("Keyword_Spotting") == "kws")
  #expect(ModelName.canonical("MyNet") == "mynet")
  #expect(ModelName.inFileName("proprietary") == "proprietary")
  #expect(ModelName.inFileName("mynet") == nil)
  for id in ModelName.tinyML { #expect(ModelName.canonical(id) == id) }
  #expect(ModelName.words("ad") == "AD" && ModelName.words("cnn_l4") == "cnn_l4")
}
