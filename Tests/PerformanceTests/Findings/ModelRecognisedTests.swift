import Ingest
import Testing

@testable import Performance

@Suite struct ModelRecognisedTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      ModelRecognised.self, .modelRecognised, id: "model-recognised", severity: .note,
      says: "recognised by its operators")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(ModelRecognised.findings(in: try cleanAnalysis()).isEmpty)
  }
}
