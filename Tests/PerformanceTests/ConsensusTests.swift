import Ingest
import Quantiles
import Testing

@testable import Performance

@Suite struct ConsensusTests {
  @Test(
    arguments: [
      ([10], 1, [], false), ([10, 20], 2, [], false), ([10, 21], 1, [21], true),
      ([10, 11, 100], 2, [100], false), ([100, 10, 10, 100], 2, [100], true),
      ([4, 10, 11, 12, 100], 3, [4, 100], false), ([1, 10, 100], 1, [10, 100], true),
    ] as [([Double], UInt64, [Double], Bool)])
  func groups(_ values: [Double], _ agreeing: UInt64, _ outliers: [Double], _ isOpen: Bool) throws {
    let consensus = try #require(Consensus(Samples(values)))
    #expect(consensus.agreeing == agreeing)
    #expect(consensus.isOpen == isOpen)
    #expect(consensus.outliers.map(\.value) == outliers)
  }

  @Test func twoFarApartHaveNoMedian() throws {
    let run = makeRun(
      onRP2350("m", "int8"), times: [902_400, 41_090], unit: .cycles, kind: .operatorSum,
      operators: [makeOperator("CONV_2D", [902_000, 41_000])])
    let one = try analysed(run)
    let reason =
      "2 inferences of 41,090 cycles and 902,400 cycles are 22.0 times apart, so there is no median"
    #expect(one.seconds.reason == reason)
    #expect(one.cycles.reason == reason)
    #expect(one.operators[0].seconds.reason == reason)
    let finding = try #require(InferencesDisagree.findings(in: try analyse([run])).first)
    #expect(finding.id == "inferences-disagree" && finding.severity == .warning)
    #expect(finding.evidence == ["made.txt:1, rp2350-m-int8-sram: \(reason)."])
  }

  @Test func publishedFiguresAreNotMeasuredAgainst() throws {
    let run = makeRun(onRP2350("m", "int8"), times: [1, 5], kind: .published)
    #expect(try analysed(run).openReason == nil)
  }

  @Test func aSlowFirstIsAnOutlier() throws {
    let run = makeRun(onRP2350("m", "int8"), times: [0.05, 0.01, 0.0101, 0.0102])
    let one = try analysed(run)
    #expect(one.seconds.value?.count == 4)
    let analysis = try analyse([run])
    #expect(InferencesDisagree.findings(in: analysis).isEmpty)
    let finding = try #require(OutlierInferences.findings(in: analysis).first)
    #expect(finding.severity == .note && finding.runs == ["rp2350-m-int8-sram"])
    #expect(finding.evidence[0].contains("1 of 4, 50 ms"))
  }

  @Test func withinTwofoldNothingIsSaid() throws {
    let analysis = try analyse([makeRun(onRP2350("m", "int8"), times: [0.01, 0.02, 0.015])])
    #expect(OutlierInferences.findings(in: analysis).isEmpty)
    #expect(InferencesDisagree.findings(in: analysis).isEmpty)
  }
}
