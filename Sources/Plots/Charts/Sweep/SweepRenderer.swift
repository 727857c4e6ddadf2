import Support

/// Draws a sweep: names of capacities on top, then a lane of breaks for every fitted series, then
/// the plot, through which their bands run.
struct SweepRenderer {
  let chart: SweepChart
  let drawing: Drawing
  let series: [SweepChart.Series]
  /// Series with a break to show.
  let lanes: [SweepChart.Series]
  let frame: PlotFrame
  private let capacities: [SweepChart.Capacity]
  private let legend: Legend
  private let legendBox: Rect?

  var canvas: any Canvas { drawing.canvas }
  var theme: Theme { drawing.theme }
  var type: Typography { drawing.type }

  static let kibibyte = 1024.0
  private static let laneLimit = 6

  init(_ chart: SweepChart, in drawing: Drawing) {
    self.chart = chart
    self.drawing = drawing
    let series = chart.shown
    let capacities = chart.capacities.prefix(SweepChart.capacityLimit)
      .filter { SweepChart.isGood($0.bytes) }
    let lanes = series.filter {
      $0.fit?.onset?.range != nil || $0.fit?.saturation?.range != nil
    }.prefix(Self.laneLimit)
    self.series = series
    self.capacities = capacities
    self.lanes = Array(lanes)
    legend = Self.legend(series, in: drawing)
    let above = Self.above(Array(capacities), lanes.count, drawing)
    let roomy = Self.frame(chart, series, capacities, drawing, above: above, below: 0)
    let things = Self.obstacles(series, capacities, roomy, drawing)
    legendBox = drawing.layout == .wide ? legend.corner(in: things, on: drawing.canvas) : nil
    let below =
      legendBox != nil ? 0 : legend.flowHeight(width: drawing.body.width, on: drawing.canvas) + 6
    frame =
      below == 0
      ? roomy : Self.frame(chart, series, capacities, drawing, above: above, below: below)
  }

  static func laneHeight(_ type: Typography) -> Double { type.label.lineHeight + 3 }

  /// Height of capacity names and lanes.
  private static func above(
    _ capacities: [SweepChart.Capacity], _ lanes: Int, _ drawing: Drawing
  ) -> Double {
    let line = drawing.type.label.lineHeight
    return Double(capacities.count) * line
      + (lanes > 0 ? line + Double(lanes) * laneHeight(drawing.type) + 3 : 0)
  }

  private static func frame(
    _ chart: SweepChart, _ series: [SweepChart.Series], _ capacities: [SweepChart.Capacity],
    _ drawing: Drawing, above: Double, below: Double
  ) -> PlotFrame {
    let body = drawing.body
    let area = Rect(
      x: body.x, y: body.y + above, width: body.width, height: max(80, body.height - above - below))
    let x = Scale.doublings(
      covering: (series.flatMap(\.points).map(\.bytes) + capacities.map(\.bytes)).map {
        $0 / kibibyte
      })
    var costs: [Double] = []
    for series in series {
      costs += series.points.flatMap { [$0.cost, $0.low, $0.high].compactMap(\.self) }
      costs += series.fit?.curve.map(\.cost) ?? []
    }
    let y =
      chart.isLogarithmic ? Scale.snug(covering: costs) : .nice(covering: costs, withZero: true)
    return PlotFrame(
      in: area,
      x: Axis(x, title: chart.sizeTitle + ", KiB", ticks: .doublings(x)),
      y: Axis(y, title: chart.costTitle), type: drawing.type, on: drawing.canvas)
  }

  private static func marker(_ series: SweepChart.Series, _ type: Typography) -> Marker {
    Marker(
      series.shape, radius: type.marker * 0.8, role: series.role, isFilled: series.isFilled,
      isPredicted: series.isPredicted)
  }

  private static func legend(_ series: [SweepChart.Series], in drawing: Drawing) -> Legend {
    var items = series.map { series in
      LegendItem.marker(
        drawing.canvas.fit(
          series.name + (series.isPredicted ? " (predicted)" : ""), drawing.type.label,
          width: drawing.body.width * 0.6),
        marker(series, drawing.type), theme: drawing.theme)
    }
    if series.contains(where: { $0.fit?.curve.isEmpty == false }) {
      items.append(.line("fitted curve", Stroke(drawing.theme.soft, width: 1.3)))
    }
    return Legend(items, style: drawing.type.label)
  }

