import TestSupport
import Testing

@testable import FirmwareLogic

@Test func answersAreComments() {
  let bench = Bench()
  let answers = bench.type(
    "help", "list", "status", "stop", "plan cache", "set warmup 3", "set model vww_fp32", "nonsense"
  )
  for row in answers.split(separator: "\r\n") { #expect(row.hasPrefix("# "), "\(row)") }
  #expect(answers.contains("# there is no command 'nonsense'; help lists them"))
  #expect(bench.session.plan.name == .cache && bench.session.plan.warmup == 3)
  #expect(bench.session.plan.model == 1 && bench.session.failures == 1)
}

@Test(arguments: [
  ("plan fast", "there is no plan 'fast'; list shows them"),
  ("plan", "there is no plan ''; list shows them"),
  ("set speed 3", "set has no key 'speed'; help lists them"),
  ("set warmup -1", "set warmup takes 0 to 1000 inferences before the first that counts"),
  ("set warmup 1001", "set warmup takes 0 to 1000 inferences before the first that counts"),
  ("set detail 0", "set detail takes 1 to 1000000: every so many"),
  ("set inferences 99999999999", "set inferences takes 1 to 1000000 inferences"),
  ("set clocks 48,,150", "set clocks takes as-is, or up to 8 CPU clocks in MHz"),
  ("set clocks 1,2,3,4,5,6,7,8,9", "set clocks takes as-is, or up to 8 CPU clocks in MHz"),
  ("set divisors 0", "set divisors takes as-is, or up to 8"),
  ("set cores 3", "set cores takes 1, 2 or both"),
  ("set weights", "set weights takes flash, sram or both"),
  ("set model mnist", "there is no model 'mnist'; list shows those that are linked in"),
  ("repeat 0", "repeat takes a number from 1 to 1000, as: repeat 3"),
  ("start now", "the command ends before 'now'; one command stands in a line"),
])
func wrongCommandsSayTheRule(_ line: String, _ answer: String) {
  let bench = Bench()
  #expect(bench.type(line).hasPrefix("# " + answer))
  #expect(bench.session.failures == 1)
}

@Test func settingsChangeThePlan() {
  let bench = Bench()
  bench.type(
    "set engine tflm", "set weights sram", "set cores both", "set cache off", "set clocks 48,150",
    "set divisors 2", "set inferences 7", "set detail 2", "set outputs none", "set input samples",
    "set benches yes", "set model ad_int8")
  let plan = bench.session.plan
  #expect(plan.engines == .second && plan.weights == .second && plan.cores == .both)
  #expect(plan.cache == .second && plan.clocks.count == 2 && plan.clocks[1] == 150)
  #expect(plan.divisors.count == 1 && plan.inferences == 7 && plan.detail == 2)
  #expect(plan.outputs == .none && plan.samples && plan.benches && plan.model == 0)
  bench.type("set model all", "set clocks as-is", "set cache as-is")
  #expect(bench.session.plan.model == nil && bench.session.plan.clocks.count == 0)
  #expect(bench.session.plan.cache == nil && bench.session.failures == 0)
}

@Test func anEngineThatIsNotLinkedIsRefused() {
  let bench = Bench(engines: 1)
  #expect(bench.type("set engine tflm").contains("not linked in"))
  // "both" means those there are.
  bench.type("plan engines", "start")
  #expect(bench.ingest().runs.count == 2)
}

@Test func stopEndsTheLogAfterTheInference() {
  let board = FakeBoard()
  board.typed = [(after: 5, bytes: Array("status\r\nstart\r\nstop\r\n".utf8))]
  let bench = Bench(board, models: [.small], engines: 1)
  let text = bench.type("start")
  let lines = logLines(text)
  // Two to warm up, three that count.
  #expect(lines.last { $0.record == "done" }?["inferences"] == "3")
  #expect(lines.last?.record == "end" && lines.filter { $0.record == "run" }.count == 1)
  #expect(text.contains("# runs default: ") && text.contains("run 1 of 2"))
  #expect(text.contains("# a plan runs; send stop first"))
  #expect(text.hasSuffix("# stopped\r\n"))
  #expect(bench.ingest().diagnostics.isEmpty)
  // And again, as if nothing had been.
  let again = logLines(bench.type("start"))
  #expect(again.filter { $0.record == "run" }.count == 2)
  #expect(bench.ingest().diagnostics.isEmpty && bench.ingest().runs.count == 3)
}

@Test func whatFollowsStopIsDoneAfterIt() {
  let board = FakeBoard()
  board.typed = [(after: 5, bytes: Array("stop\nplan quick\nset warmup 0\nstart\nsta".utf8))]
  let bench = Bench(board, models: [.small], engines: 1)
  let text = bench.type("start") + bench.takeTyped()
  let lines = logLines(text)
  #expect(lines.filter { $0.record == "log" }.count == 2)
  // Two to warm up and three that count; then one, without any to warm up.
  #expect(lines.filter { $0.record == "done" }.map { $0["inferences"] } == ["3", "1"])
  #expect(lines.filter { $0.record == "run" }.map { $0["warmup"] } == ["2", "0"])
  #expect(bench.session.failures == 0 && bench.ingest().diagnostics.isEmpty)
  // The rest of a line that began behind stop.
  #expect(bench.type("tus").contains("# ready, quick"))
}

@Test func aStartBehindStopCanBeStoppedToo() {
  let board = FakeBoard()
  board.typed = [
    (after: 1, bytes: Array("stop\nstart\n".utf8)),
    (after: 2, bytes: Array("stop\nrepeat 2\nstop\nstart\n".utf8)),
  ]
  let bench = Bench(board, models: [.small], engines: 1)
  let text = bench.type("start") + bench.takeTyped()
  #expect(logLines(text).filter { $0.record == "log" }.count == 4)
  #expect(text.ranges(of: "# stopped").count == 3)
  // The last one runs to its end.
  #expect(text.hasSuffix("# finished\r\n"))
  #expect(bench.session.failures == 0)
}

@Test func repeatMakesOneLog() {
  let bench = Bench(models: [.small], engines: 1)
  let lines = logLines(bench.type("plan quick", "repeat 3"))
  #expect(lines.filter { $0.record == "log" }.count == 1)
  #expect(lines.filter { $0.record == "run" }.map { $0["id"] } == ["1", "2", "3"])
  #expect(lines.filter { $0.record == "model" }.count == 1)
  #expect(lines.last?["runs"] == "3" && bench.ingest().diagnostics.isEmpty)
}

@Test func typingIsForgiving() {
  let bench = Bench()
  #expect(bench.type("", "   ", "\r") == "")
  #expect(bench.type("  set\twarmuq\u{8}p   9  ").hasPrefix("# ready, default"))
  #expect(bench.session.plan.warmup == 9)
  #expect(bench.type(String(repeating: "x", count: 97)).contains("at most 96 bytes"))
  #expect(bench.type("stärt").contains("printable ASCII"))
  #expect(bench.type("status").hasPrefix("# ready"))
}

@Test func hostileBytesDoNoHarm() {
  var random = SplitMix(5)
  let words = [
    "set", "plan", "warmup", "clocks", "1,2", "stop", "repeat", "model", "4294967296", ",", "\u{8}",
    "status", "help", "\0", "cores", "both", "-1",
  ].map { Array($0.utf8) }
  let bench = Bench()
  for _ in 0..<3000 {
    var line: [UInt8] = []
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      if Bool.random(using: &random) {
        line += words.randomElement(using: &random) ?? []
        line.append(0x20)
      } else {
        line.append(UInt8.random(in: 0...255, using: &random))
      }
    }
    line.append(Bool.random(using: &random) ? 0x0A : 0x0D)
    for byte in line { bench.session.take(byte) }
  }
  // What came back is comments of printable ASCII only, and commands still work.
  for row in bench.board.sent.split(separator: 0x0A) {
    #expect(
      row.starts(with: [0x23, 0x20]) && row.dropLast().allSatisfy { $0 >= 0x20 && $0 < 0x7F })
  }
  #expect(bench.session.failures > 100)
  let lines = logLines(bench.type("plan quick", "start"))
  #expect(lines.last?.record == "end" && !lines.contains { $0.record == "damaged" })
}

@Test func aFloodOfBytesDoesNotHoldUpAPlan() {
  let board = FakeBoard()
  board.typed = [(after: 0, bytes: [UInt8](repeating: 0x78, count: 100_000))]
  let bench = Bench(board, models: [.small], engines: 1)
  let lines = logLines(bench.type("start"))
  #expect(lines.filter { $0.record == "done" }.map { $0["inferences"] } == ["10", "10"])
}
