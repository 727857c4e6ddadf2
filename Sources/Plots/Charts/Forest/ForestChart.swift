/// Ratios with their intervals on a logarithmic axis, one row each, around a line at 1 (a forest
/// plot: Lewis and Clarke, "Forest plots: trying to see the wood and the trees", BMJ 322, 2001).
public struct ForestChart: Chart {
  /// "forest".
  public static let kind = "forest"
  /// Name, title, caption and size.
  public var heading: Heading
  /// "time int8 / time fp32".
  public var axisTitle: String
  /// What a ratio below 1 means: "int8 faster".
  public var below: String
  /// What a ratio above 1 means: "int8 slower".
  public var above: String
  /// Confidence level of all intervals, 0.95; nil where some are of another kind.
  public var level: Double?
  /// Rows by board.
  public var groups: [Group]

  /// A forest plot.
  public init(
    _ heading: Heading, axisTitle: String, below: String, above: String, level: Double? = 0.95,
    groups: [Group]
  ) {
    self.heading = heading
    self.axisTitle = axisTitle
    self.below = below
    self.above = above
    self.level = level
    self.groups = groups
  }

  /// Rows of one board.
  public struct Group: Codable, Sendable, Equatable {
    /// "RP2350 at 150 MHz".
    public var name: String
    /// Colour and sign of the markers.
    public var role: Role
    /// In the order in which they are drawn.
    public var rows: [Row]

    /// Rows of one board.
    public init(_ name: String, _ role: Role, rows: [Row]) {
      self.name = name
      self.role = role
      self.rows = rows
    }
  }

  /// One ratio.
  public struct Row: Codable, Sendable, Equatable {
    /// Operator or model.
    public var label: String
    /// Above 1: the first of the two is slower.
    public var ratio: Double
    /// Lower end of the interval.
    public var low: Double?
    /// Upper end of the interval.
    public var high: Double?
    /// Number of samples.
    public var count: Int?
    /// Why there is no interval, or no ratio: "1 sample".
    public var reason: String?
    /// Not measured: the edge is dashed.
    public var isPredicted: Bool

    /// One ratio.
    public init(
      _ label: String, ratio: Double, low: Double? = nil, high: Double? = nil, count: Int? = nil,
      reason: String? = nil, isPredicted: Bool = false
    ) {
      self.label = label
      self.ratio = ratio
      self.low = low
      self.high = high
      self.count = count
      self.reason = reason
      self.isPredicted = isPredicted
    }

    var isGood: Bool { ratio.isFinite && ratio > 1e-60 && ratio < 1e60 }

    /// The ends in order, if both are usable.
    var interval: ClosedRange<Double>? {
      guard isGood, let low, let high, low.isFinite, high.isFinite, low > 1e-90, high < 1e90,
        low <= high
      else { return nil }
      return low...high
    }
  }

  /// Says which rows are predicted.
  public var notes: [String] {
    let isSome = groups.contains { $0.rows.contains { $0.isPredicted && $0.isGood } }
    return isSome ? ["Dashed edge: predicted, not measured."] : []
  }

  /// Follows from the number of rows.
  public func naturalHeight(in drawing: Drawing) -> Double? {
    ForestRenderer(self, in: drawing).table.naturalHeight
  }

  /// What a size leaves no room for.
  public func overflow(in drawing: Drawing) -> Double {
    let table = ForestRenderer(self, in: drawing).table
    return max(0, table.leastHeight(rows: 3) - drawing.body.height)
  }

  /// Draws the rows.
  public func draw(in drawing: Drawing) { ForestRenderer(self, in: drawing).draw() }
}
