/// A level interval along an axis. Where it leaves the axis it ends in an arrow.
enum IntervalBar {
  /// - Parameter reach: radius of the marker drawn on it; the caps of an interval that would vanish
  ///   behind it stand out above and below.
  static func draw(
    _ interval: ClosedRange<Double>, at y: Double, on frame: PlotFrame, colour: Colour,
    isDashed: Bool = false, reach: Double, width: Double = 1.3, _ canvas: any Canvas
  ) {
    let scale = frame.x.scale
    guard interval.upperBound >= scale.low, interval.lowerBound <= scale.high else { return }
    let goesOn = (interval.lowerBound < scale.low, interval.upperBound > scale.high)
    let left = scale.place(max(interval.lowerBound, scale.low))
    let right = scale.place(min(interval.upperBound, scale.high))
    let cap = right - left < 2 * reach + 4 ? reach + 2 : 3
    canvas.stroke(
      .line(Point(left, y), Point(right, y)),
      Stroke(colour, width: width, dash: isDashed ? [2.5, 1.8] : []))
    for (x, isArrow, sign) in [(left, goesOn.0, 1.0), (right, goesOn.1, -1.0)] {
      if isArrow {
        let back = x + sign * 5
        canvas.fill(
          Path([Point(x, y), Point(back, y - 2.6), Point(back, y + 2.6)], closed: true), colour)
      } else {
        canvas.stroke(
          .line(Point(x, y - cap), Point(x, y + cap)), Stroke(colour, width: width))
      }
    }
  }
}
