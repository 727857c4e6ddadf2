import Ingest
import Testing

@testable import Performance

@Suite struct FindingRulesTests {
  @Test func aCleanAnalysisHasNoFindings() throws {
    #expect(try cleanAnalysis().findings.isEmpty)
  }

  @Test func everyRuleIsAsked() {
    let names = FindingRules.all.map { "\($0)" }
    #expect(Set(names).count == names.count)
    #expect(names.count == 33)
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

  @Test func longEvidenceIsCutAndCounted() throws {
    let run = makeRun(
      onRP2350("m", "int8"),
      observed: (1...20).map { (n: Int) in
        Observation(.staleTagSums, "Number \(n).", line: n)
      })
    let finding = try #require(StaleTagSums.findings(in: try analyse([run])).first)
    #expect(finding.evidence.count == 9)
    #expect(finding.evidence.last == "12 more of the kind.")
  }
}
