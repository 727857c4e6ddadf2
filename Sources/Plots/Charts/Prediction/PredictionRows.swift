import Support

/// The panels of rows: residuals, and predictions without a measurement.
struct PredictionRows {
  let width: Double
  private let drawing: Drawing
  private let chart: PredictionChart
  private let measured: [PredictionChart.DataPoint]
  private let predictions: [PredictionChart.Prediction]
  private let residuals: RowTable?
  private let unmeasured: RowTable?
  private let worst: Int?

  private var canvas: any Canvas { drawing.canvas }
  private var theme: Theme { drawing.theme }
  private var type: Typography { drawing.type }
  private var titleHeight: Double { type.axis.lineHeight + 2 }
  private static let gap = 12.0
  private static let limit = 30

  init(
    _ chart: PredictionChart, _ points: [PredictionChart.DataPoint], width: Double,
    in drawing: Drawing
  ) {
    self.chart = chart
    self.drawing = drawing
    self.width = width
    let measured = Self.chosen(points)
    let predictions = Array(
      chart.predictions.filter { PredictionChart.isGood($0.predicted) }.prefix(Self.limit))
    self.measured = measured
    self.predictions = predictions
    let isStacked = drawing.layout == .compact
    worst = measured.indices.max { Self.size(measured[$0]) < Self.size(measured[$1]) }
    let header = isStacked ? 0 : drawing.type.label.lineHeight + 2
    residuals =
      measured.isEmpty
      ? nil
      : RowTable(
        Self.rows(measured, isStacked: isStacked), columns: ["fitted", "left out"],
        axis: Self.axis(measured), width: width,
        header: header, isStacked: isStacked, mark: 0.34, in: drawing)
    func value(_ prediction: PredictionChart.Prediction) -> String {
      let range = PredictionChart.range(prediction.low, prediction.high)
      return Format.interval(
        prediction.predicted, low: range?.lowerBound, high: range?.upperBound)
    }
    unmeasured =
      predictions.isEmpty
      ? nil
      : RowTable(
        predictions.map {
          RowTable.Row(
            name: $0.label,
            values: [value($0) + (isStacked ? " " + chart.unit : "")])
        }, columns: [chart.unit], axis: Self.axis(predictions, chart.unit), width: width,
        header: header, isStacked: isStacked, mark: 0.34, in: drawing)
  }

  private static func size(_ point: PredictionChart.DataPoint) -> Double {
    max(abs(point.residual), abs(point.leftOut ?? 0))
  }

  /// In the order given; of too many those with the largest errors.
  private static func chosen(_ points: [PredictionChart.DataPoint]) -> [PredictionChart.DataPoint] {
    guard points.count > limit else { return points }
    let order = points.indices.sorted { (size(points[$1]), $0) < (size(points[$0]), $1) }
    return order.prefix(limit).sorted().map { points[$0] }
  }

  private static func rows(
    _ points: [PredictionChart.DataPoint], isStacked: Bool
  ) -> [RowTable.Row] {
    let most = points.map(size).max() ?? 0
    let decimals = most < 9.995 ? 2 : most < 999 ? 1 : 0
    func text(_ percent: Double) -> String {
      abs(percent) < 1e7
        ? Format.signed(percent, places: decimals) : Format.compact(percent)
    }
    return points.map { point in
      let left = point.leftOut.map(text) ?? "–"
      let fitted = text(point.residual)
      return RowTable.Row(
        name: point.label,
        values: isStacked
          ? [fitted + " %", point.leftOut == nil ? "" : "left out " + left + " %"] : [fitted, left])
    }
  }

  /// Symmetric around zero.
  private static func scale(_ points: [PredictionChart.DataPoint]) -> Scale {
    let most = min(points.map(size).max() ?? 1, 1e9)
    let step = Ticks.niceStep(2 * max(most, 1e-6) * 1.08, count: 4)
    let end = (max(most, 1e-6) * 1.08 / step).rounded(.up) * step
    return Scale(.linear, from: -end, to: end)
  }

  private static func axis(_ points: [PredictionChart.DataPoint]) -> Axis {
    let scale = scale(points)
    return Axis(
      scale, title: "predicted / measured − 1, %", ticks: .automatic(scale, count: 4))
  }

  private static func axis(_ predictions: [PredictionChart.Prediction], _ unit: String) -> Axis {
    var values: [Double] = []
    for prediction in predictions {
      values += [prediction.predicted / 1.15, prediction.predicted * 1.15]
      if let range = PredictionChart.range(prediction.low, prediction.high) {
        values += [
          max(range.lowerBound, prediction.predicted / 10),
          min(range.upperBound, prediction.predicted * 10),
        ]
      }
    }
    let scale = Scale.snug(covering: values)
    let ticks = Ticks.automatic(scale, between: scale.high / scale.low < 1_000)
    return Axis(scale, title: "predicted, \(unit)", ticks: ticks)
  }

