import Core
import Ingest
import Quantiles
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct LoggedSweepsTests {
  @Test func runsOfOneKindMakeASweep() throws {
    let logged = try Made.logged(Made.runs { Made.ramp($0) }.reversed())
    let sweep = try #require(logged.sweeps.first)
    #expect(logged.sweeps.count == 1 && logged.unused.isEmpty)
    #expect(sweep.key.words == "CNN 5x5 fp32 from flash")
    #expect(sweep.key.setupWords == "tflm, 150 MHz, 1 core")
    #expect(sweep.points.map(\.weightBytes) == Made.sizes.map { $0 * 1024 })
    #expect(isClose(sweep.points[0].cyclesPerMAC, 2))
  }

  @Test func unlikeRunsMakeSweepsOfTheirOwn() throws {
    let configurations: [[ConfigurationKey: String]] = [
      [:], [.weights: "sram"], [.dtype: "int8"], [.flash: "quad/2"], [.xipCache: "off"],
      [.clock: "125000000"], [.origin: "published"], [.board: "nucleo_u575zi_q"],
      [.model: "cnn_l1_c8_k3_m9"], [.model: "mine"], [.cores: "2"],
    ]
    let runs = configurations.flatMap { configuration in
      Made.runs(configuration) { Made.ramp($0) }
    }
    let logged = try Made.logged(runs)
    #expect(logged.sweeps.count == configurations.count && logged.unused.isEmpty)
    #expect(Set(logged.sweeps.map(\.key)).count == configurations.count)
    let cacheOff = try #require(logged.sweeps.first { $0.key.flash == "cache off" })
    #expect(cacheOff.key.inSRAM == logged.sweeps[1].key)
  }

  @Test func wholeAnalysisFindsTheBreaksAndTheirCaches() throws {
    let runs =
      Made.runs { Made.ramp($0) } + Made.runs([.xipCache: "off"]) { _ in 30 }
      + Made.runs([.weights: "sram"]) { _ in 2 }
    let found = Crossovers(try analyse(runs))
    #expect(found.logged.map(\.verdict) == [.rises, .level, .level])
    #expect(found.logged.map(\.cacheBytes) == [16_384, nil, 16_384])
    #expect(found.logged[0].bounds.basis.value == .sram)
    #expect(found.predicted == nil)
    #expect(found.all.count == 3)
  }

  @Test func emulatedCountsAreNeverTime() throws {
    let logged = try Made.logged(
      Made.runs([.origin: "emulated"], unit: .instructions) { Made.ramp($0) })
    #expect(logged.sweeps.isEmpty)
    #expect(logged.unused.reduce(0) { $0 + $1.count } == Made.sizes.count)
    #expect(logged.unused.allSatisfy { $0.reason.contains("knows nothing of flash") })
  }

  @Test func tooFewSizesHaveAReason() throws {
    for sizes in [[2.0], [2, 3, 4, 6, 8], [2, 2, 2, 3, 3, 3, 4, 4]] {
      let logged = try Made.logged(Made.runs(sizes: sizes) { Made.ramp($0) })
      #expect(logged.sweeps.isEmpty)
      #expect(logged.unused.map(\.count) == [sizes.count])
      #expect(
        logged.unused[0].reason.hasPrefix(
          "a crossover needs at least 6 operators of 4 different sizes"))
    }
    #expect(try Made.logged(Made.runs(sizes: [2, 2, 3, 3, 4, 6]) { _ in 2 }).sweeps.count == 1)
  }

  @Test func tooManySizesHaveAReason() throws {
    let sizes = (0...LoggedSweeps.mostSizes).map { 2 + Double($0) / 64 }
    let logged = try Made.logged(Made.runs(sizes: sizes) { Made.ramp($0) })
    #expect(logged.sweeps.isEmpty)
    #expect(logged.unused.first?.reason.contains("1,001 different sizes") == true)
  }

  @Test func whatIsNotSaidHasAReason() throws {
    func reason(_ change: (inout Run) -> Void) throws -> String {
      var runs = Made.runs { Made.ramp($0) }
      for i in runs.indices { change(&runs[i]) }
      let logged = try Made.logged(runs)
      #expect(logged.sweeps.isEmpty)
      return try #require(logged.unused.first).reason
    }
    #expect(try reason { $0.configuration.remove(.weights) }.contains("where the weights are"))
    #expect(try reason { $0.configuration.remove(.dtype) }.contains("--set dtype"))
    #expect(try reason { $0.operators[0].macs = nil } == "the MACs are not known")
    #expect(try reason { $0.operators[0].macs = 0 } == "the MACs are not known")
    #expect(try reason { $0.operators[0].weightBytes = 0 }.contains("bytes of the weights"))
    #expect(try reason { $0.operators[0].samples = Samples([1]) }.contains("one tick"))
    #expect(try reason { $0.operatorUnit = .ticks }.contains("how long a tick is"))
    #expect(
      try reason {
        $0.configuration.remove(.board)
        $0.configuration.remove(.mcu)
      }.contains("which board"))
  }

  @Test func mislabelledRunsAreLeftOut() throws {
    var known = try Made.runs { Made.ramp($0) }.map(analysed)
    known.makeIDsUnique()
    let logged = LoggedSweeps(known, doubted: Set(known.map(\.id)), model: nil)
    #expect(logged.sweeps.isEmpty)
    #expect(logged.unused.first?.reason.contains("in doubt") == true)
  }

  @Test func filtersOfGeneratedModels() {
    #expect(LoggedSweeps.generatedFilter("cnn_l4_c8_k5_m4915200") == "5x5")
    for name in [
      nil, "", "cnn_", "cnn_k", "cnn_kx", "cnn_k0", "cnn_k-3", "cnn_k999999999999999999999",
    ] {
      #expect(LoggedSweeps.generatedFilter(name) == nil)
    }
    #expect(LoggedSweeps.generatedFilter("kws_k5") == nil)
  }

  @Test(arguments: [1, UInt64(1) << 53, .max]) func hostileCountsDoNotCrash(value: UInt64) throws {
    var runs = Made.runs { Made.ramp($0) }
    for i in runs.indices where i % 2 == 0 {
      runs[i].operators[0].macs = value
      runs[i].operators[0].weightBytes = value &- UInt64(i)
    }
    for run in Crossovers(try analyse(runs)).all { #expect(!run.statement.isEmpty) }
    for i in runs.indices {
      runs[i].operators[0].samples = Samples([[.infinity, .nan, -1, 1e308][i % 4]])
    }
    let logged = try Made.logged(runs)
    for sweep in logged.sweeps {
      #expect(!Crossover(sweep, cacheBytes: Made.cache).statement.isEmpty)
    }
  }

  /// Convolutions of any model: the machine model says how far their shapes set them apart.
  @Test func shapesOfKnownModelsGiveInstructionCycles() throws {
    let analysis = try Examples.analysis()
    let model = try #require(analysis.machine.model.value)
    let cost = try #require(analysis.reference.cost(model: "ic", dtype: .int8))
    let operators = cost.operators.map { one in
      OperatorRecord(
        index: one.index, kind: one.kind, samples: Samples([Double(max(one.macs, 1)) * 3]),
        quantum: 1)
    }
    let run = makeRun(
      onRP2350("ic", "int8", "flash"), times: [1e8], unit: .cycles, operators: operators)
    let logged = LoggedSweeps([try analysed(run)], model: model)
    let sweep = try #require(logged.sweeps.first { $0.key.filter == "3x3" })
    #expect(sweep.points.allSatisfy { $0.instructionCycles.value != nil })
    #expect(sweep.remarks.first?.contains("differ in more than their size") == true)
    #expect(Crossover(sweep, cacheBytes: Made.cache).bounds.basis.value == .model)
    // The two 1x1 convolutions are no sweep.
    #expect(logged.unused.contains { $0.words.contains("CNN 1x1") && $0.count == 2 })
  }
}
