import Support

/// Draws a roofline, layer by layer.
struct RooflineRenderer {
  let chart: RooflineChart
  let model: RooflineModel
  let drawing: Drawing
  let frame: PlotFrame
  /// The legend and its place, if a corner is empty.
  private let boxed: (legend: Legend, rect: Rect)?
  /// What goes below the plot.
  private let rows: Legend
  private let lineLabels: [LineLabel]
  private let obstacles: Obstacles

  var canvas: any Canvas { drawing.canvas }
  var theme: Theme { drawing.theme }
  var type: Typography { drawing.type }

  private static let stripHeight = 14.0

  init(_ chart: RooflineChart, in drawing: Drawing) {
    self.chart = chart
    self.drawing = drawing
    let model = RooflineModel(chart)
    self.model = model
    let frame = Self.frame(chart, model, drawing)
    self.frame = frame
    let things = Self.obstacles(chart, model, drawing, frame)
    let legend = chart.legend(model, in: drawing)
    let box = drawing.layout == .wide ? legend.corner(in: things, on: drawing.canvas) : nil
    var obstacles = things
    if let box { obstacles.add(OrientedBox(box).grown(2)) }
    let names = LineNames(chart, model, drawing, frame, obstacles)
    let listed = chart.names(model, listed: names.shortened, in: drawing)
    boxed = box.map { (legend, $0) }
    rows = Legend((box == nil ? legend.items : []) + listed, style: drawing.type.label)
    self.obstacles = names.obstacles
    lineLabels = names.labels
  }

  /// Height of the legend's rows below the plot.
  var overflow: Double {
    rows.items.isEmpty
      ? 0 : rows.flowHeight(width: drawing.body.width, on: drawing.canvas) + 8
  }

  private static func frame(
    _ chart: RooflineChart, _ model: RooflineModel, _ drawing: Drawing
  ) -> PlotFrame {
    let strip = chart.zone == nil ? 0 : stripHeight
    let body = drawing.body
    let area = Rect(
      x: body.x, y: body.y + strip, width: body.width, height: max(80, body.height - strip))
    let unit = chart.axisUnit
    let y = Scale(.log, from: model.y.low / unit, to: model.y.high / unit)
    let x = Axis(model.x, title: chart.intensityTitle, ticks: .decades(model.x))
    guard case .perSecond(let clock) = chart.throughput else {
      return PlotFrame(
        in: area, x: x, y: Axis(y, title: "throughput, MAC per cycle", ticks: .decades(y)),
        type: drawing.type, on: drawing.canvas)
    }
    let left = Axis(y, title: "throughput, MMAC/s", ticks: .decades(y))
    var right: Axis?
    if RooflineModel.isGood(clock) {
      let perCycle = Scale(.log, from: model.y.low / clock, to: model.y.high / clock)
      let megahertz = Format.compact(clock / 1e6)
      right = Axis(
        perCycle, title: "MAC per cycle at \(megahertz) MHz", ticks: .decades(perCycle))
    }
    return PlotFrame(
      in: area, x: x, y: left, right: right, type: drawing.type, on: drawing.canvas)
  }

  /// Everything that labels keep off: markers, ridges and lines.
  private static func obstacles(
    _ chart: RooflineChart, _ model: RooflineModel, _ drawing: Drawing, _ frame: PlotFrame
  ) -> Obstacles {
    var obstacles = Obstacles(frame: frame.rect)
    let unit = chart.axisUnit
    func place(_ x: Double, _ y: Double) -> Point {
      Point(frame.x.scale.place(x), frame.y.scale.place(y / unit))
    }
    for index in model.shown {
      let point = chart.points[index]
      let marker = chart.marker(point, in: drawing)
      let centre = place(point.intensity, point.throughput)
      obstacles.add(marker: centre, radius: marker.reach)
      if point.isBelowQuantum {
        obstacles.add(marker: Point(centre.x - marker.reach - 5, centre.y), radius: 5)
      }
      if let low = point.low, let high = point.high {
        obstacles.add(line: [place(point.intensity, low), place(point.intensity, high)])
      }
      if let other = point.otherIntensity {
        let small = place(other, point.throughput)
        obstacles.add(marker: small, radius: 4)
        obstacles.add(line: [centre, small])
      }
    }
    for ridge in model.ridges {
      obstacles.add(marker: place(ridge.x, ridge.y), radius: RooflineRidge.radius(drawing.type))
    }
    for line in model.memory + model.ceilings {
      obstacles.add(
        line: [place(line.from.x, line.from.y), place(line.to.x, line.to.y)], thickness: 1.4)
    }
    obstacles.add(line: model.noOverlapCurve.map { place($0.x, $0.y) })
    for move in chart.moves {
      guard model.shown.contains(move.from), model.shown.contains(move.to) else { continue }
      let (a, b) = (chart.points[move.from], chart.points[move.to])
      obstacles.add(
        OrientedBox(
          from: place(a.intensity, a.throughput), to: place(b.intensity, b.throughput),
          thickness: 3))
    }
    return obstacles
  }

