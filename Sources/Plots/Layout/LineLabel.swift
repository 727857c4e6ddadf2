#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A label along a straight line, at the line's slope.
struct LineLabel: Sendable, Equatable {
  var text: String
  var box: OrientedBox

  /// Places the label beside the line, where it covers least.
  ///
  /// - Parameters:
  ///   - prefer: share of the way from `from` to `to` where the label's centre should be.
  ///   - obstacles: what to keep clear of. The line itself must not be among them. The caller adds
  ///     the label's box afterwards.
  /// - Returns: nil if the line is too short or there is no free spot.
  static func place(
    _ text: String, from: Point, to: Point, prefer: Double, style: TextStyle,
    obstacles: Obstacles, on canvas: any Canvas
  ) -> LineLabel? {
    let (from, to) = from.x <= to.x ? (from, to) : (to, from)
    let along = to - from
    let width = canvas.width(of: text, style)
    let room = along.length - width
    guard room > 0, !text.isEmpty else { return nil }
    let angle = atan2(along.y, along.x)
    let unit = along * (1 / along.length)
    let up = Point(unit.y, -unit.x)
    let height = style.ascent + style.descent
    var best: (cost: Double, label: LineLabel)?
    for step in 0...steps {
      let share = (width / 2 + room * Double(step) / Double(steps)) / along.length
      let spot = from + along * share
      for (side, penalty) in [(1.0, 0.0), (-1.0, 4.0)] {
        let centre = spot + up * (side * (height / 2 + 1.5))
        let box = OrientedBox(centre: centre, width: width, height: height, angle: angle)
        guard obstacles.isFree(box.grown(0.5)) else { continue }
        let cost =
          penalty + 30 * abs(share - prefer)
          + 40 * Double(obstacles.linesCrossed(by: box))
        if cost < best?.cost ?? .infinity { best = (cost, LineLabel(text: text, box: box)) }
      }
    }
    return best?.label
  }

  private static let steps = 48

  /// Draws the label on a halo of the page's colour.
  func draw(on canvas: any Canvas, style: TextStyle, colour: Colour, page: Colour) {
    canvas.fill(box.grown(0.5).path, page.opacity(0.8))
    drawText(on: canvas, style: style, colour: colour)
  }

  /// Draws the label alone.
  func drawText(on canvas: any Canvas, style: TextStyle, colour: Colour) {
    let down = Point(-sin(box.angle), cos(box.angle))
    let baseline = box.centre + down * ((style.ascent - style.descent) / 2)
    canvas.text(
      text, at: baseline, style, colour, anchor: Anchor(.middle, .baseline), angle: box.angle)
  }
}

extension PlacedLabel {
  /// Draws the leader line and the label on a halo of the page's colour.
  func draw(
    on canvas: any Canvas, style: TextStyle, colour: Colour, leader line: Colour, page: Colour
  ) {
    drawLeader(on: canvas, colour: line)
    label.draw(on: canvas, style: style, colour: colour, page: page)
  }

  /// Draws the leader line alone.
  func drawLeader(on canvas: any Canvas, colour: Colour) {
    if let leader { canvas.stroke(Path(leader), Stroke(colour, width: 0.6)) }
  }

  /// The label without its leader.
  var label: LineLabel { LineLabel(text: text, box: box) }
}
