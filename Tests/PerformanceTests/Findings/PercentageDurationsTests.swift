import Ingest
import Testing

@testable import Performance

@Suite struct PercentageDurationsTests {
  @Test func firesOnTheObservation() throws {
    let run = makeRun(
      onRP2350("m", "int8"),
      observed: [Observation(.percentageDurations, "Something was noticed.", line: 7)])
    let finding = try #require(PercentageDurations.findings(in: try analyse([run])).first)
    #expect(finding.id == ObservationKind.percentageDurations.rawValue)
    #expect(finding.severity == .note)
    #expect(finding.evidence == ["made.txt:7: Something was noticed."])
    #expect(finding.runs.count == 1)
  }

  @Test func isSilentWithoutIt() throws {
    #expect(PercentageDurations.findings(in: try analyse([makeRun(onRP2350("m", "int8"))])).isEmpty)
  }
}
