import Support

/// Where the time of each run goes, as stacked level bars.
public struct BreakdownChart: Chart {
  /// "breakdown".
  public static let kind = "breakdown"
  /// Name, title, caption and size.
  public var heading: Heading
  /// Share of each run's total in percent, or values as they are.
  public var scale: Amount
  /// What is divided: "cycles" or "time".
  public var quantity: String
  /// The unit of values and totals: "Mcycles" or "ms".
  public var unit: String
  /// The kinds of segments, in the order in which they are stacked.
  public var parts: [Part]
  /// One bar each.
  public var rows: [Row]

  /// Stacked bars.
  public init(
    _ heading: Heading, quantity: String = "time", unit: String, scale: Amount = .share,
    parts: [Part],
    rows: [Row]
  ) {
    self.heading = heading
    self.quantity = quantity
    self.unit = unit
    self.scale = scale
    self.parts = parts
    self.rows = rows
  }

  /// What the axis shows.
  public enum Amount: String, Codable, Sendable, CaseIterable {
    /// Percent of each run's total.
    case share
    /// The values themselves.
    case absolute
  }

  /// A kind of segment.
  public struct Part: Codable, Sendable, Equatable {
    /// "waiting for data".
    public var name: String
    /// Colour.
    public var role: Role
    /// The same meaning without colour.
    public var pattern: BarPattern

    /// A kind of segment.
    public init(_ name: String, _ role: Role, _ pattern: BarPattern) {
      self.name = name
      self.role = role
      self.pattern = pattern
    }
  }

  /// One bar.
  public struct Row: Codable, Sendable, Equatable {
    /// Names the run.
    public var label: String
    /// One value per part; negative ones (a model that explains too much) go left of zero.
    public var values: [Double]
    /// What the shares refer to: the time of the run. The sum of the values by default.
    public var total: Double

    /// One bar.
    public init(_ label: String, values: [Double], total: Double? = nil) {
      self.label = label
      self.values = values
      self.total = total ?? values.filter(\.isFinite).reduce(0, +)
    }
  }

  /// Parts drawn at most.
  static let partLimit = 8

  /// Says what could not be drawn.
  public var notes: [String] {
    var notes: [String] = []
    if parts.count > Self.partLimit {
      let count = Format.grouped(parts.count - Self.partLimit)
      notes.append("\(count) more parts not shown.")
    }
    let bad = rows.lazy.filter { bars($0) == nil }.count
    if bad > 0 {
      notes.append("\(counted(bad, "run", grouped: true)) without usable numbers.")
    }
    return notes
  }

  /// Lengths on the axis per part; nil if the row cannot be drawn.
  func bars(_ row: Row) -> [Double]? {
    let values = row.values.prefix(min(parts.count, Self.partLimit))
    guard !values.isEmpty, values.allSatisfy({ $0.isFinite && abs($0) < 1e60 }) else { return nil }
    guard scale == .share else { return Array(values) }
    guard row.total.isFinite, row.total > 1e-60 else { return nil }
    return values.map { $0 / row.total * 100 }
  }

  /// Follows from the number of rows.
  public func naturalHeight(in drawing: Drawing) -> Double? {
    BreakdownRenderer(self, in: drawing).naturalHeight
  }

  /// What a size leaves no room for.
  public func overflow(in drawing: Drawing) -> Double {
    max(0, BreakdownRenderer(self, in: drawing).leastHeight - drawing.body.height)
  }

  /// Draws the bars.
  public func draw(in drawing: Drawing) { BreakdownRenderer(self, in: drawing).draw() }
}
