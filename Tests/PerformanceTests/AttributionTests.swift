import Core
import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct AttributionTests {
  private func published(
    _ configuration: [ConfigurationKey: String], _ seconds: Double
  ) -> Run {
    makeRun(configuration, times: [seconds], kind: .published, quantum: seconds / 1000)
  }

  private func split(_ runs: [Run], _ references: [Run]) throws -> Attribution {
    let analysis = try analyse(runs, against: references)
    let first = try #require(analysis.comparison.attribution.first)
    for split in analysis.comparison.attribution {
      let product = split.factors.reduce(1) { $0 * $1.ratio }
      #expect(abs(product / split.total - 1) < 1e-12)
    }
    return first
  }

  @Test func withoutAnyPairOnlyTheClockIsSplitOff() throws {
    let split = try split(
      [makeRun(onRP2350("m", "fp32", "flash", [.dtypeClaimed: "int8"]), times: [0.1])],
      [published(onNucleo("m", "int8"), 0.01)])
    #expect(split.factors.map(\.name) == ["clock", "remainder"])
    #expect(isClose(split.factors[0].ratio, 160.0 / 150))
    #expect(isClose(split.factors[1].ratio, 10 * 150.0 / 160))
    #expect(split.factors[1].confoundedBy.contains("dtype"))
    #expect(split.factors[0].isExact && !split.factors[1].isExact)
  }

  @Test func theSameDtypeLeavesTheKernels() throws {
    let split = try split(
      [makeRun(onRP2350("m", "int8", "sram"), times: [0.02])],
      [published(onNucleo("m", "int8"), 0.01)])
    #expect(split.factors.map(\.name) == ["clock", "remainder"])
    // A run is measured unless it says otherwise, so the origins are alike here.
    #expect(split.factors[1].confoundedBy == ["weights (not stated)"])
  }

  @Test func placementNeedsATwinThatDiffersInNothingElse() throws {
    let slow = makeRun(onRP2350("m", "int8", "flash"), times: [0.04])
    let reference = published(onNucleo("m", "int8"), 0.01)
    let twin = makeRun(onRP2350("m", "int8", "sram"), times: [0.02])
    let with = try split([slow, twin], [reference])
    #expect(with.factors.map(\.name) == ["clock", "placement", "remainder"])
    #expect(isClose(with.factors[1].ratio, 2))
    #expect(with.factors[1].confoundedBy.isEmpty)
    for change in [
      [ConfigurationKey.clock: "200000000"], [.flags: "-Os"], [.dtype: "fp32"], [.model: "n"],
    ] {
      let other = makeRun(onRP2350("m", "int8", "sram", change), times: [0.02])
      var stated = slow
      stated.configuration.offer(.flags, "-O3", .log)
      #expect(
        try split([stated, other], [reference]).factors.map(\.name) == ["clock", "remainder"])
    }
  }

  @Test func ofSeveralTwinsTheNearestIsTaken() throws {
    let slow = makeRun(onRP2350("m", "int8", "flash", [.weightsSource: "real"]), times: [0.04])
    let near = makeRun(onRP2350("m", "int8", "sram"), times: [0.02])
    let far = makeRun(onRP2350("m", "int8", "sram", [.weightsSource: "twin"]), times: [0.01])
    let reference = published(onNucleo("m", "int8"), 0.01)
    for runs in [[slow, near, far], [far, near, slow]] {
      let analysis = try analyse(runs, against: [reference])
      let split = try #require(
        analysis.comparison.attribution.first {
          analysis.selection.runs.map(\.id).contains($0.subject) && isClose($0.total, 4)
        })
      #expect(isClose(split.factors[1].ratio, 2))
    }
  }

  @Test func confoundersOfTheDtypePairAreListed() throws {
    let split = try split(
      [makeRun(onRP2350("m", "fp32", "sram", [.dtypeClaimed: "int8"]), times: [0.08])],
      [
        published(onNucleo("m", "int8", [.citation: "st"]), 0.01),
        published(onNucleo("m", "fp32", [.citation: "author", .runtime: "studio"]), 0.04),
      ])
    #expect(split.factors.map(\.name) == ["clock", "dtype", "remainder"])
    #expect(isClose(split.factors[1].ratio, 4))
    #expect(split.factors[1].confoundedBy == ["runtime", "author", "weights (not stated)"])
  }

  @Test func aPredictionFillsTheGapAndSaysSo() throws {
    let split = try split(
      [
        makeRun(
          onRP2350("ad", "fp32", "flash", [.dtypeClaimed: "int8"]), times: [0.05895],
          kind: .published, quantum: 1e-5)
      ], [published(onNucleo("ad", "int8"), 0.0032)])
    #expect(split.factors.map(\.name) == ["clock", "dtype", "placement", "remainder"])
    #expect(split.factors[1].origin == .predicted)
    #expect(split.factors[1].confoundedBy == ["no board was used"])
    #expect(split.factors[1].words.contains("fp32 to int8 from flash"))
    #expect(split.factors[2].words.contains("int8 weights from flash to SRAM"))
    #expect(split.factors[3].origin == .predicted)
  }

  @Test func aDoubtedDtypeWithoutAPredictionSaysSo() throws {
    // A reference in fp32: what true int8 would take says nothing of it.
    let options = AnalysisOptions(baseline: [Criterion(key: .board, text: "nucleo_u575zi_q")])
    let analysis = try analyse(
      [
        makeRun(onRP2350("kws", "int8", "flash"), times: [6]),
        published(onNucleo("kws", "fp32"), 0.03),
      ], options: options)
    let split = try #require(analysis.comparison.attribution.first)
    #expect(split.factors.map(\.name) == ["clock", "remainder"])
    #expect(split.factors[1].confoundedBy.first == "dtype (the label is in doubt)")
  }

  @Test func noClockNoAttribution() throws {
    var configuration = onNucleo("m", "int8")
    configuration[.clock] = nil
    configuration[.board] = "a_board_nobody_described"
    let analysis = try analyse(
      [makeRun(onRP2350("m", "int8"))], against: [published(configuration, 0.01)])
    #expect(analysis.comparison.speedups.count == 1)
    #expect(analysis.comparison.attribution.isEmpty)
  }

  @Test func theLastFactorIsNamedByWhatAloneDiffers() throws {
    func last(_ change: [ConfigurationKey: String]) throws -> AttributionFactor {
      let base: [ConfigurationKey: String] = [
        .kernels: "cmsis-nn", .flags: "-O3", .flash: "quad/3", .xipCache: "on",
      ]
      let split = try split(
        [makeRun(onRP2350("m", "int8", "sram", base.merging(change) { $1 }), times: [0.02])],
        [makeRun(onRP2350("m", "int8", "sram", base), times: [0.01])])
      return try #require(split.factors.last)
    }
    #expect(try last([:]).name == "remainder")
    #expect(try last([.kernels: "reference"]).name == "kernels")
    #expect(try last([.flags: "-Os"]).words == "flags -Os to -O3, both int8")
    #expect(try last([.flash: "serial/3", .xipCache: "off"]).name == "flash mode")
    let two = try last([.kernels: "reference", .flags: "-O0"])
    #expect(two.name == "remainder" && two.confoundedBy == ["kernels", "flags"])
  }
}