  private var tables: [RowTable] { [residuals, unmeasured].compactMap(\.self) }

  private func height(_ table: RowTable, isTight: Bool) -> Double {
    (isTight ? min(table.leastHeight(rows: 3), table.naturalHeight) : table.naturalHeight)
      + titleHeight
  }

  private func total(isTight: Bool) -> Double {
    tables.reduce(0) { $0 + height($1, isTight: isTight) }
      + Self.gap * Double(max(0, tables.count - 1))
  }

  var naturalHeight: Double { total(isTight: false) }
  var leastHeight: Double { total(isTight: true) }

  func draw(in area: Rect) {
    let (least, natural) = (leastHeight, naturalHeight)
    let share = natural > least ? min(1, max(0, (area.height - least) / (natural - least))) : 1
    func height(of table: RowTable) -> Double {
      let tight = self.height(table, isTight: true)
      return tight + (self.height(table, isTight: false) - tight) * share
    }
    var y = area.y
    if let residuals {
      let height = height(of: residuals)
      let panel = place(
        residuals, "error of the prediction", Point(area.x, y), height,
        notGiven: chart.shown.count - measured.count)
      drawResiduals(panel)
      y += height + Self.gap
    }
    if let unmeasured {
      let good = chart.predictions.lazy.filter { PredictionChart.isGood($0.predicted) }.count
      let panel = place(
        unmeasured, "predicted only: not measured", Point(area.x, y), height(of: unmeasured),
        notGiven: good - predictions.count)
      drawPredictions(panel)
    }
  }

  private func place(
    _ table: RowTable, _ title: String, _ origin: Point, _ height: Double, notGiven: Int
  ) -> RowPanel {
    let bold = TextStyle(size: type.axis.size, isBold: true)
    canvas.text(
      canvas.fit(title, bold, width: table.width), at: origin, bold, theme.ink,
      anchor: Anchor(.start, .top))
    return table.placed(
      at: Point(origin.x, origin.y + titleHeight), height: height - titleHeight,
      notGiven: notGiven)
  }

  private func drawResiduals(_ panel: RowPanel) {
    drawBand(panel)
    panel.drawBack()
    panel.drawLine(at: 0, Stroke(theme.ink, width: 1))
    panel.drawTexts()
    for place in panel.places {
      let point = measured[place.index]
      let zone = panel.zone(place)
      let y = zone.y + zone.height / 2
      let role = chart.series.role(point.series)
      let spots = [panel.x(point.residual), point.leftOut.flatMap(panel.x)]
      let marker = Marker(radius: type.marker * 0.75, role: role, isFilled: point.isFilled)
      if let dot = spots[0] { marker.draw(at: Point(dot, y), on: canvas, theme: theme) }
      if let cross = spots[1] {
        LeftOutMark.draw(
          at: Point(cross, y), colour: theme.colour(role), halo: theme.page, on: canvas)
      }
      let far = abs(point.leftOut ?? 0) > abs(point.residual) ? spots[1] : spots[0]
      if place.index == worst, measured.count > 1, let far {
        WorstMark.draw(at: Point(far, y), theme: theme, on: canvas)
      }
    }
  }

  /// The band of the scatter, where the axis reaches that far.
  private func drawBand(_ panel: RowPanel) {
    let percent = chart.band * 100
    let scale = panel.frame.x.scale
    guard percent.isFinite, percent > 0, percent < scale.high else { return }
    let (a, b) = (scale.place(-percent), scale.place(percent))
    let rect = panel.frame.rect
    canvas.fill(.rect(Rect(x: a, y: rect.y, width: b - a, height: rect.height)), theme.minorGrid)
  }

  private func drawPredictions(_ panel: RowPanel) {
    panel.drawBack()
    panel.drawTexts()
    for place in panel.places {
      let prediction = predictions[place.index]
      let zone = panel.zone(place)
      let y = zone.y + zone.height / 2
      let role = chart.series.role(prediction.series)
      let marker = Marker(
        radius: type.marker * 0.8, role: role, isFilled: prediction.isFilled, isPredicted: true)
      if let range = PredictionChart.range(prediction.low, prediction.high) {
        IntervalBar.draw(
          range, at: y, on: panel.frame, colour: theme.colour(role), isDashed: true,
          reach: marker.reach, canvas)
      }
      guard let x = panel.x(prediction.predicted) else { continue }
      marker.draw(at: Point(x, y), on: canvas, theme: theme)
    }
  }
}
