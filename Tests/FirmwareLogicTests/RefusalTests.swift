import Testing

@testable import FirmwareLogic

private func refusals(_ bench: Bench, _ commands: String...) -> [LogLine] {
  for command in commands { bench.type(command) }
  return logLines(bench.type("start")).filter { $0.record == "refused" }
}

@Test func weightsThatDoNotFitAreRefusedWithTheNumbers() {
  let refused = refusals(Bench(engines: 1), "plan default")
  #expect(refused.count == 1)
  #expect(refused[0]["weights"] == "sram" && refused[0]["model"] == "2")
  #expect(refused[0]["need"] == "980000" && refused[0]["have"] == "400000")
  #expect(
    refused[0]["reason"]
      == "an arena of 100000 bytes and 880000 bytes of weights do not fit the free memory")
}

@Test func anArenaThatDoesNotFitIsRefused() {
  let board = FakeBoard()
  board.freeBytes = 99_999
  let bench = Bench(board, models: [.large], engines: 1)
  let refused = refusals(bench, "plan quick")
  #expect(refused.map { $0["need"] } == ["100000"] && refused[0]["have"] == "99999")
  #expect(bench.ingest().runs.isEmpty)
}

@Test func whatTheBoardCannotIsRefused() {
  let board = FakeBoard()
  board.cores = 1
  board.canChange = false
  let bench = Bench(board, models: [.small], engines: 1)
  #expect(
    refusals(bench, "plan quick", "set cores 2").map { $0["reason"] } == ["the board has one core"])
  let clocks = refusals(bench, "plan clocks", "set weights flash")
  // 150 MHz is what it runs at.
  #expect(
    clocks.map { $0["reason"] } == [
      "the board cannot set its CPU clock to 48 MHz",
      "the board cannot set its CPU clock to 100 MHz",
    ])
  #expect(
    refusals(bench, "plan cache").map { $0["reason"] } == [
      "the board cannot switch off an XIP cache"
    ])
  #expect(
    refusals(bench, "plan divisors").map { $0["reason"] } == [
      "the board cannot set its flash clock to CPU clock / 2",
      "the board cannot set its flash clock to CPU clock / 4",
    ])
}

@Test func tflmOnTwoCoresIsRefused() {
  let refused = refusals(Bench(models: [.small]), "plan quick", "set engine tflm", "set cores 2")
  #expect(refused.map { $0["reason"] } == ["the engine tflm runs on one core"])
}

@Test func moreOperatorsThanThereIsRoomForAreRefused() {
  var model = FakeModel.small
  model.operators = 128
  #expect(refusals(Bench(models: [model], engines: 1), "plan quick").isEmpty)
  model.operators = 129
  let refused = refusals(Bench(models: [model], engines: 1), "plan quick")
  #expect(
    refused.map { $0["reason"] } == [
      "the model has 129 operators; the firmware has room for 128"
    ])
}

@Test(arguments: [EngineStatus.badModel, .unsupported, .failed, .arenaTooSmall])
func whatTheEngineRefusesIsRefused(_ status: EngineStatus) {
  let bench = Bench(models: [.small], engines: 1)
  bench.runner.status = status
  let refused = refusals(bench, "plan quick")
  #expect(refused.count == 1 && refused[0]["reason"] == status.reason.map { "\($0)" })
}

@Test func anInferenceThatFailsEndsItsRun() {
  let bench = Bench(models: [.small], engines: 1)
  bench.runner.failing = 4
  let lines = logLines(bench.type("start"))
  #expect(lines.filter { $0.record == "done" }.map { $0["inferences"] } == ["2", "10"])
  #expect(lines.filter { $0.record == "refused" }.map { $0["reason"] } == ["the engine failed"])
  #expect(bench.session.failures == 1)
}

@Test func withoutModelsThereIsNothingToRun() {
  let bench = Bench(models: [], engines: 1)
  #expect(bench.type("start").hasPrefix("# the plan has no runs"))
}

@Test func placementAtTheEdge() {
  #expect(Placement.decide(weights: 17, arena: 68, have: 100) == .fits)
  #expect(Placement.decide(weights: 17, arena: 69, have: 100) == .refused(need: 101, have: 100))
  #expect(Placement.decide(weights: 0, arena: 100, have: 100) == .fits)
  for (weights, arena) in [(UInt64.max, 1), (1, UInt64.max), (.max - 15, 16), (.max, .max)] {
    #expect(
      Placement.decide(weights: weights, arena: arena, have: .max - 1)
        == .refused(need: .max, have: .max - 1))
  }
}
