// Figures from plain values: charts on a core of canvas, scales, labels and legends, drawn by
// Cairo. Knows nothing of benchmarks.

import Support

/// A figure as a value: everything that is needed to draw it, and nothing else.
///
/// The stored properties are the data table that travels inside the SVG; drawing the decoded value
/// again gives the same bytes. Numbers may be anything: a chart leaves out what has no place on its
/// axes and says how many in `notes`.
public protocol Chart: Codable, Sendable, Equatable {
  /// Names the type in stored figures; never changes once released.
  static var kind: String { get }
  /// Name, title, caption and size.
  var heading: Heading { get set }
  /// Sentences that follow from the data and are added to the caption.
  var notes: [String] { get }
  /// Checks a chart that came from outside. Errors: a rule that is broken, in words.
  func validate() throws(Diagnostic)
  /// The height of the body that suits the data, used where the caller left the layout's usual
  /// size; nil means that usual size.
  func naturalHeight(in drawing: Drawing) -> Double?
  /// Height in points that the chart needs below `drawing.body`, for legend rows, so that plots of
  /// the same size keep frames of the same size.
  func overflow(in drawing: Drawing) -> Double
  /// Draws into `drawing.body` and, where it asked for it, below. Title, caption and page are drawn by `Figures`.
  func draw(in drawing: Drawing)
}

extension Chart {
  /// None.
  public var notes: [String] { [] }
  /// None.
  public func overflow(in drawing: Drawing) -> Double { 0 }
  /// Accepts everything.
  public func validate() throws(Diagnostic) {}
  /// The usual height.
  public func naturalHeight(in drawing: Drawing) -> Double? { nil }

  /// The same chart in the usual size of another layout.
  public func laidOut(_ layout: Layout) -> Self {
    var chart = self
    chart.heading.layout = layout
    chart.heading.size = .standard(layout)
    return chart
  }
}

extension Size {
  /// The usual size of a figure in a layout.
  public static func standard(_ layout: Layout) -> Size {
    layout == .wide ? Size(700, 460) : Size(292.5, 340)
  }

  /// Within the sizes that can be drawn.
  var drawable: Size {
    func bounded(_ value: Double, _ low: Double) -> Double {
      value.isFinite ? min(max(value, low), 4_000) : low
    }
    return Size(bounded(width, 200), bounded(height, 120))
  }
}
