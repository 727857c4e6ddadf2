import Core
import Ingest
import Quantiles
import Statistics
import TestSupport
import Testing

@testable import Performance

/// What is known of a run whose time is not.
@Suite struct TicksTests {
  private func operators(_ values: [Double]) -> [OperatorRecord] {
    values.enumerated().map { makeOperator("CONV_2D", [$1, $1, $1], index: $0) }
  }

  @Test func ticksOfUnknownLengthAreKept() throws {
    let run = try analysed(
      makeRun(times: [400, 402, 404], unit: .ticks, operators: operators([300, 100])))
    #expect(run.seconds.value == nil)
    #expect(run.cycles.value == nil)
    #expect(run.ticks.value?.value == 402)
    #expect(run.measure == .ticks)
    #expect(run.operatorMeasure == .ticks)
    #expect(run.operators.map { $0.ticks.value?.value } == [300, 100])
    #expect(run.operators.map { $0.ticks.value?.count } == [3, 3])
  }

  @Test func ticksOfKnownLengthAreKeptToo() throws {
    let run = try analysed(makeRun([.tick: "1us"], times: [400], unit: .ticks))
    #expect(run.measure == .time)
    #expect(isClose(run.seconds.value?.value, 400e-6))
    #expect(run.ticks.value?.value == 400)
  }

  @Test func otherUnitsHaveNoTicks() throws {
    for unit in [TimeUnit.seconds, .cycles, .instructions] {
      let run = try analysed(makeRun(times: [4], unit: unit))
      #expect(run.ticks.value == nil)
      #expect(run.ticks.reason?.contains(unit.words) == true)
    }
  }

  @Test func bestQuantityIsTheFirstKnown() throws {
    let cycles = try analysed(makeRun(times: [9], unit: .cycles, operators: operators([7])))
    #expect(cycles.measure == .cycles)
    #expect(cycles.operatorMeasure == .cycles)
    #expect(cycles.operators[0].quantity(.cycles).value?.value == 7)
    let clocked = try analysed(
      makeRun([.clock: "1000000"], times: [9], unit: .cycles, operators: operators([7])))
    #expect(clocked.measure == .time)
    #expect(clocked.operatorMeasure == .time)
    let counted = try analysed(makeRun(times: [9], unit: .instructions))
    #expect(counted.measure == .instructions)
    #expect(counted.operatorMeasure == nil)
    #expect(try analysed(makeRun(times: nil)).measure == nil)
  }

  private func printing(_ cycles: [Double], observed: [Observation] = []) throws -> AnalysedRun {
    var run = makeRun(
      [.clock: "84000000"], times: [11.775e-3, 11.775e-3], kind: .mean, quantum: 1e-6,
      observed: observed)
    run.printedCycles = Samples(cycles)
    return try analysed(run)
  }

  @Test func printedCyclesAreBelievedWhereTheyFitTheTime() throws {
    let run = try printing([989_124, 989_132])
    #expect(run.cycles.value?.value == 989_128)
    #expect(isClose(run.seconds.value?.value, 11.775e-3))
    #expect(isClose(try printing([]).cycles.value?.value, 989_100))
    #expect(isClose(try printing([989_124]).cycles.value?.value, 989_100))
    #expect(isClose(try printing([989_324, 989_324]).cycles.value?.value, 989_100))
    let contradicted = try printing(
      [989_124, 989_132], observed: [Observation(.cyclesContradictDuration, "They differ.")])
    #expect(isClose(contradicted.cycles.value?.value, 989_100))
  }

  @Test func failedRunsHaveNoNumbers() throws {
    var failed = makeRun(
      onRP2350("kws", "int8"), operators: operators([1e-3]),
      observed: [Observation(.failedRun, "It failed."), Observation(.costsOnly, "Costs.")])
    failed.macs = 7
    failed.weightBytes = 5
    failed.energy = Samples([1e-6])
    let run = try analysed(failed)
    #expect(run.macs == nil)
    #expect(run.weightBytes == nil)
    #expect(run.operators.isEmpty)
    #expect(run.run.energy.isEmpty)
    for measure in Measure.allCases {
      #expect(run.quantity(measure).reason == "the tool says that this run failed")
    }
    #expect(run.costsReason == "the tool says that this run failed")
    #expect(run.operatorsReason == "the tool says that this run failed")
    #expect(run.run.observations.map(\.kind) == [.failedRun])
    #expect(run.statedOrigin == nil)
  }

  @Test func onlyMeasurementsHaveAnOrigin() throws {
    let costs = Observation(.costsOnly, "Costs.")
    #expect(try analysed(makeRun(times: nil, observed: [costs])).statedOrigin == nil)
    #expect(try analysed(makeRun(times: [1])).statedOrigin == .measured)
    #expect(try analysed(makeRun(times: nil)).statedOrigin == .measured)
    let stated = makeRun([.origin: "published"], times: nil, observed: [costs])
    #expect(try analysed(stated).statedOrigin == .published)
  }

  @Test func operatorsAreNamedOnce() throws {
    let run = try analysed(
      makeRun(operators: [
        makeOperator("Inter-nodal", [1], index: nil, name: "Inter-nodal"),
        makeOperator("FULLY_CONNECTED", [1], index: nil, name: "largest"),
        makeOperator("TANH", [1], index: nil), makeOperator("CONV_2D", [1], index: 3, name: "x"),
      ]))
    #expect(
      run.operators.map(\.words) == [
        "Inter-nodal", "FULLY_CONNECTED (largest)", "TANH", "3 CONV_2D",
      ])
  }
}
