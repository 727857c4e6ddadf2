import Core
import Ingest
import Reference
import TestSupport
import Testing

@testable import Performance

/// Everything said of an emulated run that comparisons need.
func onEmulator(
  _ model: String, _ dtype: String, _ runtime: String = "pico2-benchmark",
  _ more: [ConfigurationKey: String] = [:]
) -> [ConfigurationKey: String] {
  [
    .board: "qemu_mps2_an505", .mcu: "cortex-m33", .cores: "1", .runtime: runtime, .model: model,
    .dtype: dtype, .origin: "emulated",
  ].merging(more) { $1 }
}

@Suite struct InstructionCountsTests {
  /// KWS in int8, each operator at `factor` times the bundled count but the first, at its own.
  private func kws(
    _ runtime: String = "pico2-benchmark", factor: Double = 1, first: Double = 1,
    _ more: [ConfigurationKey: String] = [:]
  ) throws -> Run {
    let bundled = try ReferenceData.bundled().instructions.filter {
      $0.model == "kws" && $0.dtype == .int8 && $0.index != nil
    }
    let operators = bundled.enumerated().map { i, one in
      makeOperator(
        one.kind, [Double(one.instructions) * (i == 0 ? first : factor)], index: i)
    }
    let total = operators.compactMap(\.samples.median).reduce(0, +)
    return makeRun(
      onEmulator("kws", "int8", runtime, more), times: [total], unit: .instructions,
      operators: operators)
  }

  @Test func comparesWithTheBundledCounts() throws {
    let analysis = try analyse([try kws(factor: 0.5, first: 3)])
    let counts = try #require(analysis.instructions.counts.first)
    let macs = try #require(analysis.reference.cost(model: "kws", dtype: .int8)?.macs)
    #expect(isClose(counts.perMAC.value, counts.instructions / Double(macs)))
    let comparison = try #require(counts.comparison.value)
    #expect(comparison.baseline == .bundled)
    let bundled = try #require(analysis.reference.instructions(model: "kws", dtype: .int8))
    #expect(comparison.instructions == Double(bundled))
    #expect(isClose(comparison.ratio, counts.instructions / Double(bundled)))
    let largest = try #require(comparison.operators.first)
    #expect(largest.words == "0 CONV_2D")
    #expect(isClose(largest.own / largest.baseline, 3))
    #expect(
      zip(comparison.operators, comparison.operators.dropFirst()).allSatisfy {
        abs($0.difference) >= abs($1.difference)
      })
    #expect(comparison.operators.dropFirst().allSatisfy { isClose($0.own, $0.baseline / 2) })
  }

  @Test func aRunOfTheSameFileComesFirst() throws {
    let analysis = try analyse([try kws(factor: 0.5), try kws("tflm", factor: 2, first: 2)])
    let own = try #require(analysis.instructions.counts.first?.comparison.value)
    #expect(own.baseline == .run(analysis.selection.runs[1].id))
    let tflm = try #require(analysis.instructions.counts.last?.comparison.value)
    #expect(tflm.baseline == .bundled)
    #expect(tflm.ratio > 1.9)
  }

  @Test func anotherFileIsNoBaseline() throws {
    let analysis = try analyse([
      try kws(factor: 0.5, [.modelCRC32: "00000001"]),
      try kws("tflm", factor: 2, [.modelCRC32: "00000002"]),
    ])
    #expect(analysis.instructions.counts.first?.comparison.value?.baseline == .bundled)
  }

  @Test func anotherGraphOfThatNameIsNotCompared() throws {
    var run = try kws()
    run.macs = 12345
    let counts = try #require(try analyse([run]).instructions.counts.first)
    #expect(try #require(counts.comparison.reason).contains("not that of the bundled counts"))
    #expect(isClose(counts.perMAC.value, counts.instructions / 12345))
  }

  /// Of a model without a row of costs the operators must be those of the counts.
  @Test func withoutCostsTheOperatorsDecide() throws {
    let name = "mlp_16x64x32x8_m3328"
    let counts = try ReferenceData.bundled().instructions.filter {
      $0.model == name && $0.dtype == .fp32 && $0.index != nil
    }
    func made(_ kinds: [String]) throws -> InstructionCounts {
      let run = makeRun(
        onEmulator(name, "fp32"), times: [6000], unit: .instructions,
        operators: kinds.enumerated().map { makeOperator($1, [1000], index: $0) })
      return try #require(try analyse([run]).instructions.counts.first)
    }
    let same = try #require(try made(counts.map(\.kind)).comparison.value)
    #expect(same.baseline == .bundled)
    #expect(
      same.operators.map(\.baseline).sorted() == counts.map { Double($0.instructions) }.sorted())
    #expect(try made(counts.dropLast().map(\.kind)).comparison.reason != nil)
  }

  @Test func countsThatAgreeAreExact() throws {
    let run = try kws()
    let pair = try analyse([
      run,
      {
        var other = run
        other.configuration = makeRun(onEmulator("kws", "fp32")).configuration
        return other
      }(),
    ])
    let instructions = try #require(pair.selection.runs.first?.instructions.value)
    #expect(instructions.interval.reason == RatioBasis.countsAreExact)
    #expect(instructions.method == "exact count of 1 inference")
    let whole = try #require(pair.comparison.precision.first { $0.operatorWords == nil })
    #expect(whole.ratio.interval.reason == RatioBasis.countsAreExact)
    #expect(pair.comparison.precision.allSatisfy { $0.adjustedP.value == nil })
  }

  @Test func whatIsNotKnownHasAReason() throws {
    let run = makeRun(onEmulator("other", "int8"), times: [1000], unit: .instructions)
    let counts = try #require(try analyse([run]).instructions.counts.first)
    #expect(try #require(counts.perMAC.reason).contains("costs"))
    #expect(try #require(counts.comparison.reason).contains("neither"))
    var idle = run
    idle.macs = 0
    let none = try #require(try analyse([idle]).instructions.counts.first)
    #expect(try #require(none.perMAC.reason).contains("no MACs"))
  }

  @Test func timesAreNoCounts() throws {
    let timed = makeRun(onRP2350("kws", "int8"), times: [5e6], unit: .cycles)
    let analysis = try analyse([timed, try kws()])
    #expect(analysis.instructions.counts.map(\.run) == [analysis.selection.runs[1].id])
    #expect(analysis.comparison.precision.isEmpty)
    #expect(analysis.comparison.placement.isEmpty)
  }
}
