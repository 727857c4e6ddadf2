/// An arrow between two markers.
enum Arrow {
  /// - Parameters:
  ///   - startGap: points left free at the start, so that it does not cover the marker there.
  ///   - endGap: the same at the tip.
  static func draw(
    from: Point, to: Point, startGap: Double, endGap: Double, stroke: Stroke,
    on canvas: any Canvas
  ) {
    let along = to - from
    let length = along.length - startGap - endGap
    guard length > 5 else { return }
    let unit = along * (1 / along.length)
    let normal = Point(-unit.y, unit.x)
    let start = from + unit * startGap
    let tip = to - unit * endGap
    let head = min(6, length / 2)
    let base = tip - unit * head
    canvas.stroke(.line(start, base), stroke)
    canvas.fill(
      Path([tip, base + normal * (head * 0.42), base - normal * (head * 0.42)], closed: true),
      stroke.colour)
  }
}
