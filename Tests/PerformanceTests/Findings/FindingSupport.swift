import Ingest
import Support
import Testing

@testable import Performance

/// A run with nothing to find, against a reference of its kind.
func cleanAnalysis() throws -> Analysis {
  try analyse(
    [makeRun(onRP2350("m", "int8"), times: scattered(0.01))],
    against: [makeRun(onNucleo("m", "int8"), times: scattered(0.005))])
}

/// Checks a rule that repeats what a reader noticed: it fires once, for the runs noticed, and says
/// where.
func expectObservation(
  _ rule: any FindingRule.Type, _ kind: ObservationKind, id: String, severity: Severity,
  says words: String, at place: SourceLocation = #_sourceLocation
) throws {
  let seen = makeRun(
    onRP2350("m", "int8"), observed: [Observation(kind, "Seen with its numbers.", line: 41)])
  let other = makeRun(onRP2350("n", "int8"))
  let findings = rule.findings(in: try analyse([other, seen]))
  #expect(findings.count == 1, sourceLocation: place)
  let finding = try #require(findings.first, sourceLocation: place)
  #expect(finding.id == id, sourceLocation: place)
  #expect(finding.severity == severity, sourceLocation: place)
  #expect(finding.message.contains(words), sourceLocation: place)
  #expect(finding.evidence == ["made.txt:41: Seen with its numbers."], sourceLocation: place)
  #expect(finding.runs == ["rp2350-m-int8-sram"], sourceLocation: place)
  #expect(!finding.action.isEmpty, sourceLocation: place)
}
