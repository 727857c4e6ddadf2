/// Predicted against measured, both logarithmic, around the identity.
struct PredictionScatter {
  let chart: PredictionChart
  let points: [PredictionChart.DataPoint]
  let drawing: Drawing
  private let scale: Scale

  private var canvas: any Canvas { drawing.canvas }
  private var theme: Theme { drawing.theme }
  private var type: Typography { drawing.type }

  init(_ chart: PredictionChart, _ points: [PredictionChart.DataPoint], in drawing: Drawing) {
    self.chart = chart
    self.points = points
    self.drawing = drawing
    var values: [Double] = []
    for point in points {
      values += [point.measured, point.predicted]
      for range in [point.predictedRange, point.measuredRange].compactMap(\.self) {
        // A huge interval must not squeeze the points together.
        values += [
          max(range.lowerBound, point.predicted / 10), min(range.upperBound, point.predicted * 10),
        ]
      }
    }
    let least = (values.min() ?? 1) / 1.25
    let most = (values.max() ?? 10) * 1.25
    scale = .snug(covering: [least, most])
  }

  private func marker(_ point: PredictionChart.DataPoint) -> Marker {
    Marker(
      radius: type.marker * 0.9, role: chart.series.role(point.series), isFilled: point.isFilled)
  }

  private func frame(in area: Rect) -> PlotFrame {
    let isDetailed = drawing.layout == .wide && scale.high / scale.low < 3_000
    let ticks = Ticks.automatic(scale, between: isDetailed)
    return PlotFrame(
      in: area, x: Axis(scale, title: "measured, \(chart.unit)", ticks: ticks),
      y: Axis(scale, title: "predicted, \(chart.unit)", ticks: ticks), type: type, on: canvas)
  }

  /// Height at which the frame is a square, so that the identity rises at 45 degrees.
  func height(width: Double) -> Double {
    let probe = frame(in: Rect(x: 0, y: 0, width: width, height: width))
    return width + probe.rect.width - probe.rect.height
  }

  func draw(in area: Rect) {
    let frame = frame(in: area)
    drawBand(frame)
    frame.drawGrid(on: canvas, theme: theme)
    let (start, end) = (
      Point(frame.rect.x, frame.rect.maxY), Point(frame.rect.maxX, frame.rect.y)
    )
    canvas.stroke(.line(start, end), Stroke(theme.ink, width: 1))
    frame.drawAxes(on: canvas, theme: theme, type: type)
    var obstacles = Obstacles(frame: frame.rect.inset(2))
    let centres = points.map {
      Point(frame.x.scale.place($0.measured), frame.y.scale.place($0.predicted))
    }
    for (point, centre) in zip(points, centres) {
      obstacles.add(marker: centre, radius: marker(point).reach)
    }
    for name in ["predicted = measured", "identity"] {
      guard
        let label = LineLabel.place(
          name, from: start, to: end, prefer: 0.72, style: type.label, obstacles: obstacles,
          on: canvas)
      else { continue }
      label.draw(on: canvas, style: type.label, colour: theme.soft, page: theme.page)
      obstacles.add(label.box.grown(1))
      break
    }
    obstacles.add(line: [start, end])
    canvas.clipped(to: frame.rect) { drawIntervals(frame, centres) }
    // The last drawn lies on top: let the small times be seen among the large.
    for (point, centre) in zip(points, centres).reversed() {
      marker(point).draw(at: centre, on: canvas, theme: theme)
    }
    drawLabels(obstacles, centres)
  }

  private func drawBand(_ frame: PlotFrame) {
    guard chart.band.isFinite, chart.band > 0, chart.band < 1 else { return }
    func edge(_ factor: Double) -> [Point] {
      [scale.low, scale.high].map {
        Point(frame.x.scale.place($0), frame.y.scale.place($0 * factor))
      }
    }
    canvas.clipped(to: frame.rect) {
      canvas.fill(
        Path(edge(1 + chart.band) + edge(1 - chart.band).reversed(), closed: true),
        theme.soft.opacity(0.35))
    }
  }

  private func drawIntervals(_ frame: PlotFrame, _ centres: [Point]) {
    for (point, centre) in zip(points, centres) {
      let colour = theme.colour(chart.series.role(point.series))
      if let range = point.predictedRange {
        ErrorBar.draw(
          from: Point(centre.x, frame.y.scale.place(range.lowerBound)),
          to: Point(centre.x, frame.y.scale.place(range.upperBound)), colour: colour, on: canvas)
      }
      if let range = point.measuredRange {
        ErrorBar.draw(
          from: Point(frame.x.scale.place(range.lowerBound), centre.y),
          to: Point(frame.x.scale.place(range.upperBound), centre.y), colour: colour, on: canvas)
      }
    }
  }

  /// The worst first: at most eight.
  private func drawLabels(_ obstacles: Obstacles, _ centres: [Point]) {
    var placer = LabelPlacer(obstacles: obstacles, style: type.label)
    let requests = zip(points, centres).map { point, centre in
      LabelRequest(
        canvas.fit(point.label, type.label, width: 120), at: centre, radius: marker(point).reach,
        priority: abs(point.residual))
    }
    let limit = drawing.layout == .wide ? 8 : 6
    for label in placer.place(requests, limit: limit, on: canvas) {
      label.draw(
        on: canvas, style: type.label,
        colour: theme.text(chart.series.role(points[label.request].series)), leader: theme.line,
        page: theme.page)
    }
  }
}
