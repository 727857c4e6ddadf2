import Core
import Ingest
import Support
import TestSupport
import Testing

@testable import Performance

/// The figures of `analyze logs/*.txt`.
@Suite struct DefaultAnalysisTests {
  struct Gap: Sendable {
    var model: String
    var subjectDtype: String
    var referenceDtype: String
    var ratio: String
    var perCycle: String
    var isLikeForLike: Bool
  }

  static let gaps = [
    Gap("ad", "fp32", "int8", "18.37", "17.22", false),
    Gap("ic", "fp32", "int8", "15.62", "14.64", false),
    Gap("kws", "int8", "int8", "2.08", "1.95", true),
    Gap("sww", "fp32", "int8", "16.51", "15.47", false),
    Gap("vww", "fp32", "int8", "23.20", "21.75", false),
    Gap("proprietary", "fp32", "fp32", "1.05", "0.984", true),
    Gap("proprietary", "int8", "int8", "4.67", "4.38", true),
  ]

  @Test(arguments: gaps) func speedupsArePublished(gap: Gap) throws {
    let analysis = try Examples.analysis()
    let rows = analysis.comparison.speedups.filter {
      $0.model == gap.model && $0.subject.dtype?.description == gap.subjectDtype
        && $0.reference.dtype?.description == gap.referenceDtype
    }
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(Format.ratio(row.ratio.value) == gap.ratio)
    let perCycle = try #require(row.perCycle.value)
    #expect(Format.ratio(perCycle) == gap.perCycle)
    #expect(row.isLikeForLike == gap.isLikeForLike)
    #expect(row.ratio.basis == .time)
    let interval = try #require(row.ratio.interval.value)
    #expect(interval.contains(row.ratio.value) && interval.low < interval.high)
  }

