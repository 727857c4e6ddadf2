import Ingest
import Testing

@testable import Performance

@Suite struct EmulatedTicksTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      EmulatedTicks.self, .emulatedTicks, id: "emulated-ticks", severity: .note,
      says: "counted instructions")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(EmulatedTicks.findings(in: try cleanAnalysis()).isEmpty)
  }
}
