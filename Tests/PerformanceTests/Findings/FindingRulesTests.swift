import Foundation
import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct FindingRulesTests {
  @Test func aCleanAnalysisHasNoFindings() throws {
    #expect(try cleanAnalysis().findings.isEmpty)
  }

  /// What CONTRIBUTING says of a new finding that is computed: a file, and one entry.
  @Test func everyRuleIsAsked() throws {
    let names = FindingRules.all.map(\.name)
    #expect(Set(names).count == names.count)
    let folder = Checkout.root.appendingPathComponent("Sources/Performance/Findings")
    var rules: [String] = []
    for file in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    {
      let text = try String(contentsOf: file, encoding: .utf8)
      rules += text.matches(of: /enum (\w+): FindingRule\b/).map { String($0.1) }
    }
    #expect(rules.count > 10 && Set(rules).isSubset(of: names))
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
