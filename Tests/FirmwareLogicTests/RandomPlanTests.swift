import TestSupport
import Testing

@testable import FirmwareLogic

/// Commands that make some plan.
private func commands(_ random: inout SplitMix) -> [String] {
  let values: [(key: String, values: [String])] = [
    ("model", ["all", "ad_int8", "vww_fp32"]), ("engine", ["builtin", "tflm", "both"]),
    ("weights", ["flash", "sram", "both"]), ("cores", ["1", "2", "both"]),
    ("cache", ["as-is", "on", "off", "both"]), ("clocks", ["as-is", "48", "150,100,12,48"]),
    ("divisors", ["as-is", "3", "2,255"]), ("warmup", ["0", "1", "3"]),
    ("inferences", ["1", "2", "5"]), ("detail", ["1", "2", "1000000"]),
    ("outputs", ["none", "crc", "data"]), ("input", ["pattern", "samples"]),
    ("benches", ["yes", "no"]),
  ]
  let name = NamedPlan(rawValue: .random(in: 0..<NamedPlan.count, using: &random))?.word ?? ""
  var lines = ["plan \(name)"]
  for (key, values) in values where Bool.random(using: &random) {
    lines.append("set \(key) \(values.randomElement(using: &random) ?? "")")
  }
  return lines
}

@Test func randomPlansReadAndMakeAllTheirRuns() {
  var random = SplitMix(17)
  for _ in 0..<30 {
    let board = FakeBoard()
    board.cores = UInt32.random(in: 1...2, using: &random)
    board.freeBytes = UInt64.random(in: 0...1_000_000, using: &random)
    board.canChange = UInt8.random(in: 0..<4, using: &random) > 0
    var models = [FakeModel.small, .large]
    models[0].samples = Int.random(in: 0...2, using: &random)
    models[1].operators = [0, 5, 128, 129].randomElement(using: &random) ?? 5
    let bench = Bench(board, models: models)
    let lines = commands(&random)
    for line in lines { bench.type(line) }
    let plan = bench.session.plan
    let steps = PlanSteps(plan, models: 2, engines: 2, cores: Int(board.cores))
    let expected = (0..<steps.count).filter {
      !(plan.cores == .both && steps[$0].cores > 1 && steps[$0].engine > 0)
    }
    bench.type("start")
    let isEmpty = steps.count == 0 && !plan.benches
    #expect(bench.session.failures == (isEmpty ? 1 : 0), "\(lines)")
    let log = logLines(String(decoding: board.sent, as: UTF8.self))
    let runs = log.filter { $0.record == "run" }.count
    let refused = log.filter { $0.record == "refused" && $0["model"] != nil }.count
    #expect(runs + refused == expected.count, "\(lines)")
    if isEmpty { continue }
    let file = bench.ingest()
    #expect(file.runs.count == runs, "\(lines)")
    let rules = Set(file.diagnostics.map(\.rule))
    #expect(rules.isSubset(of: ["refused-run"]), "\(lines): \(file.diagnostics)")
  }
}

@Test func aPlansDescriptionMakesThePlanAgain() throws {
  var random = SplitMix(23)
  for _ in 0..<100 {
    let bench = Bench()
    for line in commands(&random) { bench.type(line) }
    let status = bench.type("status")
    // CRLF is one character.
    let text = try #require(status.split(separator: ",", maxSplits: 1).last?.dropLast())
    let parts = text.split(separator: " ")
    let again = Bench()
    again.type("plan \(parts[0].dropLast())")
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=")
      again.type("set \(pair[0]) \(pair[1])")
    }
    #expect(again.session.failures == 0)
    #expect(again.type("status") == status)
  }
}
