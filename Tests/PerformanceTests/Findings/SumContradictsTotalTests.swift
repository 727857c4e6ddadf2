import Ingest
import Testing

@testable import Performance

@Suite struct SumContradictsTotalTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      SumContradictsTotal.self, .sumContradictsTotal, id: "sum-contradicts-total", severity: .error,
      says: "add up to something else")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(SumContradictsTotal.findings(in: try cleanAnalysis()).isEmpty)
  }
}
