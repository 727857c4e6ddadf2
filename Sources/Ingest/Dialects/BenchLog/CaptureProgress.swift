/// What a recording holds so far.
public struct CaptureProgress: Sendable, Equatable {
  /// Bytes that came.
  public var bytes: UInt64 = 0
  /// Lines that were complete, of any kind.
  public var lines = 0
  /// Intact lines of the project's log.
  public var records = 0
  /// Lines of the project's log that cannot be used: damaged, cut off, against the rules.
  public var damaged = 0
  /// Lines of the project's log that never came, by their numbers.
  public var missing: UInt64 = 0
  /// Lines of a version of the format that is newer than this program.
  public var newer = 0
  /// Times a log began anew before its end line: the board booted again.
  public var restarts = 0
  /// Runs that began.
  public var runs = 0
  /// Runs of the measuring plan that could not be made.
  public var refused = 0
  /// Micro-benchmarks.
  public var benches = 0
  /// Outputs of inferences.
  public var outputs = 0
  /// Inferences of all runs; those without a line of their own count when their run is done.
  public var inferences: UInt64 = 0
  /// Operators of the run that is going on.
  public var operators = 0
  /// The run that is going on.
  public var run: RunUnderWay?
  /// The first line that came was not the first of its log.
  public var startedLate = false
  /// The log that is going on came from its first line on, damaged or not.
  public var sawBeginning = false
  /// End lines that came.
  public var ends = 0
  /// End lines of logs that came from their first line on.
  public var wholeLogs = 0
  /// The last record was the end line.
  public var isAtEnd = false

  /// A recording of nothing.
  public init() {}

  /// True when something came that is written in the project's format.
  public var isBenchLog: Bool { records + damaged + newer > 0 }
}

/// The run of which lines come in.
public struct RunUnderWay: Sendable, Equatable {
  /// Its number in the log.
  public var id: UInt64
  /// Model and dtype, as far as the log says; empty when it does not.
  public var model: String
  /// Unit of its times.
  public var unit: String
  /// Time of its last inference, in that unit.
  public var latency: UInt64?
  /// Inferences of this run.
  public var inferences: UInt64 = 0

  /// A run that began.
  public init(id: UInt64, model: String, unit: String, latency: UInt64? = nil) {
    self.id = id
    self.model = model
    self.unit = unit
    self.latency = latency
  }
}
