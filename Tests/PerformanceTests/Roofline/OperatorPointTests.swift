import Core
import Ingest
import Models
import TestSupport
import Testing

@testable import Performance
@testable import Reference

@Suite struct OperatorPointTests {
  /// A run of IC whose operators take what `cycles` says of their costs.
  private func ic(
    _ dtype: String, _ weights: String, cycles: (OperatorCost) -> Double
  ) throws -> Run {
    let word = try #require(Dtype(dtype))
    let cost = try #require(
      try ReferenceData.bundled().cost(model: "ic", dtype: word))
    let operators = cost.operators.map { one in
      makeOperator(one.kind, [cycles(one)], index: one.index)
    }
    let total = cost.operators.reduce(0) { $0 + cycles($1) }
    return makeRun(
      onRP2350("ic", dtype, weights), times: [total], unit: .cycles, operators: operators)
  }

  @Test func operatorsHaveTheirOwnBytesAndShares() throws {
    let run = try ic("int8", "flash") { $0.macs > 0 ? Double($0.macs) / 0.4 : 20_000 }
    let points = try roofline([run]).points
    #expect(points.count == 17)
    let parts = points.dropFirst()
    #expect(parts.map(\.operatorPosition) == Array(0..<16))
    #expect(isClose(parts.compactMap(\.timeShare.value).reduce(0, +), 1, within: 1e-9))
    // 5 CONV_2D: 2,359,296 MAC over 9,216 bytes of weights; 8,192 elements in, 8,192 out.
    let five = try #require(parts.first { $0.operatorPosition == 5 })
    #expect(five.operatorWords == "5 CONV_2D")
    #expect(isClose(five.intensity.value, 256))
    #expect(five.traffic.value?.map(\.bytes) == [9216, 16_384])
    #expect(isClose(five.macsPerCycle.value, 0.4))
    // Half of the time is the inner loop at 0.80; what else there is is less.
    #expect(five.bound.value?.term == .compute)
    // 14 FULLY_CONNECTED: 640 bytes at 6 cycles of 1600.
    let last = try #require(parts.first { $0.kind == "FULLY_CONNECTED" })
    #expect(isClose(last.intensity.value, 1))
    #expect(last.attainable.value?.limit == .flash)
    #expect(isClose(last.attainable.value?.macsPerCycle, 1.0 / 6))
    // It would be above its roof, had the cache not kept 640 bytes: no error.
    #expect(try #require(last.share.value) > 1)
    #expect(last.excesses.isEmpty)
  }

  @Test func withoutMACsThereIsOnlyOverheadAndSRAM() throws {
    let run = try ic("int8", "sram") { _ in 100_000 }
    let add = try #require(try roofline([run]).points.first { $0.kind == "ADD" })
    #expect(add.macs == 0)
    #expect(add.intensity.reason == "it has no MACs, so it has no intensity and no roof")
    #expect(add.attainable.value == nil)
    // Two inputs and one output of 16,384 elements, four bytes a cycle.
    #expect(add.terms.value?.sram == 12_288)
    #expect(add.bound.value?.term == .overhead)
    // As fast as SRAM allows, it is SRAM that bounds it.
    let quick = try ic("int8", "sram") { _ in 13_000 }
    let fast = try #require(try roofline([quick]).points.first { $0.kind == "ADD" })
    #expect(fast.bound.value?.term == .sram)
  }

  @Test func weightsAboveTheCacheLeaveTheBoundOpen() throws {
    let slow = try ic("fp32", "flash") { Double($0.macs) / 0.05 + 1 }
    let parts = try roofline([slow]).points.dropFirst()
    // 36,864 bytes may come again for every pass; 1,728 bytes stay in the cache.
    let large = try #require(parts.first { $0.operatorPosition == 5 })
    let reason = try #require(large.bound.reason)
    #expect(reason.hasPrefix("overhead or flash: "))
    let small = try #require(parts.first { $0.operatorPosition == 0 })
    #expect(small.bound.value?.term == .overhead)
    // A count of the misses decides.
    let counted = try roofline([slow], misses: FixedMisses(byIndex: [5: 6_000_000])).points
    let both = counted.filter { $0.operatorPosition == 5 }
    #expect(both.map(\.byteCounter) == [.eachOnce, .simulatedMisses])
    let simulated = try #require(both.last)
    #expect(isClose(simulated.intensity.value, 2_359_296 / 6e6))
    #expect(isClose(simulated.attainable.value?.macsPerCycle, 2_359_296 / 36e6))
    #expect(simulated.attainable.value?.limit == .flash)
    #expect(simulated.bound.value?.term == .flash)
    #expect(both.first?.bound.reason == reason)
    // No other operator was simulated.
    #expect(counted.filter { $0.byteCounter == .simulatedMisses }.count == 1)
  }

  @Test func withoutMissesThereIsNoIntensity() throws {
    let run = makeRun(onRP2350("kws", "int8", "flash"), times: [0.0604])
    let points = try roofline([run], misses: FixedMisses(whole: 0)).points
    let simulated = try #require(points.first { $0.byteCounter == .simulatedMisses })
    #expect(simulated.intensity.reason == "no weight misses the cache in the simulation")
    #expect(simulated.attainable.value?.limit == .compute)
    // From SRAM nothing is simulated.
    let sram = makeRun(onRP2350("kws", "int8", "sram"), times: [0.0604])
    #expect(try roofline([sram], misses: FixedMisses(whole: 0)).points.count == 1)
  }

  @Test func aPairFromSRAMDecides() throws {
    let analysis = try analyse([
      makeRun(onRP2350("sww", "fp32", "flash"), times: [0.192]),
      makeRun(onRP2350("sww", "fp32", "sram"), times: [0.0515]),
    ])
    let flash = try #require(analysis.roofline.points.first { $0.weights == .flash })
    let bound = try #require(flash.bound.value)
    #expect(bound.term == .flash && bound.isFromPair)
    #expect(bound.certainty.hasSuffix("by the run from SRAM"))
    let alone = try roofline([makeRun(onRP2350("sww", "fp32", "flash"), times: [0.192])])
    #expect(alone.points.first?.bound.value == nil)
  }

  @Test func tanhHasNoMACsEvenWithoutACostTable() throws {
    let run = makeRun(
      onRP2350("gait", "int8"), operators: [makeOperator("TANH", [0.004], index: nil)])
    let point = try #require(try roofline([run]).points.first)
    #expect(point.macs == 0 && point.bound.value?.term == .overhead)
    #expect(isClose(point.timeShare.value, 0.4))
  }
}
