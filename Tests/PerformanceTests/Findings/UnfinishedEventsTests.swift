import Ingest
import Testing

@testable import Performance

@Suite struct UnfinishedEventsTests {
  @Test func firesOnTheObservation() throws {
    let run = makeRun(
      onRP2350("m", "int8"),
      observed: [Observation(.unfinishedEvent, "Something was noticed.", line: 7)])
    let finding = try #require(UnfinishedEvents.findings(in: try analyse([run])).first)
    #expect(finding.id == ObservationKind.unfinishedEvent.rawValue)
    #expect(finding.severity == .warning)
    #expect(finding.evidence == ["made.txt:7: Something was noticed."])
    #expect(finding.runs.count == 1)
  }

  @Test func isSilentWithoutIt() throws {
    #expect(UnfinishedEvents.findings(in: try analyse([makeRun(onRP2350("m", "int8"))])).isEmpty)
  }
}
