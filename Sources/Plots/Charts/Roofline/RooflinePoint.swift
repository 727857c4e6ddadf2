extension RooflineChart {
  /// One operator or one inference.
  public struct DataPoint: Codable, Sendable, Equatable {
    /// Drawn if there is room; the most important eight at most.
    public var label: String
    /// Index in `series`: the colour.
    public var series: Int
    /// What it is, for the legend: "CONV_2D".
    public var kind: String
    /// The marker's shape, one per kind.
    public var shape: MarkerShape
    /// MAC per byte.
    public var intensity: Double
    /// MAC/s or MAC/cycle.
    public var throughput: Double
    /// 95 % interval of the throughput.
    public var low: Double?
    /// 95 % interval of the throughput.
    public var high: Double?
    /// Interval of the intensity, where bytes were measured.
    public var intensityLow: Double?
    /// Interval of the intensity, where bytes were measured.
    public var intensityHigh: Double?
    /// Intensity by the other byte counter: a small marker joined by a thin line.
    public var otherIntensity: Double?
    /// Share of the inference time, 0 to 1: the marker's area.
    public var share: Double?
    /// Filled or hollow: int8 or fp32.
    public var isFilled: Bool
    /// Labels go to the points of highest priority.
    public var priority: Double
    /// Dashed edge.
    public var isPredicted: Bool
    /// Crossed out.
    public var isAboveRoof: Bool
    /// Grey with a "≥".
    public var isBelowQuantum: Bool

    /// A measured point without intervals; set the rest as needed.
    public init(
      _ label: String, series: Int, kind: String, shape: MarkerShape, intensity: Double,
      throughput: Double, isFilled: Bool, share: Double? = nil, priority: Double = 0
    ) {
      self.label = label
      self.series = series
      self.kind = kind
      self.shape = shape
      self.intensity = intensity
      self.throughput = throughput
      self.isFilled = isFilled
      self.share = share
      self.priority = priority
      isPredicted = false
      isAboveRoof = false
      isBelowQuantum = false
    }
  }
}
