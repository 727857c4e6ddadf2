import Ingest
import Support

/// Something the numbers say that a reader must know, with its evidence and what to do.
public struct Finding: Sendable, Equatable, Encodable {
  /// Stable kebab-case name.
  public var id: String
  /// How much it matters.
  public var severity: Severity
  /// One sentence.
  public var message: String
  /// Sentences with the numbers behind it.
  public var evidence: [String]
  /// What to do.
  public var action: String
  /// Ids of the runs it is about.
  public var runs: [String]

  /// A finding.
  public init(
    id: String, severity: Severity, message: String, evidence: [String], action: String,
    runs: [String]
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.evidence = evidence
    self.action = action
    self.runs = runs
  }
}

/// A rule that looks for one kind of finding; one file each.
protocol FindingRule: SendableMetatype {
  /// The findings, in a fixed order.
  static func findings(in analysis: Analysis) -> [Finding]
}

/// All rules, the most important first.
enum FindingRules {
  static let all: [any FindingRule.Type] = [
    LabelContradictedByTime.self, LabelContradictedBySize.self, UnlikeRunsCompared.self,
    OutputsDiffer.self, FlashSlowsInference.self, Int8SlowerThanFP32.self,
    TableBeatsArithmetic.self,
    Int8TakesMoreInstructions.self,
    MeasuredAboveDataSheet.self, AboveRoof.self,
    ReferenceNotTimed.self, SumContradictsTotal.self, StaleTagSums.self, ClockContradictsTicks.self,
    FailedRun.self, InferencesDisagree.self, IncompleteInference.self, TickOverflow.self,
    BlockDropped.self, ModelRecognised.self, MissingProvenance.self, UnknownTick.self,
    EmulatedTicks.self, TooFewSamples.self, EnergyRunThroughput.self, CostsOnly.self,
    ZeroTicks.self, UnfinishedEvents.self, WindowRules.self, PercentageDurations.self,
    WholeRecordingEnergy.self, ResultsKeptApart.self, OutlierInferences.self,
  ]
}
