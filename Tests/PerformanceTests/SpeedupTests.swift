import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct SpeedupTests {
  private func published(
    _ configuration: [ConfigurationKey: String], _ seconds: Double
  ) -> Run {
    makeRun(configuration, times: [seconds], kind: .published, quantum: seconds / 1000)
  }

  @Test func theClaimedAndTheTrueDtypeAreBothShown() throws {
    let subject = makeRun(onRP2350("m", "fp32", "sram", [.dtypeClaimed: "int8"]), times: [0.02])
    let analysis = try analyse(
      [subject],
      against: [published(onNucleo("m", "int8"), 0.005), published(onNucleo("m", "fp32"), 0.01)])
    #expect(analysis.comparison.speedups.map(\.reference.dtype) == [.int8, .fp32])
    #expect(analysis.comparison.speedups.map(\.isLikeForLike) == [false, true])
    #expect(analysis.comparison.speedups[0].distinctions.contains("dtype"))
    #expect(analysis.comparison.speedups.map(\.ratio.value) == [4, 2])
  }

  @Test func anUnknownDtypeIsComparedWithAllAndLikeNone() throws {
    var configuration = onRP2350("m", "int8")
    configuration[.dtype] = nil
    let analysis = try analyse(
      [makeRun(configuration)],
      against: [published(onNucleo("m", "int8"), 0.005), published(onNucleo("m", "fp32"), 0.01)])
    #expect(analysis.comparison.speedups.count == 2)
    #expect(analysis.comparison.speedups.allSatisfy { !$0.isLikeForLike })
    #expect(
      analysis.comparison.speedups.allSatisfy { $0.distinctions.contains("dtype (not stated)") })
  }

  @Test func whoeverHasNoReferenceIsToldWhy() throws {
    var nameless = onRP2350("m", "int8")
    nameless[.model] = nil
    let analysis = try analyse(
      [
        makeRun(nameless), makeRun(onRP2350("other", "int8")), makeRun(onRP2350("m", "fp32")),
        makeRun(onRP2350("m", "int8"), times: nil), makeRun(onRP2350("m", "int8"), times: [0]),
      ], against: [published(onNucleo("m", "int8"), 0.005)])
    #expect(analysis.comparison.speedups.isEmpty)
    #expect(
      analysis.comparison.unpaired.map(\.reason) == [
        "the model is not known; name it with --set model=NAME",
        "the reference has no result for 'other'",
        "the reference has no result for 'm' in fp32",
        "the log holds no time of a whole inference", "one of the times is zero",
      ])
  }

  @Test func aBaselineTakesTheReferencesPlace() throws {
    let runs = [
      makeRun(onRP2350("m", "int8", "flash"), times: [0.02]),
      makeRun(onRP2350("m", "int8", "sram"), times: [0.01]),
    ]
    let options = AnalysisOptions(baseline: [Criterion(key: .weights, text: "sram")])
    let analysis = try analyse(
      runs, against: [published(onNucleo("m", "int8"), 0.005)], options: options)
    #expect(analysis.selection.runs.map(\.weights) == [.flash])
    #expect(analysis.selection.references.map(\.weights) == [.sram])
    #expect(analysis.comparison.speedups.map(\.ratio.value) == [2])
    #expect(analysis.comparison.speedups.allSatisfy { $0.isLikeForLike })
    // Both sides are still one board's runs.
    #expect(analysis.comparison.placement.count == 1)
    #expect(analysis.selection.referenceWords == "runs of the logs with weights=sram")
  }

  @Test func aBaselineInAnotherDtypeIsComparedToo() throws {
    let runs = [
      makeRun(onRP2350("m", "int8"), times: [0.01]), makeRun(onRP2350("m", "fp32"), times: [0.03]),
    ]
    let options = AnalysisOptions(baseline: [Criterion(key: .dtype, text: "fp32")])
    let analysis = try analyse(runs, options: options)
    #expect(analysis.comparison.speedups.count == 1)
    #expect(isClose(analysis.comparison.speedups.first?.ratio.value, 1.0 / 3))
  }

  @Test func emulatedAndMeasuredAreNeverDivided() throws {
    let emulated = makeRun(
      onRP2350("m", "int8", nil, [.origin: "emulated"]), times: [1e6], unit: .instructions)
    let analysis = try analyse([emulated], against: [published(onNucleo("m", "int8"), 0.005)])
    #expect(analysis.comparison.speedups.isEmpty)
    #expect(try #require(analysis.comparison.unpaired.first).reason.contains("no time"))

    let back = try analyse(
      [makeRun(onRP2350("m", "int8"))],
      against: [
        makeRun(
          onNucleo("m", "int8", [.origin: "emulated"]), times: [1e6], unit: .instructions)
      ])
    #expect(back.comparison.speedups.isEmpty)
    #expect(back.comparison.unpaired.count == 1)
  }

  @Test func instructionsAreDividedByInstructionsAndHaveNoClock() throws {
    let emulated: [ConfigurationKey: String] = [.model: "m", .dtype: "int8", .origin: "emulated"]
    let analysis = try analyse(
      [makeRun(emulated, times: [3e6], unit: .instructions)],
      against: [makeRun(emulated, times: [1e6], unit: .instructions, label: "other")])
    let row = try #require(analysis.comparison.speedups.first)
    #expect(row.ratio.basis == .instructions)
    #expect(row.ratio.value == 3)
    #expect(try #require(row.perCycle.reason).contains("clocks play no part"))
    #expect(analysis.comparison.attribution.isEmpty)
  }

  @Test func predictedAgainstMeasuredSaysSo() throws {
    let analysis = try analyse(
      [makeRun(onRP2350("m", "int8", "sram", [.origin: "predicted"]))],
      against: [published(onNucleo("m", "int8", [.origin: "published"]), 0.005)])
    let row = try #require(analysis.comparison.speedups.first)
    #expect(!row.isLikeForLike)
    #expect(row.distinctions.contains("origin"))
  }

  @Test func withoutAClockThereIsNoRatioPerCycle() throws {
    var configuration = onRP2350("m", "int8")
    configuration[.clock] = nil
    configuration[.board] = "a_board_nobody_described"
    let analysis = try analyse(
      [makeRun(configuration)], against: [published(onNucleo("m", "int8"), 0.005)])
    #expect(
      try #require(analysis.comparison.speedups.first?.perCycle.reason).contains("--set clock="))
    #expect(analysis.comparison.attribution.isEmpty)
  }

  @Test func aLabelThatTheTimeContradictsIsLikeNothing() throws {
    // KWS takes 60 ms in int8 and 0.32 s in fp32; half a second takes other kernels or flags.
    let analysis = try analyse(
      [makeRun(onRP2350("kws", "int8", "flash"), times: [0.5])],
      against: [published(onNucleo("kws", "int8"), 0.029)])
    #expect(analysis.labels.checks.map(\.isContradicted) == [true])
    #expect(analysis.comparison.speedups.map(\.isLikeForLike) == [false])
    #expect(analysis.labels.predictions.map(\.isOfFloat32) == [false])
    // No factor is one of dtype where the build may be it.
    let split = try #require(analysis.comparison.attribution.first)
    #expect(split.factors.map(\.name) == ["clock", "remainder"])
    #expect(split.factors[1].words == "dtype, kernels and build, which no pair separates")
  }

  @Test func float32ThatAloneExplainsTheTimeIsAFactor() throws {
    let build: [ConfigurationKey: String] = [
      .kernels: "cmsis-nn", .flags: "-O3", .flash: "quad/3", .xipCache: "on",
    ]
    let analysis = try analyse(
      [makeRun(onRP2350("kws", "int8", "flash", build), times: [0.32])],
      against: [published(onNucleo("kws", "int8"), 0.029)])
    #expect(analysis.labels.checks.map(\.isMislabelled) == [true])
    let split = try #require(analysis.comparison.attribution.first)
    #expect(split.factors.map(\.name) == ["clock", "dtype", "placement", "remainder"])
    #expect(split.factors[1].words.contains("what is called int8"))
  }

  @Test func aTimeThatFitsNoDtypeSaysSo() throws {
    let analysis = try analyse(
      [
        makeRun(
          onRP2350("kws", "int8", "flash", [.kernels: "cmsis-nn", .flags: "-O3"]), times: [6])
      ],
      against: [published(onNucleo("kws", "int8"), 0.029)])
    #expect(analysis.labels.checks.map(\.isContradicted) == [true])
    #expect(analysis.labels.checks.map(\.isMislabelled) == [false])
    #expect(analysis.comparison.speedups.map(\.isLikeForLike) == [false])
    // Nothing is predicted in place of a run of which nobody knows what is wrong.
    #expect(analysis.labels.predictions.isEmpty)
    let finding = try #require(
      analysis.findings.first { $0.id == "int8-label-contradicted-by-time" })
    #expect(finding.message.hasSuffix("and no known cause explains it alone."))
    #expect(finding.action.contains("clock"))
  }

  @Test func aLabelThatTheSizeContradictsIsLikeNothing() throws {
    let large = makeRun(
      onRP2350("sww", "int8", "sram", [.modelBytes: "190752"]), times: [0.0515])
    let analysis = try analyse([large], against: [published(onNucleo("sww", "int8"), 0.0117)])
    #expect(analysis.labels.checks.map(\.isContradicted) == [false])
    #expect(analysis.comparison.speedups.map(\.isLikeForLike) == [false])
    #expect(analysis.labels.predictions.map(\.model) == ["sww"])
    let small = makeRun(
      onRP2350("sww", "int8", "sram", [.modelBytes: "74520"]), times: [0.0169])
    let sound = try analyse([small], against: [published(onNucleo("sww", "int8"), 0.0117)])
    #expect(sound.comparison.speedups.map(\.isLikeForLike) == [true])
    #expect(sound.labels.predictions.isEmpty)
  }

  @Test func twoCoresAreADifference() throws {
    let analysis = try analyse(
      [makeRun(onRP2350("m", "int8", "sram", [.cores: "2"]))],
      against: [published(onNucleo("m", "int8"), 0.005)])
    #expect(analysis.comparison.speedups.first?.distinctions.contains("cores") == true)
  }

  @Test func noReferencesNoSpeedups() throws {
    let analysis = try analyse([makeRun(onRP2350("m", "int8"))])
    #expect(analysis.comparison.speedups.isEmpty)
    #expect(analysis.comparison.unpaired.count == 1)
    #expect(analysis.selection.referenceWords == "made references")
  }
}
