/// How the numbers of a run came about, beside its configuration; nil is what the log does not say.
public struct Recording: Sendable, Equatable, Codable {
  /// Program that wrote the log, with its version.
  public var tool: String?
  /// Boots of the board since it was flashed.
  public var boot: UInt64?
  /// The measuring plan that was run.
  public var plan: String?
  /// Bits per second of the console.
  public var consoleBaud: UInt64?
  /// Inferences before the first that counts.
  public var warmup: UInt64?
  /// Every so many inferences one was printed.
  public var detail: UInt64?
  /// What reading the clock twice takes, in the latency's unit; it is not taken off any time.
  public var clockCost: Double?
  /// Timed inferences, printed or not, as counted at the end of the run.
  public var inferences: UInt64?
  /// Time spent printing outside of every timed inference, in the latency's unit.
  public var consoleTime: Double?
  /// Bytes printed in that time.
  public var consoleBytes: UInt64?

  /// Nothing known.
  public init() {}
}
