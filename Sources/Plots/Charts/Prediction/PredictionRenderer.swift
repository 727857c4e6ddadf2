import Support

/// Lays out the panels: the scatter on the left and the rows on the right, or below each other.
struct PredictionRenderer {
  let chart: PredictionChart
  let drawing: Drawing
  let points: [PredictionChart.DataPoint]
  private let legend: Legend
  private let rows: PredictionRows
  private let isWide: Bool

  private static let gutter = 20.0
  private static let gap = 10.0

  init(_ chart: PredictionChart, in drawing: Drawing) {
    self.chart = chart
    self.drawing = drawing
    isWide = drawing.layout == .wide
    points = chart.shown
    legend = Self.legend(chart, points, in: drawing)
    let width = drawing.body.width
    let rowWidth = isWide ? (width - Self.gutter) * 0.52 : width
    rows = PredictionRows(chart, points, width: rowWidth, in: drawing)
  }

  private static func legend(
    _ chart: PredictionChart, _ points: [PredictionChart.DataPoint], in drawing: Drawing
  ) -> Legend {
    let used = Set(points.map(\.series) + chart.predictions.map(\.series))
    var items: [LegendItem] = []
    func add(_ text: String, _ marker: Marker) {
      items.append(.marker(text, marker, theme: drawing.theme))
    }
    for (index, series) in chart.series.prefix(8).enumerated() where used.contains(index) {
      add(series.name, Marker(radius: 4, role: series.role))
    }
    let fills = Set(points.map(\.isFilled) + chart.predictions.map(\.isFilled))
    if fills.count > 1 {
      add(chart.filledName, Marker(radius: 4, role: .doubtful))
      add(chart.hollowName, Marker(radius: 4, role: .doubtful, isFilled: false))
    }
    if !chart.predictions.isEmpty {
      add(
        "not measured", Marker(radius: 4, role: .doubtful, isFilled: false, isPredicted: true))
    }
    if !points.isEmpty {
      items.append(
        .swatch(
          "±\(Format.number(chart.band * 100)) %", drawing.theme.soft.opacity(0.35)))
    }
    if points.contains(where: { $0.leftOut != nil }) {
      items.append(
        LegendItem("error when left out of the fit") { canvas, centre in
          LeftOutMark.draw(at: centre, colour: drawing.theme.soft, on: canvas)
        })
    }
    if points.count > 1 {
      items.append(
        LegendItem("largest error") { canvas, centre in
          WorstMark.draw(at: centre, theme: drawing.theme, on: canvas)
        })
    }
    return Legend(items, style: drawing.type.label)
  }

  /// Of scatter and legend; the rest on a page is the rows'.
  private var leftWidth: Double {
    isWide && !points.isEmpty
      ? drawing.body.width - Self.gutter - rows.width : drawing.body.width
  }

  private var legendHeight: Double {
    legend.items.isEmpty ? 0 : legend.flowHeight(width: leftWidth, on: drawing.canvas) + 6
  }

  private var scatterHeight: Double {
    points.isEmpty ? 0 : PredictionScatter(chart, points, in: drawing).height(width: leftWidth)
  }

  var naturalHeight: Double {
    let rows = rows.naturalHeight
    guard !points.isEmpty else { return max(60, rows + legendHeight) }
    if isWide { return max(scatterHeight + legendHeight, rows) }
    return max(120, scatterHeight + legendHeight + (rows > 0 ? Self.gap : 0) + rows)
  }

  /// With a scatter of at least this height.
  private static let leastScatter = 150.0

  var leastHeight: Double {
    let scatter = points.isEmpty ? 0 : min(scatterHeight, Self.leastScatter)
    if isWide && !points.isEmpty { return max(scatter + legendHeight, rows.leastHeight) }
    return scatter + legendHeight + (points.isEmpty ? 0 : Self.gap) + rows.leastHeight
  }

  func draw() {
    var body = drawing.body
    body.height = max(body.height, leastHeight)
    guard !points.isEmpty || !chart.predictions.isEmpty else {
      drawing.canvas.text(
        "no predictions to show", at: body.centre, drawing.type.axis, drawing.theme.soft,
        anchor: .centre)
      return
    }
    guard !points.isEmpty else {
      drawLegend(at: body.y)
      let top = body.y + legendHeight
      rows.draw(in: Rect(x: body.x, y: top, width: body.width, height: body.maxY - top))
      return
    }
    let scatter = PredictionScatter(chart, points, in: drawing)
    let room = body.height - legendHeight
    if isWide {
      let height = min(scatterHeight, room)
      scatter.draw(in: Rect(x: body.x, y: body.y, width: leftWidth, height: height))
      drawLegend(at: body.y + height + 6)
      rows.draw(
        in: Rect(x: body.maxX - rows.width, y: body.y, width: rows.width, height: body.height))
    } else {
      let height = min(scatterHeight, max(room - rows.naturalHeight - Self.gap, Self.leastScatter))
      scatter.draw(in: Rect(x: body.x, y: body.y, width: body.width, height: height))
      drawLegend(at: body.y + height + 6)
      let top = body.y + height + legendHeight + Self.gap
      rows.draw(in: Rect(x: body.x, y: top, width: body.width, height: body.maxY - top))
    }
  }

  private func drawLegend(at y: Double) {
    legend.drawFlow(
      at: Point(drawing.body.x, y), width: leftWidth, on: drawing.canvas, theme: drawing.theme)
  }
}

/// A small cross: the error of a run that the fit did not know.
enum LeftOutMark {
  static func draw(
    at centre: Point, colour: Colour, halo: Colour? = nil, on canvas: any Canvas
  ) {
    let r = 3.0
    var path = Path.line(Point(centre.x - r, centre.y - r), Point(centre.x + r, centre.y + r))
    path.append(.line(Point(centre.x - r, centre.y + r), Point(centre.x + r, centre.y - r)))
    if let halo { canvas.stroke(path, Stroke(halo, width: 3)) }
    canvas.stroke(path, Stroke(colour, width: 1.3))
  }
}

/// A ring around the largest error.
enum WorstMark {
  static func draw(at centre: Point, theme: Theme, on canvas: any Canvas) {
    canvas.stroke(.circle(centre, radius: 5.6), Stroke(theme.colour(.error), width: 1.4))
  }
}
