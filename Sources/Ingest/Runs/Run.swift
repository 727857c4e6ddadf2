import Quantiles

/// Where in the input a run was read.
public struct RunSource: Sendable, Equatable, Codable {
  /// Path as the user gave it, `-` for standard input.
  public var file: String
  /// First line that belongs to it, one-based.
  public var firstLine: Int
  /// Last line that belongs to it, one-based.
  public var lastLine: Int
  /// The dialect it was written in.
  public var dialect: Dialect
  /// In which boot of the log, as far as it shows them; the first is 1.
  public internal(set) var boot = 1

  /// A source.
  public init(file: String, firstLine: Int, lastLine: Int, dialect: Dialect) {
    self.file = file
    self.firstLine = firstLine
    self.lastLine = lastLine
    self.dialect = dialect
  }
}

/// What one value of `Latency.samples` is.
public enum LatencyKind: String, Sendable, Codable {
  /// The time of one inference.
  case inference
  /// Runtime of a window divided by its inferences.
  case window
  /// A figure somebody published; known only to its last digit.
  case published
  /// The mean that a tool printed over several inferences.
  case mean
  /// The median that a tool printed over several inferences.
  case median
  /// Duty cycle times period: processing time seen on a pin, no timed invoke.
  case dutyCycle = "duty cycle x period"
  /// The sum of the operators, where the log gives no time for the whole.
  case operatorSum = "sum of operators"
}

/// Smallest, largest value and standard deviation as a tool printed them, in the run's unit.
public struct PrintedSpread: Sendable, Equatable, Codable {
  /// Smallest value; nil where it was not printed.
  public var low: Double?
  /// Largest value; nil where it was not printed.
  public var high: Double?
  /// Standard deviation; nil where it was not printed.
  public var standardDeviation: Double?

  /// A spread; what was not printed is nil.
  public init(low: Double? = nil, high: Double? = nil, standardDeviation: Double? = nil) {
    self.low = low
    self.high = high
    self.standardDeviation = standardDeviation
  }
}

/// How long one inference takes, as raw as the log gives it.
public struct Latency: Sendable, Equatable, Codable {
  /// Values in `unit`.
  public var samples: Samples
  /// What the order of the samples says, in whole ticks or last digits; empty where nobody knows it.
  public var order = SuccessiveDifferences()
  /// The unit of samples, quantum and spread.
  public var unit: TimeUnit
  /// What one value of `samples` is.
  public var kind: LatencyKind
  /// Resolution of one sample in `unit`: the timer's tick, or one unit of the last printed digit.
  public var quantum: Double
  /// Inferences behind all samples together.
  public var inferences: UInt64
  /// The spread a tool printed; nil where there is none.
  public var spread: PrintedSpread?

  /// A latency; `inferences` defaults to the number of samples.
  public init(
    samples: Samples, unit: TimeUnit, kind: LatencyKind, quantum: Double,
    inferences: UInt64? = nil, spread: PrintedSpread? = nil
  ) {
    self.samples = samples
    self.unit = unit
    self.kind = kind
    self.quantum = quantum
    self.inferences = inferences ?? samples.count
    self.spread = spread
  }
}

/// What is known of one operator of a run.
public struct OperatorRecord: Sendable, Equatable, Codable {
  /// Position in the graph; nil where the source does not say.
  public var index: Int?
  /// TFLite name, as `CONV_2D`; another tool's own word where there is no equivalent.
  public var kind: String
  /// The tool's own name for it, or what singles it out (`largest`).
  public var name: String?
  /// Times in the run's `operatorUnit`.
  public var samples: Samples
  /// Resolution of one sample in `operatorUnit`.
  public var quantum: Double
  /// MACs of one inference, where the log says so.
  public var macs: UInt64?
  /// Bytes of its weights, where the log says so.
  public var weightBytes: UInt64?
  /// What one value of `samples` is; a mean where the log has no lines of single inferences.
  public var samplesAre = LatencyKind.inference
  /// All its timed inferences summed up, in `operatorUnit`, where the log does so.
  public var statistics: TimeStatistics?
  /// What the counters of the XIP cache say of it.
  public var cache = CacheCounters()
  /// It stands for all operators of its kind together, as a log prints that lists no single ones.
  public var isSumOfKind = false
  /// Why it has no samples, where the log says why.
  public var reason: String?

  /// A record without samples.
  public init(
    index: Int?, kind: String, name: String? = nil, samples: Samples = Samples(), quantum: Double,
    macs: UInt64? = nil, weightBytes: UInt64? = nil
  ) {
    self.index = index
    self.kind = kind
    self.name = name
    self.samples = samples
    self.quantum = quantum
    self.macs = macs
    self.weightBytes = weightBytes
  }
}

/// One model on one board in one configuration.
public struct Run: Sendable, Equatable, Codable {
  /// Where it was read.
  public var source: RunSource
  /// The source's own name for the run, where it has one.
  public var label: String?
  /// What is known of its circumstances, and who said so.
  public var configuration: Configuration
  /// nil where the log holds no time for a whole inference, nor operators to add up.
  public var latency: Latency?
  /// Cycles that a tool printed beside the time, one value for each of the latency's samples; nil
  /// where it printed none or where they contradict the time.
  public var printedCycles: Samples?
  /// All timed inferences summed up, printed or not, in the latency's unit, where the log does so.
  public var statistics: TimeStatistics?
  /// What the counters of the XIP cache say of whole inferences.
  public var cache = CacheCounters()
  /// What its inferences gave, by sample and output.
  public var outputs: [RunOutput] = []
  /// How its numbers came about.
  public var recording = Recording()
  /// Its operators, in the order of the graph as far as the source tells it.
  public var operators: [OperatorRecord]
  /// The unit of the operators' samples and quanta.
  public var operatorUnit: TimeUnit
  /// Its operators were seen once, and nothing behind them says that they are all.
  public var isOpenEnded = false
  /// Energy per inference in joules, one value per window or trial.
  public var energy: Samples
  /// What the reader noticed and findings are made of.
  public var observations: [Observation]
  /// Total MACs of one inference, where the log says so.
  public var macs: UInt64?
  /// Weight bytes, where the log says so.
  public var weightBytes: UInt64?

  /// A run from `source` with nothing known yet.
  public init(source: RunSource) {
    self.source = source
    configuration = Configuration()
    latency = nil
    operators = []
    operatorUnit = .ticks
    energy = Samples()
    observations = []
  }
}
