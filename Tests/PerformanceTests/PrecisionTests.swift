import Core
import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct PrecisionTests {
  private func pair(
    int8: [OperatorRecord], fp32: [OperatorRecord], kind: LatencyKind = .inference
  ) -> [Run] {
    [
      makeRun(onRP2350("m", "int8"), times: scattered(0.01), kind: kind, operators: int8),
      makeRun(onRP2350("m", "fp32"), times: scattered(0.02), kind: kind, operators: fp32),
    ]
  }

  @Test func operatorsAlignAndTheRestIsListed() throws {
    let analysis = try analyse(
      pair(
        int8: [
          makeOperator("QUANTIZE", scattered(1e-4), index: 0),
          makeOperator("CONV_2D", scattered(4e-3), index: 1),
          makeOperator("TANH", scattered(3e-3), index: 2),
          makeOperator("DEQUANTIZE", scattered(1e-4), index: 3),
        ],
        fp32: [
          makeOperator("CONV_2D", scattered(8e-3), index: 0),
          makeOperator("TANH", scattered(1e-3), index: 1),
        ]))
    #expect(analysis.comparison.precision.map(\.kind) == ["INVOKE", "CONV_2D", "TANH"])
    #expect(isClose(analysis.comparison.precision[0].ratio.value, 0.5, within: 1e-3))
    #expect(isClose(analysis.comparison.precision[1].ratio.value, 0.5, within: 1e-3))
    #expect(isClose(analysis.comparison.precision[2].ratio.value, 3, within: 1e-3))
    #expect(analysis.comparison.precision[2].operatorIndex == 2)
    #expect(analysis.comparison.unaligned.count == 1)
    let rest = try #require(analysis.comparison.unaligned.first)
    #expect(rest.dtype == .int8)
    #expect(rest.words == ["0 QUANTIZE", "3 DEQUANTIZE"])
  }

  @Test func pValuesAreAdjustedForTheirNumber() throws {
    let slow = (0..<6).map { 2e-3 + Double($0) * 1e-6 }
    let fast = (0..<6).map { 1e-3 + Double($0) * 1e-6 }
    let analysis = try analyse(
      pair(
        int8: [makeOperator("ADD", slow, index: 0), makeOperator("MUL", fast, index: 1)],
        fp32: [makeOperator("ADD", fast, index: 0), makeOperator("MUL", fast, index: 1)]))
    // All of one side above all of the other: 2 of the 924 ways to deal 12 samples, times two tests.
    #expect(isClose(analysis.comparison.precision[1].adjustedP.value, 2 * 2.0 / 924))
    #expect(analysis.comparison.precision[2].adjustedP.value == 1)
    #expect(analysis.comparison.precision[0].adjustedP.value == nil)
  }

  @Test func publishedOperatorsHaveNoPValue() throws {
    let analysis = try analyse(
      pair(
        int8: [makeOperator("TANH", [2e-4], index: nil, quantum: 1e-6)],
        fp32: [makeOperator("TANH", [4e-5], index: nil, quantum: 1e-6)], kind: .published))
    let row = try #require(analysis.comparison.precision.first { $0.kind == "TANH" })
    #expect(try #require(row.adjustedP.reason).contains("no spread"))
    #expect(row.ratio.interval.value?.kind == .rounding)
  }

  @Test func operatorsWithoutAnIndexAlignByName() throws {
    let analysis = try analyse(
      pair(
        int8: [makeOperator("FULLY_CONNECTED", [1e-3], index: nil, name: "largest")],
        fp32: [makeOperator("FULLY_CONNECTED", [1e-3], index: nil, name: "smallest")],
        kind: .published))
    #expect(analysis.comparison.precision.map(\.kind) == ["INVOKE"])
    #expect(
      analysis.comparison.unaligned.map(\.words) == [
        ["FULLY_CONNECTED (largest)"], ["FULLY_CONNECTED (smallest)"],
      ])
  }

  @Test(arguments: [
    [ConfigurationKey.weights: "flash"], [.clock: "200000000"], [.runtime: "other"],
    [.origin: "published"], [.cores: "2"], [.board: "waveshare_rp2350_plus_16mb"],
    [.model: "other"],
  ]) func runsThatDifferOtherwiseAreNoPair(change: [ConfigurationKey: String]) throws {
    let analysis = try analyse([
      makeRun(onRP2350("m", "int8")), makeRun(onRP2350("m", "fp32", "sram", change)),
    ])
    #expect(analysis.comparison.precision.isEmpty)
  }

  @Test(arguments: [ConfigurationKey.flags, .kernels, .compiler, .xipCache, .flash])
  func statedBuildsMustAgree(key: ConfigurationKey) throws {
    func rows(_ a: String?, _ b: String?) throws -> Int {
      var left = onRP2350("m", "int8")
      var right = onRP2350("m", "fp32")
      left[key] = a
      right[key] = b
      return try analyse([makeRun(left), makeRun(right)]).comparison.precision.count
    }
    #expect(try rows("one", "other") == 0)
    #expect(try rows("one", "one") == 1)
    #expect(try rows("one", nil) == 1)
  }

  @Test func aWindowIsNoInference() throws {
    let analysis = try analyse([
      makeRun(onRP2350("m", "int8"), kind: .window), makeRun(onRP2350("m", "fp32")),
    ])
    #expect(analysis.comparison.precision.isEmpty)
  }

  @Test func aDoubtedLabelIsNotCompared() throws {
    let analysis = try analyse([
      makeRun(onRP2350("kws", "int8", "flash"), times: [6]),
      makeRun(onRP2350("kws", "fp32", "flash"), times: [0.5]),
    ])
    #expect(analysis.labels.checks.map(\.isContradicted) == [true])
    #expect(analysis.comparison.precision.isEmpty)
  }
}
