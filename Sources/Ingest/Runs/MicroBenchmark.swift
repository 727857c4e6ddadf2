/// A measurement of what the hardware can do at most, from the log of the measuring program.
public struct MicroBenchmark: Sendable, Equatable, Codable {
  /// Where it was read.
  public var source: RunSource
  /// The board, its clocks and the build, as of a run; nothing of a model.
  public var configuration: Configuration
  /// What is measured, as `int8_smlad`.
  public var name: String
  /// The unit of the times.
  public var unit: TimeUnit
  /// How often it was repeated.
  public var repetitions: UInt64
  /// The shortest repetition, in `unit`.
  public var shortest: Double
  /// The longest one; nil where the log does not say.
  public var longest: Double?
  /// MACs of one repetition; nil where it is not about them.
  public var macs: UInt64?
  /// Bytes that one repetition moves; nil where it is not about them.
  public var bytes: UInt64?
  /// XIP cache accesses of the shortest repetition; nil where the board counts none.
  public var accesses: UInt64?
  /// XIP cache misses of the shortest repetition.
  public var misses: UInt64?
}
