import Ingest
import Testing

@testable import Performance

@Suite struct FindingRulesTests {
  @Test func aCleanAnalysisHasNoFindings() throws {
    #expect(try cleanAnalysis().findings.isEmpty)
  }

  @Test func everyRuleIsAsked() {
    let names = FindingRules.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count == 35)
  }

  @Test func theMostSevereComeFirst() throws {
    let kinds: [ObservationKind] = [.costsOnly, .staleTagSums, .emulatedTicks]
    let run = makeRun(onRP2350("m", "int8"), observed: kinds.map { Observation($0, "Seen.") })
    let failed = makeRun(
      onRP2350("m", "int8"), observed: [Observation(.failedRun, "Seen.")])
    let findings = try analyse([run, failed]).findings
    #expect(
      findings.map(\.id) == [
        "failed-run", "stale-tag-sums", "emulated-ticks", "too-few-samples", "costs-only",
      ])
  }
}
