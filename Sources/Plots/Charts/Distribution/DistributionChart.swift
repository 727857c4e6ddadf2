import Support

/// How the inference times of each run are distributed: one panel per run with an axis of its own,
/// since runs differ by factors and their spread by parts per million.
public struct DistributionChart: Chart {
  /// "distribution".
  public static let kind = "distribution"
  /// Name, title, caption and size.
  public var heading: Heading
  /// Of all times: "ms".
  public var unit: String
  /// Confidence level of the intervals, 0.95.
  public var level: Double
  /// At most 24 are drawn.
  public var runs: [Run]

  /// Distributions of runs.
  public init(_ heading: Heading, unit: String, level: Double = 0.95, runs: [Run]) {
    self.heading = heading
    self.unit = unit
    self.level = level
    self.runs = runs
  }

  /// What is known about the times of a run.
  public enum Times: Codable, Sendable, Equatable {
    /// Every time. Up to 120 are drawn as dots, more are counted in bins.
    case samples([Double])
    /// Counts in bins made by the caller, at most 400.
    case bins([Bin])
  }

  /// Times within a range.
  public struct Bin: Codable, Sendable, Equatable {
    /// Included.
    public var low: Double
    /// Not included, but in the last bin.
    public var high: Double
    /// How many.
    public var count: Int

    /// Times within a range.
    public init(low: Double, high: Double, count: Int) {
      self.low = low
      self.high = high
      self.count = count
    }
  }

  /// The times of one run.
  public struct Run: Codable, Sendable, Equatable {
    /// Names the run.
    public var label: String
    /// Colour: the placement or the board.
    public var role: Role
    /// Every time, or counts.
    public var times: Times
    /// How many inferences.
    public var count: Int
    /// Their median.
    public var median: Double?
    /// Lower end of its interval.
    public var low: Double?
    /// Upper end of its interval.
    public var high: Double?
    /// Why there is no interval: "5 samples; 6 are needed".
    public var reason: String?
    /// What the timer resolves, in the chart's unit.
    public var quantum: Double?

    /// The times of one run.
    ///
    /// - Parameter count: that of the samples or bins by default.
    public init(
      _ label: String, _ role: Role, _ times: Times, count: Int? = nil, median: Double? = nil,
      low: Double? = nil, high: Double? = nil, reason: String? = nil, quantum: Double? = nil
    ) {
      self.label = label
      self.role = role
      self.times = times
      self.median = median
      self.low = low
      self.high = high
      self.reason = reason
      self.quantum = quantum
      switch times {
      case .samples(let samples): self.count = count ?? samples.count
      case .bins(let bins):
        self.count = count ?? bins.reduce(0) { $0.addingReportingOverflow($1.count).partialValue }
      }
    }
  }

  static let runLimit = 24

  /// Says what is left out.
  public var notes: [String] {
    var notes: [String] = []
    if runs.count > Self.runLimit {
      let count = Format.grouped(runs.count - Self.runLimit)
      notes.append("\(count) more runs not shown.")
    }
    let bad = runs.prefix(Self.runLimit).reduce(0) { $0 + TimesModel($1).leftOut }
    if bad > 0 {
      notes.append("\(counted(bad, "time", grouped: true)) or \(plural("bin", bad)) not usable.")
    }
    return notes
  }

  /// Follows from the number of runs.
  public func naturalHeight(in drawing: Drawing) -> Double? {
    DistributionRenderer(self, in: drawing).naturalHeight
  }

  /// What a size leaves no room for.
  public func overflow(in drawing: Drawing) -> Double {
    max(0, DistributionRenderer(self, in: drawing).leastHeight - drawing.body.height)
  }

  /// Draws the panels.
  public func draw(in drawing: Drawing) { DistributionRenderer(self, in: drawing).draw() }
}
