import Ingest
import Testing

@testable import Performance

@Suite struct StaleTagSumsTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      StaleTagSums.self, .staleTagSums, id: "stale-tag-sums", severity: .warning,
      says: "not those of one inference")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(StaleTagSums.findings(in: try cleanAnalysis()).isEmpty)
  }
}
