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
          "±\(NumberText.significant(chart.band * 100, 2)) %", drawing.theme.grid))
    }
    if points.contains(where: { $0.leftOut != nil }) {
      items.append(
        LegendItem("error when left out of the fit") { canvas, centre in
          LeftOutMark.draw(at: centre, colour: drawing.theme.soft, on: canvas)
        })
    }
    return Legend(items, style: drawing.type.label)
  }

  private var legendHeight: Double {
    legend.items.isEmpty
      ? 0 : legend.flowHeight(width: drawing.body.width, on: drawing.canvas) + 6
  }

  private var scatterHeight: Double { points.isEmpty ? 0 : isWide ? 330 : 235 }

  var naturalHeight: Double {
    let below = rows.naturalHeight
    if isWide { return max(scatterHeight, below, 120) + legendHeight }
    return max(120, scatterHeight + (below > 0 ? Self.gap : 0) + below + legendHeight)
  }

  func draw() {
    let body = drawing.body
    guard !points.isEmpty || !chart.predictions.isEmpty else {
      drawing.canvas.text(
        "no predictions to show", at: body.centre, drawing.type.axis, drawing.theme.soft,
        anchor: .centre)
      return
    }
    legend.drawFlow(
      at: Point(body.x, body.y), width: body.width, on: drawing.canvas, theme: drawing.theme)
    let area = Rect(
      x: body.x, y: body.y + legendHeight, width: body.width,
      height: max(60, body.height - legendHeight))
    guard !points.isEmpty else {
      rows.draw(in: area)
      return
    }
    let scatter = PredictionScatter(chart, points, in: drawing)
    if isWide {
      let width = area.width - Self.gutter - rows.width
      scatter.draw(
        in: Rect(
          x: area.x, y: area.y, width: width, height: min(area.height, width + 40)))
      rows.draw(
        in: Rect(x: area.maxX - rows.width, y: area.y, width: rows.width, height: area.height))
    } else {
      let height = min(
        max(area.height - rows.naturalHeight - Self.gap, area.height * 0.4), scatterHeight)
      scatter.draw(in: Rect(x: area.x, y: area.y, width: area.width, height: height))
      let top = area.y + height + Self.gap
      rows.draw(in: Rect(x: area.x, y: top, width: area.width, height: area.maxY - top))
    }
  }
}

/// A small cross: the error of a run that the fit did not know.
enum LeftOutMark {
  static func draw(at centre: Point, colour: Colour, on canvas: any Canvas) {
    let r = 3.0
    var path = Path.line(Point(centre.x - r, centre.y - r), Point(centre.x + r, centre.y + r))
    path.append(.line(Point(centre.x - r, centre.y + r), Point(centre.x + r, centre.y - r)))
    canvas.stroke(path, Stroke(colour, width: 1.3))
  }
}
