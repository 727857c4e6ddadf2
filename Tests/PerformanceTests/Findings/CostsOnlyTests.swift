import Ingest
import Testing

@testable import Performance

@Suite struct CostsOnlyTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      CostsOnly.self, .costsOnly, id: "costs-only", severity: .note, says: "costs of a model")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(CostsOnly.findings(in: try cleanAnalysis()).isEmpty)
  }
}