  @Test func swwFP32FromSRAMIsLikeForLike() throws {
    let analysis = try Examples.analysis()
    let row = try #require(
      analysis.comparison.speedups.first { $0.model == "sww" && $0.subject.weights == .sram })
    #expect(row.reference.dtype == .fp32)
    #expect(Format.ratio(row.ratio.value) == "1.08")
    #expect(Format.number(try #require(row.perCycle.value), digits: 4) == "1.011")
    #expect(row.isLikeForLike)
  }

  @Test func unlikeAreExactlyTheMislabelledAgainstInt8() throws {
    let analysis = try Examples.analysis()
    let unlike = analysis.comparison.speedups.filter {
      !$0.isLikeForLike && $0.reference.dtype == .int8
    }
    #expect(unlike.map(\.model) == ["ad", "ic", "sww", "vww"])
    #expect(unlike.allSatisfy { $0.subject.dtypeClaimed == .int8 && $0.subject.dtype == .fp32 })
    #expect(analysis.comparison.unpaired.isEmpty)
    // Each run was compared, in MLPerf's order, the others behind.
    #expect(Set(analysis.comparison.speedups.map(\.subject.id)).count == 8)
    let ranks = analysis.comparison.speedups.map { ModelOrder.rank($0.model) }
    #expect(ranks == ranks.sorted())
  }

  @Test func operatorsInInt8AndFP32() throws {
    let analysis = try Examples.analysis()
    func ratio(_ rows: [PrecisionRatio], _ kind: String) throws -> Double {
      try #require(rows.first { $0.model == "proprietary" && $0.kind == kind }).ratio.value
    }
    let tanh = try ratio(analysis.comparison.precision, "TANH")
    #expect(Format.ratio(tanh) == "6.03")
    let tanhNucleo = try ratio(analysis.comparison.referencePrecision, "TANH")
    #expect(Format.number(1 / tanhNucleo, digits: 3) == "13.3")
    let connected = try ratio(analysis.comparison.precision, "FULLY_CONNECTED")
    #expect(Format.ratio(connected) == "0.669")
    let connectedNucleo = try ratio(analysis.comparison.referencePrecision, "FULLY_CONNECTED")
    #expect(Format.ratio(connectedNucleo) == "0.362")
    #expect(analysis.comparison.unaligned.isEmpty)
  }

  @Test func flashAgainstSRAM() throws {
    let analysis = try Examples.analysis()
    #expect(analysis.comparison.placement.count == 1)
    let row = try #require(analysis.comparison.placement.first)
    #expect((row.model, row.dtype) == ("sww", .fp32))
    #expect(Format.ratio(row.ratio.value) == "3.73")
    let traffic = try #require(row.traffic.value)
    #expect(traffic.leastBytes == 184_160)
    #expect(traffic.mostBytes == 4 * 826_368)
    #expect(isClose(traffic.roof, 25e6))
    #expect(isClose(traffic.extraSeconds, 0.19241 - 0.051542))
    #expect(isClose(traffic.bandwidth.lowerBound, 184_160 / 0.140868, within: 1e-9))
  }

  @Test func theGapOfSWWSplits() throws {
    let analysis = try Examples.analysis()
    let split = try #require(
      analysis.comparison.attribution.first { row in
        row.model == "sww"
          && analysis.comparison.speedups.contains {
            $0.subject.id == row.subject && $0.reference.id == row.reference
              && $0.reference.dtype == .int8
          }
      })
    #expect(split.factors.map(\.name) == ["clock", "placement", "dtype", "remainder"])
    #expect(
      split.factors.map { Format.factor($0.ratio, isExact: $0.isExact) }
        == ["1.0667", "3.733", "4.101", "1.011"])
    #expect(Format.ratio(split.total) == "16.51")
    let dtype = split.factors[2]
    #expect(
      Set(dtype.confoundedBy)
        == ["author", "what is timed", "runtime", "weights (not stated)"])
    #expect(split.factors[0].confoundedBy.isEmpty)
    #expect(split.factors[1].confoundedBy.isEmpty)
  }

  @Test func factorsMultiplyToTheGap() throws {
    let analysis = try Examples.analysis()
    #expect(analysis.comparison.attribution.count == analysis.comparison.speedups.count)
    for split in analysis.comparison.attribution {
      let product = split.factors.reduce(1) { $0 * $1.ratio }
      #expect(abs(product / split.total - 1) < 1e-12, "\(split.subject)")
    }
  }

  @Test(arguments: ["int8-label-contradicted-by-time", "int8-label-contradicted-by-size"])
  func labelsOfFourAreContradicted(id: String) throws {
    let analysis = try Examples.analysis()
    let findings = analysis.findings.filter { $0.id == id }
    #expect(findings.count == 1)
    let runs = try #require(findings.first).runs
    let models = runs.map { run in analysis.selection.runs.first { $0.id == run }?.model }
    #expect(models == ["ad", "ic", "sww", "vww"])
  }

  @Test func sizesOfTheLabelChecks() throws {
    let checks = try Examples.analysis().labels.checks
    #expect(checks.map(\.model) == ["ad", "ic", "kws", "sww", "vww"])
    #expect(checks.map(\.isContradicted) == [true, true, false, true, true])
    // Four fit float32, which their files show too, made again; KWS needs no cause.
    let fits = checks.map { $0.possible.contains { $0.kind == .float32 } }
    #expect(fits == [true, true, false, true, true])
    #expect(checks.map(\.float32) == [.remade, .remade, nil, .remade, .remade])
  }

  @Test func predictionsAreThoseOfTheMachineModel() throws {
    let analysis = try Examples.analysis()
    let expected: [String: (flash: Double, sram: Double)] = [
      "ad": (30.1, 4.42), "ic": (342, 226), "sww": (21.3, 16.8), "vww": (206, 186),
    ]
    #expect(Set(analysis.labels.predictions.map(\.model)) == Set(expected.keys))
    for prediction in analysis.labels.predictions {
      let milliseconds = try #require(expected[prediction.model])
      #expect(
        abs(prediction.sram.seconds * 1e3 / milliseconds.sram - 1) < 0.01, "\(prediction.model)")
      #expect(
        abs(prediction.flash.seconds * 1e3 / milliseconds.flash - 1) < 0.01, "\(prediction.model)")
      for placed in [prediction.flash, prediction.sram] {
        let interval = try #require(placed.interval.value)
        #expect(interval.contains(placed.seconds))
        let ratio = try #require(placed.ratio)
        #expect(placed.ratioInterval.value?.contains(ratio) == true)
        #expect(isClose(placed.perCycle, ratio * 150 / 160))
      }
      #expect(prediction.flash.seconds > prediction.sram.seconds)
      #expect(!prediction.caveats.isEmpty)
    }
  }

  @Test func findingsOfTheExamples() throws {
    let findings = try Examples.analysis().findings
    #expect(
      findings.map(\.id) == [
        "int8-label-contradicted-by-time", "int8-label-contradicted-by-size",
        "unlike-runs-compared", "int8-slower-than-fp32", "int8-slower-than-fp32",
        "flash-slows-inference", "duty-cycle-not-invoke",
      ])
    #expect(findings.map(\.severity) == findings.map(\.severity).sorted(by: >))
  }
}

extension DefaultAnalysisTests.Gap {
  init(
    _ model: String, _ subject: String, _ reference: String, _ ratio: String, _ perCycle: String,
    _ like: Bool
  ) {
    self.init(
      model: model, subjectDtype: subject, referenceDtype: reference, ratio: ratio,
      perCycle: perCycle, isLikeForLike: like)
  }
}
