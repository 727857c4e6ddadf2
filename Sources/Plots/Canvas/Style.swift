/// How a line is drawn. Lengths in points.
struct Stroke: Sendable, Equatable {
  var colour: Colour
  var width: Double
  /// Lengths on and off in turn; empty is a solid line.
  var dash: [Double]
  var isRound: Bool

  init(_ colour: Colour, width: Double = 1, dash: [Double] = [], isRound: Bool = false) {
    self.colour = colour
    self.width = width
    self.dash = dash
    self.isRound = isRound
  }
}

/// How text is drawn; the size in points.
struct TextStyle: Sendable, Hashable {
  var size: Double
  var isBold: Bool

  init(size: Double, isBold: Bool = false) {
    self.size = size
    self.isBold = isBold
  }
}

/// Which spot of a text lies at the given point.
struct Anchor: Sendable, Equatable {
  enum Horizontal: Sendable { case start, middle, end }
  /// `middle` is half the height of a capital, so that figures sit centred on a tick.
  enum Vertical: Sendable { case top, middle, baseline, bottom }

  var horizontal: Horizontal
  var vertical: Vertical

  init(_ horizontal: Horizontal, _ vertical: Vertical) {
    self.horizontal = horizontal
    self.vertical = vertical
  }

  static let centre = Anchor(.middle, .middle)
}

extension TextStyle {
  /// Height above the baseline that a line of text takes up. DejaVu Sans: capitals 0.73, brackets
  /// 0.76 of the size. A fixed share, so that a box does not depend on the letters in it.
  var ascent: Double { 0.76 * size }
  var descent: Double { 0.24 * size }
  var lineHeight: Double { 1.32 * size }
}
