import Support

/// Cost against size over a sweep of generated models: where weights outgrow the cache.
public struct SweepChart: Chart {
  /// "sweep".
  public static let kind = "sweep"
  /// Name, title, caption and size.
  public var heading: Heading
  /// "weights of one operator", to which the axis adds the unit.
  public var sizeTitle: String
  /// "cycles per MAC".
  public var costTitle: String
  /// Whether the cost axis is logarithmic; it begins at 0 otherwise.
  public var isLogarithmic: Bool
  /// Capacities marked by a line.
  public var capacities: [Capacity]
  /// At most 12 are drawn.
  public var series: [Series]

  /// A sweep.
  public init(
    _ heading: Heading, sizeTitle: String = "weights of one operator",
    costTitle: String = "cycles per MAC", isLogarithmic: Bool = false,
    capacities: [Capacity] = [], series: [Series]
  ) {
    self.heading = heading
    self.sizeTitle = sizeTitle
    self.costTitle = costTitle
    self.isLogarithmic = isLogarithmic
    self.capacities = capacities
    self.series = series
  }

  /// A size that matters: "XIP cache".
  public struct Capacity: Codable, Sendable, Equatable {
    /// "XIP cache".
    public var name: String
    /// Bytes.
    public var bytes: Double

    /// A size that matters.
    public init(_ name: String, bytes: Double) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// One kind of model in one placement.
  public struct Series: Codable, Sendable, Equatable {
    /// For the legend: "CNN int8, flash".
    public var name: String
    /// Colour: the placement.
    public var role: Role
    /// The kind of model.
    public var shape: MarkerShape
    /// int8 if filled, fp32 if hollow.
    public var isFilled: Bool
    /// Dashed edges and curve.
    public var isPredicted: Bool
    /// At most 400 are drawn.
    public var points: [DataPoint]
    /// The fitted curve with its breaks.
    public var fit: Fit?

    /// One kind of model in one placement.
    public init(
      _ name: String, _ role: Role, _ shape: MarkerShape, isFilled: Bool,
      isPredicted: Bool = false, points: [DataPoint], fit: Fit? = nil
    ) {
      self.name = name
      self.role = role
      self.shape = shape
      self.isFilled = isFilled
      self.isPredicted = isPredicted
      self.points = points
      self.fit = fit
    }
  }

  /// One model.
  public struct DataPoint: Codable, Sendable, Equatable {
    /// Weight bytes per operator.
    public var bytes: Double
    /// Cycles per MAC.
    public var cost: Double
    /// Lower end of its interval.
    public var low: Double?
    /// Upper end of its interval.
    public var high: Double?

    /// One model.
    public init(bytes: Double, cost: Double, low: Double? = nil, high: Double? = nil) {
      self.bytes = bytes
      self.cost = cost
      self.low = low
      self.high = high
    }
  }

  /// A break with its interval, in bytes.
  public struct Break: Codable, Sendable, Equatable {
    /// Bytes.
    public var bytes: Double
    /// Lower end of its interval.
    public var low: Double?
    /// Upper end of its interval.
    public var high: Double?

    /// A break with its interval, in bytes.
    public init(bytes: Double, low: Double? = nil, high: Double? = nil) {
      self.bytes = bytes
      self.low = low
      self.high = high
    }

    /// The ends if they are usable, else the value alone.
    var range: ClosedRange<Double>? {
      guard SweepChart.isGood(bytes) else { return nil }
      guard let low, let high, SweepChart.isGood(low), SweepChart.isGood(high), low <= high else {
        return bytes...bytes
      }
      return low...high
    }
  }

  /// Flat, ramp, plateau.
  public struct Fit: Codable, Sendable, Equatable {
    /// The curve, drawn as straight pieces from point to point; at most 400.
    public var curve: [DataPoint]
    /// Where the ramp begins.
    public var onset: Break?
    /// Where it ends.
    public var saturation: Break?

    /// - Parameter curve: the fitted cost at rising sizes.
    public init(curve: [DataPoint], onset: Break? = nil, saturation: Break? = nil) {
      self.curve = curve
      self.onset = onset
      self.saturation = saturation
    }

    /// Samples the fitted function at sizes a constant factor apart and at both breaks.
    public init(
      over range: ClosedRange<Double>, onset: Break? = nil, saturation: Break? = nil,
      cost: (Double) -> Double
    ) {
      var sizes = [onset?.bytes, saturation?.bytes].compactMap(\.self)
        .filter { range.contains($0) }
      if SweepChart.isGood(range.lowerBound), SweepChart.isGood(range.upperBound) {
        let scale = Scale(.log, from: range.lowerBound, to: range.upperBound)
        sizes += (0...96).map { scale.value(at: Double($0) / 96) }
      }
      self.init(
        curve: sizes.sorted().map { DataPoint(bytes: $0, cost: cost($0)) }, onset: onset,
        saturation: saturation)
    }
  }

  static let seriesLimit = 12
  static let pointLimit = 400
  static let capacityLimit = 4

  /// What has a place on a logarithmic axis.
  static func isGood(_ value: Double) -> Bool { value.isFinite && value > 1e-60 && value < 1e60 }

  /// Series and points that are drawn.
  var shown: [Series] {
    series.prefix(Self.seriesLimit).map { series in
      var series = series
      series.points = Array(series.points.filter(hasPlace).prefix(Self.pointLimit))
      if let curve = series.fit?.curve {
        series.fit?.curve = Array(curve.filter(hasPlace).prefix(Self.pointLimit))
      }
      return series
    }
  }

  private func hasPlace(_ point: DataPoint) -> Bool {
    Self.isGood(point.bytes) && point.cost.isFinite && abs(point.cost) < 1e60
      && (!isLogarithmic || point.cost > 1e-60)
  }

  /// Says what is predicted, and what is left out.
  public var notes: [String] {
    let shown = shown
    var notes: [String] = []
    if shown.contains(where: { $0.isPredicted && !$0.points.isEmpty }) {
      notes.append("Dashed edges: predicted, not measured.")
    }
    let points = zip(series, shown).reduce(0) { $0 + $1.0.points.count - $1.1.points.count }
    for (count, name) in [
      (series.count - shown.count, "series"), (points, "points"),
      (capacities.count - Self.capacityLimit, "capacities"),
    ] where count > 0 {
      notes.append("\(Format.grouped(count)) more \(name) not shown.")
    }
    return notes
  }

  /// Draws the points and curves.
  public func draw(in drawing: Drawing) { SweepRenderer(self, in: drawing).draw() }
}
