import Ingest
import MachineModel

/// How an analysis is to be made.
public struct AnalysisOptions: Sendable, Equatable {
  /// Confidence of intervals, between 0 and 1.
  public var confidence: Double
  /// Seed of every resampling.
  public var seed: UInt64
  /// Clock in Hz to which times are also normalised; nil for none.
  public var referenceClockHz: Double?
  /// Only runs that match all of these are analysed; of references, all that name model or dtype.
  public var filter: [Criterion]
  /// Runs of the logs that serve as the reference instead of the bundled results; empty for those.
  public var baseline: [Criterion]

  /// What to predict; empty for both dtypes from both places.
  public var scenarios: [Scenario]

  /// Defaults: 95 %, seed 1, everything, bundled reference.
  public init(
    confidence: Double = 0.95, seed: UInt64 = 1, referenceClockHz: Double? = nil,
    filter: [Criterion] = [], baseline: [Criterion] = [], scenarios: [Scenario] = []
  ) {
    self.confidence = confidence
    self.seed = seed
    self.referenceClockHz = referenceClockHz
    self.filter = filter
    self.baseline = baseline
    self.scenarios = scenarios
  }
}

/// One `key=value` of `--filter` or `--baseline`.
public struct Criterion: Sendable, Equatable {
  /// What the run must say something of.
  public var key: ConfigurationKey
  /// Canonical text.
  public var text: String

  /// What a filter selects on both sides, as a comparison is of one model in one dtype.
  static let sharedKeys: Set<ConfigurationKey> = [.model, .dtype]

  /// A criterion with a canonical value.
  public init(key: ConfigurationKey, text: String) {
    self.key = key
    self.text = text
  }

  /// True for runs whose configuration says just that; what is unknown matches nothing.
  public func matches(_ configuration: Configuration) -> Bool {
    configuration.text(key) == text
  }
}
