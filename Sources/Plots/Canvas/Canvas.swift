#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What a chart needs from a page: the smallest set. Everything else is built on it.
///
/// Angles are radians, clockwise since y points down.
protocol Canvas: AnyObject {
  func stroke(_ path: Path, _ stroke: Stroke)
  func fill(_ path: Path, _ colour: Colour)
  /// Draws one line of text that went through `CleanText`.
  func show(
    _ text: CleanText, at point: Point, _ style: TextStyle, _ colour: Colour, anchor: Anchor,
    angle: Double)
  /// Advance width in points. The same for every output format, so that all lay out alike.
  func width(of text: CleanText, _ style: TextStyle) -> Double
  func pushClip(_ rect: Rect)
  func popClip()
}

extension Canvas {
  /// Draws one line of any text; control characters are dropped.
  func text(
    _ text: String, at point: Point, _ style: TextStyle, _ colour: Colour,
    anchor: Anchor = Anchor(.start, .baseline), angle: Double = 0
  ) {
    show(CleanText(text), at: point, style, colour, anchor: anchor, angle: angle)
  }

  /// Advance width in points.
  func width(of text: String, _ style: TextStyle) -> Double {
    width(of: CleanText(text), style)
  }

  /// Draws inside the rectangle only.
  func clipped(to rect: Rect, _ body: () throws -> Void) rethrows {
    pushClip(rect)
    defer { popClip() }
    try body()
  }

  /// The box that a text takes up, to be kept free of other things.
  func box(
    of text: String, at point: Point, _ style: TextStyle, anchor: Anchor, angle: Double = 0
  ) -> OrientedBox {
    anchor.box(at: point, width: width(of: text, style), style, angle: angle)
  }
}

extension Anchor {
  /// From the anchored point to the start of the baseline, before rotation.
  func baselineOffset(width: Double, _ style: TextStyle) -> Point {
    let x: Double =
      switch horizontal {
      case .start: 0
      case .middle: -width / 2
      case .end: -width
      }
    let y: Double =
      switch vertical {
      case .top: style.ascent
      case .middle: 0.365 * style.size
      case .baseline: 0
      case .bottom: -style.descent
      }
    return Point(x, y)
  }

  func box(at point: Point, width: Double, _ style: TextStyle, angle: Double) -> OrientedBox {
    let start = baselineOffset(width: width, style)
    let local = Point(start.x + width / 2, start.y + (style.descent - style.ascent) / 2)
    let (c, s) = (cos(angle), sin(angle))
    return OrientedBox(
      centre: Point(point.x + local.x * c - local.y * s, point.y + local.x * s + local.y * c),
      width: width, height: style.ascent + style.descent, angle: angle)
  }
}
