import Ingest
import Support
import Testing

@testable import Performance

/// Findings that repeat what a reader noticed: each fires once, for the runs noticed, and says where.
@Suite struct ObservedFindingsTests {
  struct Expected: Sendable {
    let kind: ObservationKind
    let id: String
    let severity: Severity
    let words: String

    init(_ kind: ObservationKind, _ id: String, _ severity: Severity, says words: String) {
      (self.kind, self.id, self.severity, self.words) = (kind, id, severity, words)
    }

    var rule: FindingRules.Entry? { FindingRules.all.first { $0.name == kind.rawValue } }
  }

  static let all: [Expected] = [
    .init(
      .sumContradictsTotal, "sum-contradicts-total", .error, says: "add up to something else"),
    .init(.staleTagSums, "stale-tag-sums", .warning, says: "not those of one inference"),
    .init(
      .cyclesContradictDuration, "cycles-contradict-duration", .warning,
      says: "not duration times clock"),
    .init(.clockContradiction, "clock-contradiction", .warning, says: "the clock of the name"),
    .init(.hostClock, "host-clock-differs", .warning, says: "differ by more than 1 %"),
    .init(.modelContradiction, "model-contradiction", .warning, says: "cannot be of the model"),
    .init(.failedRun, "failed-run", .error, says: "failed"),
    .init(.incompleteInference, "incomplete-inference", .warning, says: "cut off inside"),
    .init(
      .tickOverflow, "tick-overflow", .warning,
      says: "overflowed or runs backwards; the numbers it spoilt were not used"),
    .init(.blockDropped, "block-dropped", .warning, says: "blocks were cut off"),
    .init(.modelRecognised, "model-recognised", .note, says: "recognised by its operators"),
    .init(.unknownTick, "unknown-tick", .warning, says: "how long a tick is"),
    .init(.emulatedTicks, "emulated-ticks", .note, says: "counted instructions"),
    .init(.throughputInEnergyRun, "throughput-in-energy-run", .note, says: "energy run"),
    .init(.costsOnly, "costs-only", .note, says: "costs of a model"),
    .init(.zeroTicks, "zero-ticks", .error, says: "has no clock"),
    .init(.unfinishedEvent, "unfinished-event", .warning, says: "never ended"),
    .init(.windowRule, "window-rule", .warning, says: "rules of the benchmark"),
    .init(.percentageDurations, "percentage-durations", .note, says: "are percentages"),
    .init(
      .wholeRecordingEnergy, "energy-not-per-inference", .note, says: "of a whole recording"),
    .init(.timeAssumed, "time-assumed", .warning, says: "no line says so"),
    .init(.timeInWords, "time-in-words", .note, says: "from lines of words"),
    .init(.stagesApart, "stages-apart", .note, says: "times of other stages"),
    .init(.clockFromCycles, "clock-from-cycles", .note, says: "bound the clock"),
    .init(.keptApart, "results-kept-apart", .note, says: "kept apart"),
  ]

  @Test(arguments: all) func firesOnTheObservation(_ expected: Expected) throws {
    let rule = try #require(expected.rule)
    let seen = makeRun(
      onRP2350("m", "int8"),
      observed: [Observation(expected.kind, "Seen with its numbers.", line: 41)])
    let findings = rule.findings(try analyse([makeRun(onRP2350("n", "int8")), seen]))
    #expect(findings.count == 1)
    let finding = try #require(findings.first)
    #expect(finding.id == expected.id && finding.severity == expected.severity)
    #expect(finding.message.contains(expected.words))
    #expect(finding.evidence == ["made.txt:41: Seen with its numbers."])
    #expect(finding.runs == ["rp2350-m-int8-sram"])
    #expect(!finding.action.isEmpty)
  }

  @Test(arguments: all) func isSilentOnACleanRun(_ expected: Expected) throws {
    #expect(try #require(expected.rule).findings(cleanAnalysis()).isEmpty)
  }

  /// What readers notice is said, but for a duty cycle, which stands beside its number.
  @Test func everyObservationHasItsFinding() {
    let names = FindingRules.all.map(\.name)
    let silent = ObservationKind.allCases.filter { !names.contains($0.rawValue) }
    #expect(silent == [.dutyCycle])
    #expect(Set(Self.all.map(\.kind)) == Set(ObservationKind.allCases).subtracting(silent))
  }

  @Test func longEvidenceIsCutAndCounted() throws {
    let run = makeRun(
      onRP2350("m", "int8"),
      observed: (1...20).map { (n: Int) in
        Observation(.staleTagSums, "Number \(n).", line: n)
      })
    let finding = try #require(
      analyse([run]).findings.first { $0.id == ObservationKind.staleTagSums.rawValue })
    #expect(finding.evidence.count == 9)
    #expect(finding.evidence.last == "12 more of the kind.")
  }
}
