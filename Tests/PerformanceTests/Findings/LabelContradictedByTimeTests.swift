import Ingest
import Testing

@testable import Performance

@Suite struct LabelContradictedByTimeTests {
  private func found(_ seconds: [Double]) throws -> [Finding] {
    LabelContradictedByTime.findings(
      in: try analyse(seconds.map { makeRun(onRP2350("kws", "int8", "flash"), times: [$0]) }))
  }

  @Test func firesOnATimeThatInt8CannotNeed() throws {
    let finding = try #require(try found([6]).first)
    #expect(finding.id == "int8-label-contradicted-by-time")
    #expect(finding.severity == .warning)
    #expect(finding.message.hasPrefix("KWS is labelled int8"))
    #expect(finding.runs == ["rp2350-kws-int8-flash"])
    #expect(try #require(finding.evidence.first).contains("took 6000 ms, but"))
  }

  @Test func namesAModelOnce() throws {
    let finding = try #require(try found([6, 7, 0.06]).first)
    #expect(finding.message.hasPrefix("KWS is labelled int8"))
    #expect(finding.runs.count == 2)
    #expect(finding.evidence.contains { $0.contains("The same test passes KWS: 60 ms is") })
    #expect(try #require(finding.evidence.last).contains("-O3"))
  }

  @Test func isSilentOnATrueLabel() throws {
    #expect(try found([0.06]).isEmpty)
    #expect(try found([]).isEmpty)
  }
}
