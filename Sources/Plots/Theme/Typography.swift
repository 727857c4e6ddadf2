/// Whether a figure is made for a page or for a phone (390 px, which is 292.5 pt).
public enum Layout: String, Sendable, Codable, CaseIterable {
  case wide, compact
}

/// Sizes of text in points; none is below 8.
struct Typography: Sendable, Equatable {
  let title: TextStyle
  let axis: TextStyle
  let tick: TextStyle
  let label: TextStyle
  let caption: TextStyle
  /// The page's margin on all sides.
  let margin: Double
  /// A full-size marker's radius.
  let marker: Double

  static func of(_ layout: Layout) -> Typography {
    switch layout {
    case .wide:
      Typography(
        title: TextStyle(size: 12, isBold: true), axis: TextStyle(size: 9),
        tick: TextStyle(size: 9), label: TextStyle(size: 8.5), caption: TextStyle(size: 8.5),
        margin: 12, marker: 4.5)
    case .compact:
      Typography(
        title: TextStyle(size: 10.5, isBold: true), axis: TextStyle(size: 8),
        tick: TextStyle(size: 8), label: TextStyle(size: 8), caption: TextStyle(size: 8),
        margin: 6, marker: 4)
    }
  }
}
