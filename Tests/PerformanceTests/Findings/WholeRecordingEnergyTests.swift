import Ingest
import Testing

@testable import Performance

@Suite struct WholeRecordingEnergyTests {
  @Test func firesOnTheObservation() throws {
    let run = makeRun(
      onRP2350("m", "int8"),
      observed: [Observation(.wholeRecordingEnergy, "Something was noticed.", line: 7)])
    let finding = try #require(WholeRecordingEnergy.findings(in: try analyse([run])).first)
    #expect(finding.id == ObservationKind.wholeRecordingEnergy.rawValue)
    #expect(finding.severity == .note)
    #expect(finding.evidence == ["made.txt:7: Something was noticed."])
    #expect(finding.runs.count == 1)
  }

  @Test func isSilentWithoutIt() throws {
    #expect(
      WholeRecordingEnergy.findings(in: try analyse([makeRun(onRP2350("m", "int8"))])).isEmpty)
  }
}
