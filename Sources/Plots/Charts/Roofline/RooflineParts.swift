extension RooflineChart {
  /// The unit of throughputs and bandwidths.
  public enum ThroughputUnit: Codable, Sendable, Equatable {
    /// MAC/s and B/s, with a second axis in MAC/cycle at this clock.
    case perSecond(clockHertz: Double)
    /// MAC/cycle and B/cycle, to compare boards of different clocks.
    case perCycle
  }

  /// The most that a memory delivers.
  public struct MemoryRoof: Codable, Sendable, Equatable {
    /// "flash, sequential".
    public var name: String
    /// B/s or B/cycle.
    public var bandwidth: Double
    /// Where the number comes from: "QMI registers".
    public var provenance: String
    /// Solid if measured, dashed if computed.
    public var isMeasured: Bool

    /// A memory roof.
    public init(_ name: String, bandwidth: Double, provenance: String, isMeasured: Bool) {
      self.name = name
      self.bandwidth = bandwidth
      self.provenance = provenance
      self.isMeasured = isMeasured
    }
  }

  /// The most that the arithmetic delivers.
  public struct Ceiling: Codable, Sendable, Equatable {
    /// "int8, SMLAD".
    public var name: String
    /// MAC/s or MAC/cycle.
    public var throughput: Double
    /// Where the number comes from.
    public var provenance: String
    /// Solid if measured, dashed if computed.
    public var isMeasured: Bool

    /// A ceiling.
    public init(_ name: String, throughput: Double, provenance: String, isMeasured: Bool) {
      self.name = name
      self.throughput = throughput
      self.provenance = provenance
      self.isMeasured = isMeasured
    }
  }

  /// A memory roof and a ceiling that meet, by index.
  public struct Ridge: Codable, Sendable, Equatable {
    /// Index in `memoryRoofs`.
    public var memory: Int
    /// Index in `ceilings`.
    public var ceiling: Int

    /// A pair of indices.
    public init(memory: Int, ceiling: Int) {
      self.memory = memory
      self.ceiling = ceiling
    }
  }

  /// Words for the two sides of a ridge.
  public struct Zone: Codable, Sendable, Equatable {
    /// The ridge that parts the sides.
    public var ridge: Ridge
    /// Left of it: "bandwidth-bound: fully connected".
    public var left: String
    /// Right of it: "compute-bound: convolution".
    public var right: String

    /// Words for the two sides of a ridge.
    public init(ridge: Ridge, left: String, right: String) {
      self.ridge = ridge
      self.left = left
      self.right = right
    }
  }

  /// An arrow from one point to another.
  public struct Move: Codable, Sendable, Equatable {
    /// Index in `points`.
    public var from: Int
    /// Index in `points`.
    public var to: Int
    /// Stands beside the arrow: "3.7×".
    public var label: String?

    /// An arrow from one point to another.
    public init(from: Int, to: Int, label: String? = nil) {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  /// Ends of the axes, widened to whole decades.
  public struct Limits: Codable, Sendable, Equatable {
    /// MAC/B.
    public var intensityLow: Double
    /// MAC/B.
    public var intensityHigh: Double
    /// MAC/s or MAC/cycle.
    public var throughputLow: Double
    /// MAC/s or MAC/cycle.
    public var throughputHigh: Double

    /// Ends of both axes.
    public init(intensity: ClosedRange<Double>, throughput: ClosedRange<Double>) {
      intensityLow = intensity.lowerBound
      intensityHigh = intensity.upperBound
      throughputLow = throughput.lowerBound
      throughputHigh = throughput.upperBound
    }
  }
}
