import Core

extension WaterfallChart {
  /// Where a factor comes from; as text `exact`, or the word of the origin.
  public enum Provenance: RawRepresentable, Codable, Hashable, Sendable, CaseIterable {
    /// A ratio of two known constants.
    case exact
    /// A pair of runs.
    case runs(Origin)

    /// In the order of legends.
    public static let allCases = [exact] + Origin.allCases.map(runs)

    /// The one of that name.
    public init?(rawValue: String) {
      guard let found = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = found
    }

    /// As legends name it.
    public var rawValue: String {
      switch self {
      case .exact: "exact"
      case .runs(let origin): origin.description
      }
    }

    /// The meaning without colour.
    var pattern: BarPattern {
      switch self {
      case .exact: .solid
      case .runs(.measured): .lined
      case .runs(.published): .hatched
      case .runs(.simulated): .dotted
      case .runs(.emulated): .crossed
      case .runs(.predicted): .open
      }
    }
  }
}
