import Ingest
import Testing

@testable import Performance

@Suite struct ClockContradictsTicksTests {
  @Test(arguments: [
    (ObservationKind.cyclesContradictDuration, "not duration times clock"),
    (.clockContradiction, "the clock of the name"), (.modelContradiction, "cannot be of the model"),
  ]) func firesOnEachObservation(kind: ObservationKind, words: String) throws {
    try expectObservation(
      ClockContradictsTicks.self, kind, id: kind.rawValue, severity: .warning, says: words)
  }

  @Test func isSilentOnACleanRun() throws {
    #expect(ClockContradictsTicks.findings(in: try cleanAnalysis()).isEmpty)
  }
}
