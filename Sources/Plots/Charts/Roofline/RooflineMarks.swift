import Support

/// The numbered disc where two roofs meet.
enum RooflineRidge {
  static func radius(_ type: Typography) -> Double { type.label.size * 0.66 }

  static func text(_ ridge: RooflineModel.Ridge) -> String {
    Format.compact(ridge.x, digits: 2) + " MAC/B"
  }

  static func draw(_ number: Int, at centre: Point, on canvas: any Canvas, _ drawing: Drawing) {
    let theme = drawing.theme
    let disc = Path.circle(centre, radius: radius(drawing.type))
    canvas.stroke(disc, Stroke(theme.page, width: 2.5))
    canvas.fill(disc, theme.colour(.roof))
    canvas.text(
      String(number), at: centre, TextStyle(size: drawing.type.label.size, isBold: true),
      theme.page, anchor: .centre)
  }
}

extension RooflineRenderer {
  func drawRidges() {
    for ridge in model.ridges {
      RooflineRidge.draw(
        ridge.number, at: place(ridge.x, ridge.y), on: drawing.canvas, drawing)
    }
  }

  func drawMoves() {
    for move in chart.moves {
      guard model.shown.contains(move.from), model.shown.contains(move.to) else { continue }
      let (a, b) = (chart.points[move.from], chart.points[move.to])
      Arrow.draw(
        from: place(a.intensity, a.throughput), to: place(b.intensity, b.throughput),
        startGap: chart.marker(a, in: drawing).reach + 1,
        endGap: chart.marker(b, in: drawing).reach + 1,
        stroke: Stroke(drawing.theme.soft, width: 1.1), on: drawing.canvas)
    }
  }

  /// Large markers first, so that small ones stay visible.
  func drawPoints() {
    let order = model.shown.sorted {
      (chart.points[$1].share ?? 0, $0) < (chart.points[$0].share ?? 0, $1)
    }
    for index in order {
      let point = chart.points[index]
      let marker = chart.marker(point, in: drawing)
      let centre = place(point.intensity, point.throughput)
      drawOtherCounter(point, marker, centre)
      marker.draw(at: centre, on: drawing.canvas, theme: drawing.theme)
      // On top: an interval is often shorter than its marker is high.
      drawIntervals(point, centre, colour: drawing.theme.ink)
    }
  }

  private func drawIntervals(
    _ point: RooflineChart.DataPoint, _ centre: Point, colour: Colour
  ) {
    if let low = point.low, let high = point.high, RooflineModel.isGood(low), low < high {
      ErrorBar.draw(
        from: place(point.intensity, max(low, model.y.low)),
        to: place(point.intensity, min(high, model.y.high)), colour: colour, cap: 2, width: 0.8,
        on: drawing.canvas)
    }
    if let low = point.intensityLow, let high = point.intensityHigh, RooflineModel.isGood(low),
      low < high
    {
      ErrorBar.draw(
        from: place(max(low, model.x.low), point.throughput),
        to: place(min(high, model.x.high), point.throughput), colour: colour,
        cap: 2, width: 0.8, on: drawing.canvas)
    }
  }

  /// The same point by the other byte counter, joined by a thin line.
  private func drawOtherCounter(
    _ point: RooflineChart.DataPoint, _ marker: Marker, _ centre: Point
  ) {
    guard let other = point.otherIntensity, model.x.contains(other) else { return }
    let small = place(other, point.throughput)
    drawing.canvas.stroke(
      .line(centre, small), Stroke(drawing.theme.colour(marker.role), width: 0.7))
    let mark = Marker(marker.shape, radius: 2.6, role: marker.role, isFilled: marker.isFilled)
    mark.draw(at: small, on: drawing.canvas, theme: drawing.theme)
  }
}
