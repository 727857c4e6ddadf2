/// An interval drawn as a line with caps.
enum ErrorBar {
  /// From one place to another, upright or level.
  static func draw(
    from: Point, to: Point, colour: Colour, cap: Double = 2.5, width: Double = 1,
    on canvas: any Canvas
  ) {
    let along = to - from
    guard along.length > 0.3 else { return }
    let across = Point(-along.y, along.x) * (cap / along.length)
    var path = Path.line(from, to)
    path.append(.line(from - across, from + across))
    path.append(.line(to - across, to + across))
    canvas.stroke(path, Stroke(colour, width: width))
  }
}
