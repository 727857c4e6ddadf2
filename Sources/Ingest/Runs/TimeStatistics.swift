/// Statistics of many times of which the log holds no lines of their own.
public struct TimeStatistics: Sendable, Equatable, Codable {
  /// How many times.
  public var count: UInt64
  /// The shortest, in the unit of the samples it stands beside.
  public var minimum: Double
  /// The longest.
  public var maximum: Double
  /// All of them together.
  public var total: Double

  /// Statistics of `count` times, at least one.
  public init(count: UInt64, minimum: Double, maximum: Double, total: Double) {
    self.count = count
    self.minimum = minimum
    self.maximum = maximum
    self.total = total
  }

  /// Their mean.
  public var mean: Double { total / Double(count) }
}

/// What a hardware counter counted in some inferences.
public struct CounterTotal: Sendable, Equatable, Codable {
  /// Of all of them together.
  public var total: UInt64
  /// In how many inferences, at least one.
  public var inferences: UInt64

  /// A counter's total over some inferences.
  public init(total: UInt64, inferences: UInt64) {
    self.total = total
    self.inferences = inferences
  }

  /// The mean over the inferences.
  public var perInference: Double { Double(total) / Double(inferences) }
}

/// What the counters of the XIP cache say; nil where they were not read.
public struct CacheCounters: Sendable, Equatable, Codable {
  /// What one miss reads from flash: a line of the RP2350's XIP cache (data sheet, section 4.4).
  public static let lineBytes = 8

  /// Reads that went to the cache.
  public var accesses: CounterTotal?
  /// Those that it had to fetch from flash.
  public var misses: CounterTotal?

  /// Counters; nil where one was not read.
  public init(accesses: CounterTotal? = nil, misses: CounterTotal? = nil) {
    self.accesses = accesses
    self.misses = misses
  }

  /// Bytes that one inference fetches from flash.
  public var missBytesPerInference: Double? {
    misses.map { $0.perInference * Double(Self.lineBytes) }
  }
}
