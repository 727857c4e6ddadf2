import Core
import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct InstructionSweepTests {
  private func run(
    _ kib: UInt64, perMAC: Double, _ kind: String = "CONV_2D", dtype: String = "int8"
  ) -> Run {
    var one = makeOperator(kind, [perMAC * Double(kib * 4096)], index: 0)
    one.macs = kib * 4096
    one.weightBytes = kib * 1024
    return makeRun(
      onEmulator("m\(kib)", dtype), times: [perMAC * Double(kib * 4096) + 100],
      unit: .instructions, operators: [one, makeOperator("RELU", [90], index: 1)])
  }

  @Test func groupsBySortOfOperator() throws {
    let sizes: [UInt64] = [4, 6, 10, 14, 20, 28, 40]
    let runs =
      sizes.map { run($0, perMAC: 1 + 1 / Double($0)) }
      + sizes.map { run($0, perMAC: 3, "FULLY_CONNECTED") }
      + sizes.prefix(3).map { run($0, perMAC: 5, dtype: "fp32") }
    let sweeps = try analyse(runs).instructions.sweeps
    #expect(sweeps.map(\.kind) == ["CONV_2D", "FULLY_CONNECTED"])
    let first = try #require(sweeps.first)
    #expect(first.runs.count == sizes.count)
    #expect(first.sizes == 4096...40960)
    #expect(isClose(first.perMAC()?.lowerBound, 1 + 1 / 40.0))
    #expect(isClose(first.perMAC { $0 <= 6144 }?.lowerBound, 1 + 1 / 6.0))
    #expect(first.perMAC { $0 > 1 << 20 } == nil)
  }

  /// 10 and 14 KiB stand below 16 KiB, 20 and 28 KiB above.
  @Test func whatHappensAtTheCache() throws {
    let sizes: [UInt64] = [4, 6, 10, 14, 20, 28, 40]
    let flat = try #require(
      try analyse(sizes.map { run($0, perMAC: 2) }).instructions.sweeps.first)
    #expect(flat.change(at: 16384) == 0)
    #expect(flat.rises(at: 16384) == false)
    #expect(flat.rises(at: 1024) == nil && flat.change(at: 1024) == nil)
    let step = try #require(
      try analyse(sizes.map { run($0, perMAC: $0 > 16 ? 3 : 2) }).instructions.sweeps.first)
    #expect(isClose(step.change(at: 16384), 0.5))
    #expect(step.rises(at: 16384) == true)
    // What is spent once per operator weighs less the larger it is: that is no mark of a cache.
    let falling = try #require(
      try analyse(sizes.map { run($0, perMAC: 2 + 1 / Double($0)) }).instructions.sweeps.first)
    #expect(falling.rises(at: 16384) == false)
  }

  @Test func modelsOfTheTablesAreNone() throws {
    let data = try analyse([]).reference
    let runs = ["ad", "ic", "kws", "sww", "vww"].map { model in
      let cost = data.cost(model: model, dtype: .int8)
      return makeRun(
        onEmulator(model, "int8"), times: [1e6], unit: .instructions,
        operators: (cost?.operators ?? []).map { one in
          var record = makeOperator(one.kind, [1000], index: one.index)
          record.macs = one.macs
          record.weightBytes = one.weightBytes
          return record
        })
    }
    #expect(try analyse(runs).instructions.sweeps.isEmpty)
    #expect(try analyse([makeRun(onRP2350("m", "int8"), times: [1])]).instructions.sweeps.isEmpty)
  }
}
