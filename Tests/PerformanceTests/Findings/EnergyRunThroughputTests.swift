import Ingest
import Testing

@testable import Performance

@Suite struct EnergyRunThroughputTests {
  @Test func firesOnTheObservation() throws {
    try expectObservation(
      EnergyRunThroughput.self, .throughputInEnergyRun, id: "throughput-in-energy-run",
      severity: .note, says: "energy run")
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(EnergyRunThroughput.findings(in: try cleanAnalysis()).isEmpty)
  }
}
