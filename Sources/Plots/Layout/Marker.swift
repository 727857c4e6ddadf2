/// A data point as it is drawn: one channel per fact.
struct Marker: Sendable, Equatable {
  var shape: MarkerShape
  /// Radius in points of the circle of the same area.
  var radius: Double
  var isFilled: Bool
  var role: Role
  var inner: InnerMark
  /// Predicted, not measured: the edge is dashed.
  var isPredicted: Bool
  /// Above its roof: crossed out.
  var isError: Bool
  /// Below the timer's quantum: grey with a "≥".
  var isDoubtful: Bool

  init(
    _ shape: MarkerShape = .circle, radius: Double, role: Role, isFilled: Bool = true,
    isPredicted: Bool = false, isError: Bool = false, isDoubtful: Bool = false
  ) {
    self.shape = shape
    self.radius = radius
    self.role = role
    self.isFilled = isFilled
    self.inner = InnerMark(role)
    self.isPredicted = isPredicted
    self.isError = isError
    self.isDoubtful = isDoubtful
  }

  /// Radius of everything drawn.
  var reach: Double { radius * shape.reach + 1 }

  /// A radius whose area is proportional to the share; never too small to see.
  static func radius(share: Double, full: Double) -> Double {
    guard share.isFinite, share > 0 else { return 2.4 }
    return max(2.4, full * min(1, share).squareRoot())
  }

  func draw(at centre: Point, on canvas: any Canvas, theme: Theme) {
    let colour = theme.colour(isDoubtful ? .doubtful : role)
    let outline = shape.path(at: centre, radius: radius)
    if isFilled {
      // A thin rim in the page's colour parts markers that overlap.
      canvas.stroke(outline, Stroke(theme.page, width: 2.4))
      canvas.fill(outline, isPredicted ? theme.page : colour.opacity(0.88))
      if isPredicted { canvas.fill(outline, colour.opacity(0.35)) }
    } else {
      canvas.fill(outline, theme.page.opacity(0.92))
    }
    canvas.stroke(
      outline, Stroke(colour, width: isFilled ? 0.9 : 1.5, dash: isPredicted ? [2, 1.4] : []))
    drawInner(at: centre, colour: isFilled && !isPredicted ? theme.page : colour, on: canvas)
    if isDoubtful {
      canvas.text(
        "≥", at: Point(centre.x - reach - 1, centre.y), TextStyle(size: 9), theme.text(.doubtful),
        anchor: Anchor(.end, .middle))
    }
    if isError { drawCross(at: centre, on: canvas, theme: theme) }
  }

  private func drawInner(at centre: Point, colour: Colour, on canvas: any Canvas) {
    let size = max(0.9, radius * 0.32)
    let horizontal = Path.line(
      Point(centre.x - size * 1.5, centre.y), Point(centre.x + size * 1.5, centre.y))
    switch inner {
    case .none: break
    case .dot: canvas.fill(.circle(centre, radius: size), colour)
    case .bar: canvas.stroke(horizontal, Stroke(colour, width: max(1, size * 0.8)))
    case .plus:
      var path = horizontal
      path.append(
        .line(
          Point(centre.x, centre.y - size * 1.5), Point(centre.x, centre.y + size * 1.5)))
      canvas.stroke(path, Stroke(colour, width: max(0.9, size * 0.6)))
    }
  }

  private func drawCross(at centre: Point, on canvas: any Canvas, theme: Theme) {
    let r = max(radius, 3.5) * 1.5
    var path = Path.line(Point(centre.x - r, centre.y - r), Point(centre.x + r, centre.y + r))
    path.append(.line(Point(centre.x - r, centre.y + r), Point(centre.x + r, centre.y - r)))
    canvas.stroke(path, Stroke(theme.page, width: 4))
    canvas.stroke(path, Stroke(theme.colour(.error), width: 2))
  }
}
