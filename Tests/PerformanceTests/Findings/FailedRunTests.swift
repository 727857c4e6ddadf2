import Ingest
import Testing

@testable import Performance

@Suite struct FailedRunTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      FailedRun.self, .failedRun, id: "failed-run", severity: .error, says: "failed")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(FailedRun.findings(in: try cleanAnalysis()).isEmpty)
  }
}