  func place(_ x: Double, _ y: Double) -> Point {
    Point(frame.x.scale.place(x), frame.y.scale.place(y / chart.axisUnit))
  }

  func draw() {
    drawZone()
    frame.drawGrid(on: canvas, theme: theme)
    drawLines()
    frame.drawAxes(on: canvas, theme: theme, type: type)
    if let boxed { boxed.legend.draw(in: boxed.rect, on: canvas, theme: theme) }
    var obstacles = obstacles
    for label in lineLabels {
      drawHalo(label.box)
      label.drawText(on: canvas, style: type.label, colour: theme.text(.roof))
    }
    drawMoves()
    drawPoints()
    drawRidges()
    drawLabels(&obstacles)
    let origin = Point(drawing.body.x, frame.bottom(type) + 5)
    rows.drawFlow(at: origin, width: drawing.body.width, on: canvas, theme: theme)
  }

  private func drawZone() {
    guard let zone = chart.zone, let corner = RooflineModel.corner(zone.ridge, in: chart),
      corner.x > model.x.low
    else { return }
    let rect = frame.rect
    let edge = frame.x.scale.place(min(corner.x, model.x.high))
    let strip = rect.y - Self.stripHeight
    canvas.fill(
      .rect(Rect(x: rect.x, y: strip, width: edge - rect.x, height: rect.maxY - strip)),
      theme.shade)
    let middle = strip + Self.stripHeight / 2
    drawWords(
      ["← " + zone.left, "← " + Self.beforeColon(zone.left)], room: edge - drawing.body.x - 4,
      at: Point(edge - 4, middle), colour: theme.text(.flash), anchor: .end)
    drawWords(
      [zone.right + " →", Self.beforeColon(zone.right) + " →"],
      room: drawing.body.maxX - edge - 4, at: Point(edge + 4, middle), colour: theme.soft,
      anchor: .start)
    canvas.stroke(
      .line(Point(edge, strip + 1), Point(edge, rect.maxY)),
      Stroke(theme.line, width: 0.7, dash: [1.5, 2.5]))
  }

  /// The first of the texts that fits.
  private func drawWords(
    _ texts: [String], room: Double, at point: Point, colour: Colour,
    anchor: Anchor.Horizontal
  ) {
    guard let text = texts.first(where: { canvas.width(of: $0, type.label) <= room }) else {
      return
    }
    canvas.text(text, at: point, type.label, colour, anchor: Anchor(anchor, .middle))
  }

  private static func beforeColon(_ text: String) -> String {
    String(text.prefix { $0 != ":" })
  }

  /// Hides what is behind a label, under the zone's shade where the zone is.
  func drawHalo(_ box: OrientedBox) {
    let halo = box.grown(0.5)
    canvas.fill(halo.path, theme.page.opacity(0.8))
    guard let zone = chart.zone, let corner = RooflineModel.corner(zone.ridge, in: chart) else {
      return
    }
    let edge = frame.x.scale.place(min(corner.x, model.x.high))
    let shade = theme.shade.opacity(0.8 * theme.shade.opacity)
    let bounds = halo.bounds
    if bounds.maxX <= edge {
      canvas.fill(halo.path, shade)
    } else if bounds.x < edge {
      let part = Rect(x: bounds.x, y: bounds.y, width: edge - bounds.x, height: bounds.height)
      canvas.clipped(to: part) { canvas.fill(halo.path, shade) }
    }
  }

  private func drawLines() {
    let curve = model.noOverlapCurve.map { place($0.x, $0.y) }
    if curve.count > 1 {
      canvas.stroke(Path(curve), Stroke(theme.colour(.roof), width: 0.7, isRound: true))
    }
    for line in model.ceilings + model.memory {
      let path = Path.line(place(line.from.x, line.from.y), place(line.to.x, line.to.y))
      canvas.stroke(path, RooflineChart.stroke(line, theme.colour(.roof)))
    }
  }
}