  private static func point(_ point: SweepChart.DataPoint, _ frame: PlotFrame) -> Point {
    Point(
      frame.x.scale.place(point.bytes / kibibyte), frame.y.scale.place(point.cost))
  }

  private static func obstacles(
    _ series: [SweepChart.Series], _ capacities: [SweepChart.Capacity], _ frame: PlotFrame,
    _ drawing: Drawing
  ) -> Obstacles {
    var obstacles = Obstacles(frame: frame.rect)
    for series in series {
      for point in series.points {
        obstacles.add(marker: Self.point(point, frame), radius: marker(series, drawing.type).reach)
      }
      obstacles.add(line: (series.fit?.curve ?? []).map { Self.point($0, frame) })
    }
    for capacity in capacities {
      let x = frame.x.scale.place(capacity.bytes / kibibyte)
      obstacles.add(line: [Point(x, frame.rect.y), Point(x, frame.rect.maxY)])
    }
    return obstacles
  }

  func x(_ bytes: Double) -> Double? { frame.x.scale.position(bytes / Self.kibibyte) }

  /// Upper edge of the first lane.
  var lanesTop: Double {
    frame.rect.y - 3 - Double(lanes.count) * Self.laneHeight(type)
  }

  func draw() {
    drawBands()
    frame.drawGrid(on: canvas, theme: theme)
    drawCapacities()
    frame.drawAxes(on: canvas, theme: theme, type: type)
    canvas.clipped(to: frame.rect.inset(-6)) {
      // The first series lies on top.
      for series in series.reversed() { drawCurve(series) }
      for series in series.reversed() { drawPoints(series) }
    }
    drawLanes()
    if let legendBox {
      legend.draw(in: legendBox, on: canvas, theme: theme)
    } else {
      legend.drawFlow(
        at: Point(drawing.body.x, frame.bottom(type) + 5), width: drawing.body.width, on: canvas,
        theme: theme)
    }
  }

  /// A line through lanes and plot, with name and size on top.
  private func drawCapacities() {
    var y = drawing.body.y
    for capacity in capacities {
      guard let x = x(capacity.bytes) else { continue }
      let size = SizeText.kibibytes(capacity.bytes)
      let name = CleanText(capacity.name).string
      let text = canvas.fit(
        name.isEmpty ? size : "\(name): \(size)", type.label,
        width: drawing.body.maxX - frame.rect.x)
      let half = canvas.width(of: text, type.label) / 2
      // Not over the axis title, which may be longer than the axis.
      let middle = min(max(x, frame.rect.x + half), drawing.body.maxX - half)
      canvas.text(
        text, at: Point(middle, y), type.label, theme.ink, anchor: Anchor(.middle, .top))
      y += type.label.lineHeight
      canvas.stroke(.line(Point(x, y), Point(x, frame.rect.maxY)), Stroke(theme.ink, width: 1.3))
    }
  }

  private func drawCurve(_ series: SweepChart.Series) {
    let points = (series.fit?.curve ?? []).map { Self.point($0, frame) }
    guard points.count > 1 else { return }
    canvas.stroke(
      Path(points),
      Stroke(
        theme.colour(series.role), width: 1.3, dash: series.isPredicted ? [4, 2.5] : [],
        isRound: true))
  }

  private func drawPoints(_ series: SweepChart.Series) {
    let marker = Self.marker(series, type)
    for point in series.points {
      let centre = Self.point(point, frame)
      if let low = point.low.flatMap(frame.y.scale.position),
        let high = point.high.flatMap(frame.y.scale.position)
      {
        ErrorBar.draw(
          from: Point(centre.x, low), to: Point(centre.x, high),
          colour: theme.colour(series.role), on: canvas)
      }
      marker.draw(at: centre, on: canvas, theme: theme)
    }
  }
}

/// Sizes in words.
enum SizeText {
  /// "16 KiB", "16.2 KiB".
  static func kibibytes(_ bytes: Double) -> String {
    number(bytes) + " KiB"
  }

  /// "16", "16.2".
  static func number(_ bytes: Double) -> String {
    let value = bytes / SweepRenderer.kibibyte
    let isWhole = value.rounded() == value && abs(value) < 1e6
    return isWhole ? Format.fixed(value, places: 0) : Format.compact(value)
  }
}
