@testable import Ingest
import Core
import TestSupport
import Testing

@testable import Performance
@testable import Reference

/// A micro-benchmark of a Pico 2 at 150 MHz, in its usual flash mode unless told else.
func makeBenchmark(
  _ name: String, _ time: Double, macs: UInt64? = nil, bytes: UInt64? = nil,
  unit: TimeUnit = .cycles, _ more: [ConfigurationKey: String] = [:]
) -> MicroBenchmark {
  let all: [ConfigurationKey: String] = [
    .board: "pico2", .mcu: "rp2350", .clock: "150000000", .flash: "quad/3", .xipCache: "on",
    .origin: "measured",
  ]
  var configuration = Configuration()
  for (key, text) in all.merging(more, uniquingKeysWith: { $1 }) {
    configuration.offer(key, text, .log)
  }
  return MicroBenchmark(
    source: RunSource(
      file: "made.txt", firstLine: 1, lastLine: 1, dialect: Dialect(rawValue: "made")),
    configuration: configuration, name: name, unit: unit, repetitions: 5, shortest: time,
    macs: macs, bytes: bytes)
}

/// A log with micro-benchmarks and runs.
func makeFile(_ benchmarks: [MicroBenchmark], _ runs: [Run] = []) -> IngestedFile {
  IngestedFile(
    path: "made.txt", recognition: Recognition(dialect: Dialect(rawValue: "made"), evidence: []),
    runs: runs,
    microBenchmarks: benchmarks, diagnostics: [], account: LineAccount(),
    bytes: 0)
}

@Suite struct MeasuredRoofTests {
  private func machines(
    _ benchmarks: [MicroBenchmark], runs: [Run] = []
  ) throws -> (machines: [RooflineMachine], points: [RooflinePoint]) {
    let roofline = Roofline(
      runs: try runs.map(analysed), reference: try ReferenceData.bundled(),
      benchmarks: [makeFile(benchmarks)])
    return (roofline.machines, roofline.points)
  }

  @Test func theHighestRateWithoutTheClocksCostIsTheRoof() throws {
    let machine = try #require(
      try machines([
        makeBenchmark("clock", 40), makeBenchmark("int8_smlad", 33_608, macs: 65_536),
        makeBenchmark("sram_read", 2400, bytes: 8192),
        makeBenchmark("sram_read_ldr", 2300, bytes: 8192),
      ]).machines.first)
    let int8 = try #require(machine.roof(dtype: .int8))
    #expect(isClose(int8.macsPerCycle, 65_536.0 / 33_568))
    #expect(isClose(int8.macsPerSecond, 65_536.0 / 33_568 * 150e6))
    #expect(int8.provenance == .measured(by: "made.txt"))
    #expect(isClose(machine.roof(.sram)?.bytesPerCycle, 8192.0 / 2260))
    // What was not measured stays computed.
    #expect(machine.roof(.flash)?.provenance.isMeasured == false)
    #expect(machine.roof(dtype: .fp32)?.macsPerCycle == 0.5)
    let ridge = try #require(machine.ridge(memory: "sram", compute: "int8"))
    #expect(isClose(ridge.intensity, 65_536.0 / 33_568 / (8192.0 / 2260)))
  }

  @Test func secondsNeedTheClock() throws {
    let machine = try #require(
      try machines([makeBenchmark("int8_smlad", 1e-3, macs: 240_000, unit: .seconds)])
        .machines.first)
    #expect(isClose(machine.roof(dtype: .int8)?.macsPerCycle, 1.6))
  }

  @Test func anEmulatorsCountsAreNoRoofs() throws {
    let counted = makeBenchmark("int8_smlad", 33_280, macs: 65_536, unit: .instructions)
    #expect(try machines([counted]).machines.isEmpty)
    let called = makeBenchmark(
      "int8_smlad", 33_280, macs: 65_536, [.origin: "emulated"])
    #expect(try machines([called]).machines.isEmpty)
    #expect(MicroBenchmarkRate.all(makeFile([counted])).first?.instructions == 33_280)
  }

  @Test func eachFlashModeHasRoofsOfItsOwn() throws {
    let other: [ConfigurationKey: String] = [.flash: "quad/2", .flashClock: "75000000"]
    let usual: [ConfigurationKey: String] = [.flash: "quad/3", .xipCache: "on"]
    let made = try machines(
      [
        makeBenchmark("flash_sequential", 1_600_000, bytes: 262_144),
        makeBenchmark("flash_sequential", 1_100_000, bytes: 262_144, other),
      ],
      runs: [
        makeTotals(
          onRP2350("m", "int8", "flash", usual), cycles: 5e6, macs: 1_000_000, bytes: 100_000),
        makeTotals(
          onRP2350("m", "int8", "flash", other), cycles: 4e6, macs: 1_000_000, bytes: 100_000),
      ])
    #expect(made.machines.count == 2)
    #expect(isClose(made.machines[0].roof(.flash)?.bytesPerCycle, 262_144 / 1.6e6))
    #expect(isClose(made.machines[1].roof(.flash)?.bytesPerCycle, 262_144 / 1.1e6))
    // The computed line is of another mode, so it is not there.
    #expect(made.machines[1].memory.filter { $0.level == .flash }.map(\.id) == ["flash"])
    let states = made.points.filter { $0.byteCounter == .weightsOnce }.map(\.state)
    #expect(states == made.machines.map(\.state))
    #expect(made.points.allSatisfy { $0.attainable.value != nil })
  }

  @Test func anotherClockHasNoMeasuredRoof() throws {
    let run = makeTotals(
      onRP2350("m", "int8", "sram", [.clock: "200000000"]), cycles: 5e6, macs: 1_000_000,
      bytes: 100_000)
    let made = try machines([makeBenchmark("int8_smlad", 40_000, macs: 65_536)], runs: [run])
    #expect(made.machines.count == 2)
    #expect(made.machines[0].roof(dtype: .int8)?.macsPerCycle == 2)
    #expect(made.machines[1].roof(dtype: .int8)?.provenance.isMeasured == true)
  }

  @Test func countedFillsAreACounterOfTheirOwn() throws {
    var run = makeTotals(
      onRP2350("m", "int8", "flash"), cycles: 5e6, macs: 1_000_000, bytes: 100_000)
    run.cache = CacheCounters(
      accesses: CounterTotal(total: 900_000, inferences: 4),
      misses: CounterTotal(total: 80_000, inferences: 4))
    let points = try roofline([run]).points
    let counted = try #require(points.first { $0.byteCounter == .countedMisses })
    #expect(counted.byteCounter.words == "counted line fills x 8 B")
    #expect(isClose(counted.intensity.value, 1_000_000 / (20_000 * 8.0)))
    #expect(points.contains { $0.byteCounter == .weightsOnce })
    var fromSRAM = run
    fromSRAM.configuration = Configuration()
    for (key, text) in onRP2350("m", "int8", "sram") {
      fromSRAM.configuration.offer(key, text, .log)
    }
    #expect(try roofline([fromSRAM]).points.allSatisfy { !$0.byteCounter.isOfFills })
  }
}
