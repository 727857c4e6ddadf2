import BenchLog
import Core
import Ingest
import Testing

@testable import FirmwareLogic

@Test func defaultPlanReadsWithoutDiagnostics() {
  let bench = Bench(models: [.small, FakeModel.small.relabelled("kws_int8", "kws")])
  bench.session.greet()
  bench.type("plan default", "start")
  let file = bench.ingest()
  #expect(file.diagnostics.isEmpty, "\(file.diagnostics)")
  #expect(file.recognition.dialect == Dialect(rawValue: "pico2-benchmark log"))
  // 2 models, 2 engines, flash and SRAM.
  #expect(file.runs.count == 8)
  for run in file.runs {
    #expect(run.latency?.inferences == 10 && run.operators.count == 3)
    #expect(run.latency?.unit == .cycles)
  }
  #expect(bench.board.toggles == 80 && bench.session.failures == 0)
}

@Test func linesOfARun() throws {
  let bench = Bench(models: [.small], engines: 1)
  let lines = logLines(bench.type("plan quick", "set inferences 6", "set detail 3", "start"))
  #expect(
    lines.map(\.record)
      == ["log", "build", "machine", "model", "run", "op", "op", "op"]
      + ["inf", "opt", "opt", "opt", "inf", "opt", "opt", "opt", "out"]
      + ["sum", "sum", "sum", "sum", "done", "end"])
  let run = try #require(lines.first { $0.record == "run" })
  #expect(run["weights"] == "flash" && run["code"] == "flash" && run["arena_bytes"] == "4096")
  #expect(run["clock_cost"] == "2" && run["input"] == "ramp" && run["detail"] == "3")
  #expect(lines[0]["console_baud"] == "115200" && lines[0]["origin"] == "measured")
  #expect(lines[3]["dtype"] == "int8" && lines[3]["weights_source"] == "twin")
  #expect(lines[0]["plan"]?.hasPrefix("quick: model=all engine=builtin weights=flash") == true)
  // One warm-up: inferences 1 to 6, their operators 100, 200, 300 and the number modulo 4 each.
  let times = (1...6).map { 607 + 3 * UInt64($0 % 4) }
  let inferences = lines.filter { $0.record == "inf" }
  #expect(inferences.map { $0["i"] } == ["0", "3"])
  #expect(inferences.map { $0["time"] } == ["\(times[0])", "\(times[3])"])
  let sums = lines.filter { $0.record == "sum" }
  let whole = try #require(sums.first)
  #expect(whole["op"] == nil && whole["n"] == "6" && whole["total"] == "\(times.reduce(0, +))")
  #expect(whole["min"] == "607" && whole["max"] == "616")
  #expect(whole["access"] == "198" && whole["miss"] == "18")
  #expect(sums[2]["op"] == "1" && sums[2]["min"] == "200" && sums[2]["max"] == "203")
  let done = try #require(lines.first { $0.record == "done" })
  #expect(done["inferences"] == "6" && done["printed"] == "2")
}

@Test(arguments: [NamedPlan.standard, .quick, .engines, .cores, .outputs, .all])
func consoleDelaysNoMeasurement(_ name: NamedPlan) throws {
  var texts: [[LogLine]] = []
  // 115200 baud, 10 bits a byte, at 150 MHz; and a console that takes no time.
  let byte: UInt64 = 150_000_000 / 11_520
  for ticksOfByte in [0, byte] {
    let board = FakeBoard(ticksOfByte: ticksOfByte)
    board.typed = [(after: 3, bytes: Array("status\n".utf8))]
    let bench = Bench(board)
    texts.append(logLines(bench.type("plan \(name.word)", "start")))
  }
  #expect(texts[0].count == texts[1].count)
  for (fast, slow) in zip(texts[0], texts[1]) {
    guard fast.record == "done" else {
      if fast.record != "end" { #expect(fast == slow) }
      continue
    }
    // All of the difference is in the figure that says so.
    #expect(fast["console"] == "0")
    let bytes = try #require(slow["console_bytes"].flatMap { UInt64($0) })
    #expect(slow["console"] == "\(bytes * byte)" && bytes > 100)
  }
}

@Test func outputsInFull() throws {
  var model = FakeModel.small
  model.samples = 3
  let bench = Bench(models: [model], engines: 1)
  let lines = logLines(bench.type("plan outputs", "set inferences 2", "start"))
  #expect(bench.runner.filled == [0, 0, 1, 1, 2, 2])
  for sample in 0..<3 {
    let out = lines.filter { $0.record == "out" && $0["i"] == "\(sample)" }
    let expected = (0..<600).map { UInt8(truncatingIfNeeded: $0 + sample) }
    let digits = out.compactMap { $0["data"] }.joined()
    #expect(digits == expected.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    #expect(out.map { $0["offset"] } == ["0", "256", "512"])
    var crc = String(CRC32.of(expected.span), radix: 16)
    crc = String(repeating: "0", count: 8 - crc.count) + crc
    #expect(out.allSatisfy { $0["crc32"] == crc && $0["bytes"] == "600" && $0["same"] == "2" })
  }
  #expect(lines.first { $0.record == "run" }?["input"] == "samples")
}

@Test func outputsThatWaverAreSeen() {
  let bench = Bench(models: [.small], engines: 1)
  bench.runner.wavers = true
  let lines = logLines(bench.type("plan quick", "set inferences 4", "set outputs data", "start"))
  let out = lines.filter { $0.record == "out" }
  // Only the last one's bytes are still there: in three lines.
  #expect(Set(out.map { $0["crc32"] }).count == 4 && out.count == 6)
  #expect(out.prefix(3).allSatisfy { $0["data"] == nil && $0["same"] == "1" })
}

@Test func benchmarksPrintTheShortest() throws {
  let bench = Bench(models: [], engines: 1)
  let lines = logLines(bench.type("plan roofs", "start"))
  let benches = lines.filter { $0.record == "bench" }
  #expect(benches.map { $0["name"] } == ["clock", "int8_smlad"])
  // Calls 1 to 5, and 6 to 10.
  #expect(
    benches.map { $0["time"] } == ["995", "994"] && benches.map { $0["max"] } == ["999", "1000"])
  #expect(benches[0]["macs"] == nil && benches[1]["macs"] == "512" && benches[1]["n"] == "5")
  #expect(lines.last?["benches"] == "2" && bench.ingest().diagnostics.isEmpty)
}

@Test func everyNamedPlanReads() {
  for raw in 0..<NamedPlan.count {
    let bench = Bench()
    let name = NamedPlan(rawValue: raw)?.word ?? ""
    bench.type("plan \(name)", "start")
    let file = bench.ingest()
    let rules = Set(file.diagnostics.map(\.rule))
    #expect(rules.isSubset(of: ["refused-run"]), "\(name): \(rules)")
  }
}

extension FakeModel {
  func relabelled(_ label: StaticString, _ name: StaticString) -> FakeModel {
    var model = self
    model.label = label
    model.name = name
    return model
  }
}
