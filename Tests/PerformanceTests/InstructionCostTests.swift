import Core
import Ingest
import MachineModel
import TestSupport
import Testing

@testable import Performance
@testable import Reference

@Suite struct InstructionCostTests {
  private func cost(_ runs: [Run]) throws -> InstructionCost? {
    let data = try ReferenceData.bundled()
    return InstructionCost(try runs.map(analysed), mcu: "rp2350", reference: data)
  }

  /// A run of `cpi` cycles per instruction.
  private func run(
    _ model: String, _ dtype: String, _ weights: String?, cpi: Double, mcu: String = "rp2350"
  ) throws -> Run {
    let word = try #require(Dtype(dtype))
    let count = try #require(
      ReferenceData.bundled().instructions(model: model, dtype: word))
    return makeRun(
      onRP2350(model, dtype, weights, [.mcu: mcu]), times: [Double(count) * cpi / 150e6],
      kind: .published, quantum: 1e-6, label: "\(model)-\(dtype)-\(weights ?? "")")
  }

  @Test func onlyRunsThatDoNotStreamCount() throws {
    let cost = try #require(
      try cost([
        run("sww", "fp32", "sram", cpi: 1.1), run("kws", "int8", "flash", cpi: 1.2),
        // An operator of 81,920 bytes streams through the cache.
        run("ad", "int8", "flash", cpi: 9), run("ic", "int8", "sram", cpi: 7, mcu: "other"),
        makeRun(onRP2350("made", "int8")),
      ]))
    #expect(cost.points.map(\.run) == ["sww-fp32-sram", "kws-int8-flash"])
    #expect(isClose(cost.low, 1.1))
    #expect(isClose(cost.high, 1.2))
    #expect(isClose(cost.estimate, 1.1))
  }

  @Test func theEstimateIsTheMeanFromSRAM() throws {
    let cost = try #require(
      try cost([run("sww", "fp32", "sram", cpi: 1.3), run("ad", "int8", "sram", cpi: 1.1)]))
    #expect(isClose(cost.estimate, 1.2))
    #expect(cost.low < cost.estimate && cost.estimate < cost.high)
  }

  @Test func withoutARunFromSRAMThereIsNone() throws {
    #expect(try cost([run("kws", "int8", "flash", cpi: 1.2)]) == nil)
    #expect(try cost([]) == nil)
  }

  @Test func theBundledRunsGiveTheFittedValue() throws {
    let analysis = try Examples.analysis()
    let cost = try #require(analysis.machine.instructionCost)
    #expect(cost.points.count == 2)
    // The fit with cache simulation over all six rows gives 1.1412.
    #expect(abs(cost.estimate / 1.1412 - 1) < 0.02)
  }

  /// Whatever is predicted with the cache on stays below it.
  @Test func theBoundIsAboveEveryPrediction() throws {
    let data = try ReferenceData.bundled()
    let model = try ModelledRunsTests.model()
    for name in ["ad", "ic", "kws", "sww", "vww"] {
      let bound = try #require(Int8Bound(model: name, by: model, reference: data))
      let cost = try #require(data.cost(model: name, dtype: .int8))
      let cached = try #require(model.predict(cost, Scenario(dtype: .int8)).value)
      let interval = try #require(cached.interval.value)
      #expect(bound.cycles / 150e6 > interval.high, "\(name)")
      // A read waits for its 4 bytes and for a new transfer, and no longer than for a line.
      #expect((24 + 60...56.0 + 60).contains(bound.cyclesPerRead), "\(bound.cyclesPerRead)")
    }
    #expect(Int8Bound(model: "made", by: model, reference: data) == nil)
  }
}

@Suite struct LabelCheckTests {
  private func checks(_ more: [ConfigurationKey: String], seconds: [Double] = [6]) throws -> [Bool]
  {
    try analyse([makeRun(onRP2350("kws", "int8", "flash", more), times: seconds)]).labels.checks
      .map(
        \.isContradicted)
  }

  @Test func onlyATimeAboveTheBoundContradicts() throws {
    #expect(try checks([:]) == [true])
    #expect(try checks([:], seconds: [0.0604]) == [false])
  }

  @Test func theLeastTheRunCanHaveTakenCounts() throws {
    let data = try ReferenceData.bundled()
    let bound = try #require(
      Int8Bound(model: "kws", by: try ModelledRunsTests.model(), reference: data))
    let limit = bound.cycles / 150e6
    // The median is above the bound, the lower end of its interval is not.
    let wide = (0..<20).map { limit * (0.5 + 0.06 * Double($0)) }
    #expect(try checks([:], seconds: wide) == [false])
    #expect(try checks([:], seconds: scattered(limit * 1.01)) == [true])
  }

  @Test(arguments: [
    [ConfigurationKey.kernels: "reference"], [.flags: "-Os"], [.flash: "serial/3"],
    [.xipCache: "off"], [.flashClock: "12000000"], [.runtime: "other"],
    [.mcu: "stm32u575", .board: "nucleo_u575zi_q"],
  ]) func otherKernelsFlagsOrFlashAreNotHeldAgainstTheBound(
    more: [ConfigurationKey: String]
  ) throws {
    #expect(try checks(more).isEmpty)
  }

  @Test(arguments: [[ConfigurationKey.kernels: "cmsis-nn", .flags: "-O3 -g"], [.flash: "quad/3"]])
  func theAssumedBuildMayBeStated(more: [ConfigurationKey: String]) throws {
    #expect(try checks(more) == [true])
  }

  @Test func aGraphThatIsNotTheModelsIsNotChecked() throws {
    let run = makeRun(
      onRP2350("kws", "int8", "flash"), times: [6],
      observed: [Observation(.modelContradiction, "Other operators.")])
    #expect(try analyse([run]).labels.checks.isEmpty)
    #expect(try analysed(run).macs == nil)
  }
}
