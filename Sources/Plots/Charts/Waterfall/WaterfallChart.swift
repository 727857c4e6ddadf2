import Support

/// Gaps between two boards as products of factors, each a bar from the product so far to the next
/// on a logarithmic axis, where equal lengths are equal factors.
public struct WaterfallChart: Chart {
  /// "waterfall".
  public static let kind = "waterfall"
  /// Name, title, caption and size.
  public var heading: Heading
  /// "time on RP2350 / time on Nucleo".
  public var axisTitle: String
  /// One panel each, all on the same axis.
  public var gaps: [Gap]

  /// Waterfalls side by side.
  public init(_ heading: Heading, axisTitle: String, gaps: [Gap]) {
    self.heading = heading
    self.axisTitle = axisTitle
    self.gaps = gaps
  }

  /// One gap and what it is made of.
  public struct Gap: Codable, Sendable, Equatable {
    /// "Streaming Wake Word".
    public var title: String
    /// From 1 on, in this order.
    public var factors: [Factor]
    /// The gap as observed, to which the factors should multiply.
    public var total: Double
    /// Where the total comes from.
    public var totalOrigin: Provenance

    /// One gap and what it is made of.
    public init(_ title: String, factors: [Factor], total: Double, totalOrigin: Provenance) {
      self.title = title
      self.factors = factors
      self.total = total
      self.totalOrigin = totalOrigin
    }
  }

  /// One factor.
  public struct Factor: Codable, Sendable, Equatable {
    /// "clock 160 / 150 MHz".
    public var name: String
    /// Above 1: widens the gap.
    public var ratio: Double
    /// Drawn as the bar's pattern.
    public var origin: Provenance
    /// The bar's colour: the same for the same kind of factor in every gap.
    public var role: Role
    /// What else differs between the two runs that the factor comes from.
    public var confoundedBy: [String]

    /// One factor.
    public init(
      _ name: String, ratio: Double, origin: Provenance, role: Role = .flash,
      confoundedBy: [String] = []
    ) {
      self.name = name
      self.ratio = ratio
      self.origin = origin
      self.role = role
      self.confoundedBy = confoundedBy
    }

    var isGood: Bool { WaterfallChart.isGood(ratio) }
  }

  static func isGood(_ ratio: Double) -> Bool { ratio.isFinite && ratio > 1e-30 && ratio < 1e30 }

  /// Gaps drawn at most, and factors of each.
  static let gapLimit = 12
  static let factorLimit = 20

  /// Footnotes, factors that do not multiply to the total, and what is left out.
  public var notes: [String] {
    var notes = Footnotes(self).sentences
    for gap in gaps.prefix(Self.gapLimit) where Self.isGood(gap.total) {
      let product = gap.factors.filter(\.isGood).reduce(1) { $0 * $1.ratio }
      let bad = gap.factors.count - gap.factors.lazy.filter(\.isGood).count
      if bad > 0 {
        notes.append("\(gap.title): \(counted(bad, "unknown factor", grouped: true)).")
      }
      // Half a percent is what three printed digits leave open.
      if !Self.isGood(product) || abs(product / gap.total - 1) > 0.005 {
        notes.append(
          "\(gap.title): the factors multiply to \(Format.compact(product)), not to "
            + "\(Format.compact(gap.total)).")
      }
    }
    if gaps.count > Self.gapLimit {
      let count = Format.grouped(gaps.count - Self.gapLimit)
      notes.append("\(count) more gaps not shown.")
    }
    return notes
  }

  /// Follows from the number of gaps and factors.
  public func naturalHeight(in drawing: Drawing) -> Double? {
    WaterfallRenderer(self, in: drawing).naturalHeight
  }

  /// What a size leaves no room for.
  public func overflow(in drawing: Drawing) -> Double {
    max(0, WaterfallRenderer(self, in: drawing).leastHeight - drawing.body.height)
  }

  /// Draws the panels.
  public func draw(in drawing: Drawing) { WaterfallRenderer(self, in: drawing).draw() }
}
