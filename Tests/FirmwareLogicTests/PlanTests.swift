import Core
import TestSupport
import Testing

@testable import FirmwareLogic

@Test func stepsComeInTheirOrder() {
  var plan = NamedPlan.standard.plan
  plan.cores = .both
  plan.cache = .both
  plan.clocks = Sweep(48, 100, 150)
  let steps = PlanSteps(plan, models: 2, engines: 2, cores: 2)
  #expect(steps.count == 2 * 3 * 2 * 2 * 2 * 2 && steps.configurations == 6)
  var expected: [PlanStep] = []
  for model in 0..<2 {
    for clock in [48, 100, 150] as [UInt32] {
      for cache in [true, false] {
        for cores in 1...2 {
          for engine in 0..<2 {
            for weights in [WeightsPlace.flash, .sram] {
              expected.append(
                PlanStep(
                  model: model, engine: engine, weights: weights, cores: cores,
                  configuration: Configuration(clockMegahertz: clock, cache: cache)))
            }
          }
        }
      }
    }
  }
  #expect((0..<steps.count).map { steps[$0] } == expected)
}

@Test func oneModelOneWay() {
  var plan = NamedPlan.quick.plan
  plan.model = 1
  plan.weights = .second
  let steps = PlanSteps(plan, models: 3, engines: 2, cores: 2)
  #expect(steps.count == 1)
  #expect(
    steps[0]
      == PlanStep(model: 1, engine: 0, weights: .sram, cores: 1, configuration: Configuration()))
  #expect(PlanSteps(NamedPlan.roofs.plan, models: 3, engines: 2, cores: 2).count == 0)
  #expect(PlanSteps(NamedPlan.standard.plan, models: 3, engines: 0, cores: 2).count == 0)
}

@Test func bothAreThoseThatThereAre() {
  let board = FakeBoard()
  board.cores = 1
  let one = logLines(Bench(board, models: [.small], engines: 1).type("plan all", "start"))
  #expect(one.filter { $0.record == "run" }.count == 2 && !one.contains { $0.record == "refused" })
  // TFLM runs on one core.
  let two = logLines(Bench(models: [.small]).type("plan all", "start"))
  let builds = two.filter { $0.record == "run" }.map {
    "\($0["machine"] ?? "")/\($0["build"] ?? "")"
  }
  #expect(builds == ["1/1", "1/1", "1/2", "1/2", "2/1", "2/1"])
  #expect(two.filter { $0.record == "machine" }.map { $0["cores"] } == ["1", "2"])
  #expect(!two.contains { $0.record == "refused" })
}

@Test func everyStateHasOneMachineLine() {
  let bench = Bench(engines: 1)
  let lines = logLines(bench.type("plan clocks", "set weights flash", "start"))
  let machines = lines.filter { $0.record == "machine" }
  #expect(machines.map { $0["clock_hz"] } == ["48000000", "100000000", "150000000"])
  #expect(machines.map { $0["flash"] } == ["quad/3", "quad/3", "quad/3"])
  // The second model's runs refer to the same lines.
  #expect(
    lines.filter { $0.record == "run" }.map { $0["machine"] } == ["1", "2", "3", "1", "2", "3"])
}

@Test func theBoardReturnsToItsFirstState() {
  for name in [NamedPlan.clocks, .cache, .divisors] {
    let board = FakeBoard()
    board.typed = [(after: 1, bytes: Array("stop\n".utf8))]
    let initial = board.state
    let bench = Bench(board)
    bench.type("plan \(name.word)", "start")
    #expect(board.state == initial)
    bench.type("start")
    #expect(board.state == initial && board.changes.count > 2)
  }
}

@Test func manyStatesStillHaveTheirLines() {
  let bench = Bench(engines: 1)
  bench.type("plan clocks", "set clocks 1,2,3,4,5,6,7,8", "set divisors 1,2,3", "set inferences 1")
  bench.type("start")
  #expect(bench.ingest().diagnostics.filter { $0.rule != "refused-run" }.isEmpty)
}

@Test func summariesAgreeWithTheDefinition() {
  var random = SplitMix(9)
  for _ in 0..<100 {
    let times = (0..<Int.random(in: 1...50, using: &random)).map { _ in
      UInt64.random(in: 0...1_000_000, using: &random)
    }
    var summary = Summary()
    for time in times { summary.add(time, access: time / 2, miss: time / 3) }
    #expect(summary.n == UInt64(times.count) && summary.total == times.reduce(0, +))
    #expect(summary.min == times.min() && summary.max == times.max())
    #expect(summary.access == times.map { $0 / 2 }.reduce(0, +))
    #expect(summary.miss == times.map { $0 / 3 }.reduce(0, +))
  }
  var full = Summary()
  full.add(.max)
  full.add(1)
  #expect(full.total == .max && full.min == 1)
}
