import Ingest
import Testing

@testable import Performance

@Suite struct ZeroTicksTests {
  @Test func firesOnTheObservation() throws {
    let run = makeRun(
      onRP2350("m", "int8"), observed: [Observation(.zeroTicks, "Something was noticed.", line: 7)])
    let finding = try #require(ZeroTicks.findings(in: try analyse([run])).first)
    #expect(finding.id == ObservationKind.zeroTicks.rawValue)
    #expect(finding.severity == .error)
    #expect(finding.evidence == ["made.txt:7: Something was noticed."])
    #expect(finding.runs.count == 1)
  }

  @Test func isSilentWithoutIt() throws {
    #expect(ZeroTicks.findings(in: try analyse([makeRun(onRP2350("m", "int8"))])).isEmpty)
  }
}
