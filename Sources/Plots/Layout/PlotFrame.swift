/// The framed area of a plot with its axes in place.
struct PlotFrame: Sendable, Equatable {
  let rect: Rect
  let x: Axis
  let y: Axis
  /// A second y axis on the right, for the same points in another unit.
  let right: Axis?
  private let tickWidth: Double
  private let rightTickWidth: Double
  private let xTitleLines: [String]

  static let tickLength = 4.0

  /// Fits frame and axes into the area, whose margins follow from the widths of the tick labels.
  ///
  /// The y scale runs upwards unless `yDown`, which suits categories read from the top.
  init(
    in area: Rect, x: Axis, y: Axis, right: Axis? = nil, yDown: Bool = false, type: Typography,
    on canvas: any Canvas
  ) {
    func widest(_ axis: Axis) -> Double {
      axis.ticks.major.map { canvas.width(of: $0.label, type.tick) }.max() ?? 0
    }
    let gap = Self.tickLength + 3
    // Long names may take two fifths of the width; they are shortened beyond that.
    let tickWidth = min(widest(y), area.width * 0.4)
    let rightTickWidth = right.map { min(widest($0), area.width * 0.2) } ?? 0
    let title = type.axis.lineHeight
    let left = tickWidth + gap + (y.title.isEmpty ? 0 : title + 2)
    // The last tick label of the x axis is centred on the frame's edge.
    let overhang = (x.ticks.major.last.map { canvas.width(of: $0.label, type.tick) } ?? 0) / 2
    let rightMargin =
      right.map { rightTickWidth + gap + ($0.title.isEmpty ? 0 : title + 2) } ?? overhang
    let width = max(20, area.width - left - max(rightMargin, overhang))
    let xTitleLines = canvas.wrap(x.title, type.axis, width: area.width, limit: 3)
    let below =
      gap + type.tick.lineHeight + Double(xTitleLines.count) * type.axis.lineHeight + 2
    let height = max(20, area.height - below - type.tick.size / 2)
    let rect = Rect(
      x: area.x + left, y: area.y + type.tick.size / 2, width: width, height: height)
    self.rect = rect
    self.xTitleLines = xTitleLines
    self.tickWidth = tickWidth
    self.rightTickWidth = rightTickWidth
    self.x = Axis(
      x.scale.placed(from: rect.x, to: rect.maxX), title: x.title, ticks: x.ticks)
    let (start, end) = yDown ? (rect.y, rect.maxY) : (rect.maxY, rect.y)
    self.y = Axis(y.scale.placed(from: start, to: end), title: y.title, ticks: y.ticks)
    self.right = right.map {
      Axis($0.scale.placed(from: start, to: end), title: $0.title, ticks: $0.ticks)
    }
  }

  /// The place of a pair of values; nil if one has none.
  func point(_ xValue: Double, _ yValue: Double) -> Point? {
    guard let px = x.scale.position(xValue), let py = y.scale.position(yValue) else { return nil }
    return Point(px, py)
  }

  /// Whether the axes cover the pair of values.
  func contains(_ xValue: Double, _ yValue: Double) -> Bool {
    x.scale.contains(xValue) && y.scale.contains(yValue)
  }

  /// Bottom edge of the axis title.
  func bottom(_ type: Typography) -> Double {
    rect.maxY + Self.tickLength + 3 + type.tick.lineHeight + Double(xTitleLines.count)
      * type.axis.lineHeight + 2
  }

  /// The grid, to be drawn before the data.
  func drawGrid(on canvas: any Canvas, theme: Theme, x drawX: Bool = true, y: Bool = true) {
    var minor = Path()
    var major = Path()
    if drawX {
      for value in x.ticks.minor { minor.append(upright(value)) }
      for tick in x.ticks.major { major.append(upright(tick.value)) }
    }
    if y {
      for value in self.y.ticks.minor { minor.append(level(value)) }
      for tick in self.y.ticks.major { major.append(level(tick.value)) }
    }
    if !minor.elements.isEmpty { canvas.stroke(minor, Stroke(theme.minorGrid, width: 0.5)) }
    if !major.elements.isEmpty { canvas.stroke(major, Stroke(theme.grid, width: 0.8)) }
  }

  private func upright(_ value: Double) -> Path {
    let place = x.scale.place(value)
    return .line(Point(place, rect.y), Point(place, rect.maxY))
  }

  private func level(_ value: Double) -> Path {
    let place = y.scale.place(value)
    return .line(Point(rect.x, place), Point(rect.maxX, place))
  }

