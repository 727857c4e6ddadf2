/// Where in the input a run was read.
public struct RunSource: Sendable, Equatable {
  public var file: String
  /// First and last line that belong to it, one-based.
  public var firstLine: Int
  public var lastLine: Int
  public var dialect: Dialect

  /// A source.
  public init(file: String, firstLine: Int, lastLine: Int, dialect: Dialect) {
    self.file = file
    self.firstLine = firstLine
    self.lastLine = lastLine
    self.dialect = dialect
  }
}

/// What one value of `Latency.samples` is.
public enum LatencyKind: String, Sendable {
  /// The time of one inference.
  case inference
  /// Runtime of a window divided by its inferences.
  case window
  /// A figure somebody published; known only to its last digit.
  case published
  /// The mean that a tool printed over several inferences.
  case mean
  /// Duty cycle times period: processing time seen on a pin, no timed invoke.
  case dutyCycle = "duty cycle x period"
  /// The sum of the operators, where the log gives no time for the whole.
  case operatorSum = "sum of operators"
}

/// Smallest, largest value and standard deviation as a tool printed them, in the run's unit.
public struct PrintedSpread: Sendable, Equatable {
  public var low: Double?
  public var high: Double?
  public var standardDeviation: Double?

  /// A spread; what was not printed is nil.
  public init(low: Double? = nil, high: Double? = nil, standardDeviation: Double? = nil) {
    self.low = low
    self.high = high
    self.standardDeviation = standardDeviation
  }
}

/// How long one inference takes, as raw as the log gives it.
public struct Latency: Sendable, Equatable {
  /// Values in `unit`.
  public var samples: Samples
  public var unit: TimeUnit
  public var kind: LatencyKind
  /// Resolution of one sample in `unit`: the timer's tick, or one unit of the last printed digit.
  public var quantum: Double
  /// Inferences behind all samples together.
  public var inferences: UInt64
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
public struct OperatorRecord: Sendable, Equatable {
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
  public var macs: UInt64?
  public var weightBytes: UInt64?

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
public struct Run: Sendable, Equatable {
  public var source: RunSource
  /// The source's own name for the run, where it has one.
  public var label: String?
  public var configuration: Configuration
  /// nil where the log holds no time for a whole inference, nor operators to add up.
  public var latency: Latency?
  public var operators: [OperatorRecord]
  public var operatorUnit: TimeUnit
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
