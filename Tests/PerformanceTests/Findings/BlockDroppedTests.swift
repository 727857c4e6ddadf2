import Ingest
import Testing

@testable import Performance

@Suite struct BlockDroppedTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      BlockDropped.self, .blockDropped, id: "block-dropped", severity: .warning,
      says: "blocks were cut off")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(BlockDropped.findings(in: try cleanAnalysis()).isEmpty)
  }
}