  /// Frame, marks, tick labels and axis titles, to be drawn after the data.
  ///
  /// - Parameter isBoxed: a frame on all sides rather than the lower line alone.
  func drawAxes(on canvas: any Canvas, theme: Theme, type: Typography, isBoxed: Bool = true) {
    let base = Path.line(Point(rect.x, rect.maxY), Point(rect.maxX, rect.maxY))
    canvas.stroke(isBoxed ? .rect(rect) : base, Stroke(theme.line, width: 0.9))
    drawX(on: canvas, theme: theme, type: type)
    drawY(y, isRight: false, width: tickWidth, on: canvas, theme: theme, type: type)
    if let right {
      drawY(right, isRight: true, width: rightTickWidth, on: canvas, theme: theme, type: type)
    }
  }

  private func drawX(on canvas: any Canvas, theme: Theme, type: Typography) {
    var marks = Path()
    let base = rect.maxY + Self.tickLength + 3
    var free = -Double.infinity
    for tick in x.ticks.major {
      let place = x.scale.place(tick.value)
      marks.append(.line(Point(place, rect.maxY), Point(place, rect.maxY + Self.tickLength)))
      // A label that would touch the one before is left out; its mark stays.
      let half = canvas.width(of: tick.label, type.tick) / 2
      guard place - half > free else { continue }
      free = place + half + 3
      canvas.text(
        tick.label, at: Point(place, base), type.tick, theme.ink, anchor: Anchor(.middle, .top))
    }
    for value in x.ticks.minor {
      let place = x.scale.place(value)
      marks.append(.line(Point(place, rect.maxY), Point(place, rect.maxY + 2)))
    }
    if !marks.elements.isEmpty { canvas.stroke(marks, Stroke(theme.line, width: 0.8)) }
    for (index, line) in xTitleLines.enumerated() {
      let y = base + type.tick.lineHeight + 2 + Double(index) * type.axis.lineHeight
      let half = canvas.width(of: line, type.axis) / 2
      // Centred below the frame, moved in where a long title would leave the page.
      let least = rect.x - leftRoom(type) + half
      let middle = max(least, min(rect.centre.x, rect.maxX + rightRoom(type) - half))
      canvas.text(
        line, at: Point(middle, y), type.axis, theme.ink, anchor: Anchor(.middle, .top))
    }
  }

  private func leftRoom(_ type: Typography) -> Double {
    tickWidth + Self.tickLength + 3 + (y.title.isEmpty ? 0 : type.axis.lineHeight + 2)
  }

  private func rightRoom(_ type: Typography) -> Double {
    guard let right else { return 0 }
    return rightTickWidth + Self.tickLength + 3
      + (right.title.isEmpty ? 0 : type.axis.lineHeight + 2)
  }

  private func drawY(
    _ axis: Axis, isRight: Bool, width: Double, on canvas: any Canvas, theme: Theme,
    type: Typography
  ) {
    let edge = isRight ? rect.maxX : rect.x
    let out = isRight ? 1.0 : -1.0
    var marks = Path()
    var used: [ClosedRange<Double>] = []
    for tick in axis.ticks.major {
      let place = axis.scale.place(tick.value)
      marks.append(.line(Point(edge, place), Point(edge + out * Self.tickLength, place)))
      let taken = place - type.tick.size * 0.5...place + type.tick.size * 0.5
      guard !used.contains(where: { $0.overlaps(taken) }) else { continue }
      used.append(taken)
      canvas.text(
        canvas.fit(tick.label, type.tick, width: width + 0.01),
        at: Point(edge + out * (Self.tickLength + 3), place), type.tick, theme.ink,
        anchor: Anchor(isRight ? .start : .end, .middle))
    }
    for value in axis.ticks.minor {
      let place = axis.scale.place(value)
      marks.append(.line(Point(edge, place), Point(edge + out * 2, place)))
    }
    if !marks.elements.isEmpty { canvas.stroke(marks, Stroke(theme.line, width: 0.8)) }
    guard !axis.title.isEmpty else { return }
    let title = canvas.fit(axis.title, type.axis, width: rect.height + 20)
    let x = edge + out * (Self.tickLength + 3 + width + 2 + type.axis.lineHeight / 2)
    canvas.text(
      title, at: Point(x, rect.centre.y), type.axis, theme.ink, anchor: .centre,
      angle: isRight ? .pi / 2 : -.pi / 2)
  }
}
