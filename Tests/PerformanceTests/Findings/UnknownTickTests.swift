import Ingest
import Testing

@testable import Performance

@Suite struct UnknownTickTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      UnknownTick.self, .unknownTick, id: "unknown-tick", severity: .warning,
      says: "how long a tick is")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(UnknownTick.findings(in: try cleanAnalysis()).isEmpty)
  }
}
