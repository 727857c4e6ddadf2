import Support

/// Draws stacked bars.
struct BreakdownRenderer {
  let chart: BreakdownChart
  let drawing: Drawing
  private let rows: [(row: BreakdownChart.Row, bars: [Double]?)]
  private let table: RowTable
  private let legend: Legend

  private var canvas: any Canvas { drawing.canvas }
  private var theme: Theme { drawing.theme }
  private var type: Typography { drawing.type }

  init(_ chart: BreakdownChart, in drawing: Drawing) {
    self.chart = chart
    self.drawing = drawing
    let rows = chart.rows.prefix(RowTable.limit).map { (row: $0, bars: chart.bars($0)) }
    self.rows = rows
    let isStacked = drawing.layout == .compact
    let scale = Self.scale(rows.compactMap(\.bars))
    let title =
      chart.scale == .share
      ? "share of the run's \(chart.quantity), %" : "\(chart.quantity), \(chart.unit)"
    table = RowTable(
      rows.map { row, _ in
        let total = row.total.isFinite ? Format.compact(row.total) + " " + chart.unit : "–"
        return RowTable.Row(name: row.label, values: [total], mark: 14)
      },
      columns: ["total"], axis: Axis(scale, title: title), width: drawing.body.width,
      header: isStacked ? 0 : drawing.type.label.lineHeight + 2, isStacked: isStacked,
      mark: 0.5, in: drawing)
    let items = chart.parts.prefix(BreakdownChart.partLimit).map {
      LegendItem.bar($0.name, $0.pattern, drawing.theme.colour($0.role), theme: drawing.theme)
    }
    legend = Legend(items, style: drawing.type.label)
  }

  private static func scale(_ rows: [[Double]]) -> Scale {
    var values = [0.0]
    for bars in rows {
      values.append(bars.filter { $0 > 0 }.reduce(0, +))
      values.append(bars.filter { $0 < 0 }.reduce(0, +))
    }
    // A fraction of a percent left of zero is not worth a tick of its own.
    let most = values.max() ?? 0
    let least = values.min() ?? 0
    let nice = Scale.nice(covering: values, withZero: true)
    return Scale(
      .linear, from: least >= 0 ? 0 : max(nice.low, least - most * 0.01),
      to: most <= 0 ? 1 : min(nice.high, max(most * 1.01, most - least * 0.01)))
  }

  private var legendHeight: Double {
    legend.items.isEmpty ? 0 : legend.flowHeight(width: drawing.body.width, on: canvas) + 6
  }

  var naturalHeight: Double { table.naturalHeight + legendHeight }
  var leastHeight: Double { table.leastHeight(rows: 3) + legendHeight }

  func draw() {
    let body = drawing.body
    // Above the bars, in the order in which they are stacked.
    legend.drawFlow(at: Point(body.x, body.y), width: body.width, on: canvas, theme: theme)
    let panel = table.placed(
      at: Point(body.x, body.y + legendHeight),
      height: max(body.height, leastHeight) - legendHeight,
      notGiven: chart.rows.count - rows.count)
    panel.drawBack()
    for place in panel.places {
      let zone = panel.zone(place)
      guard let bars = rows[place.index].bars else {
        canvas.text(
          canvas.fit("no usable numbers", type.label, width: zone.width),
          at: Point(zone.x + 3, zone.y + zone.height / 2), type.label, theme.soft,
          anchor: Anchor(.start, .middle))
        continue
      }
      draw(bars, in: zone, panel)
    }
    panel.drawLine(at: 0, Stroke(theme.ink, width: 1))
    panel.drawTexts()
  }

  private func draw(_ bars: [Double], in zone: Rect, _ panel: RowPanel) {
    var (right, left) = (0.0, 0.0)
    for (part, length) in zip(chart.parts, bars) where length != 0 {
      let from = length > 0 ? right : left
      let to = from + length
      if length > 0 { right = to } else { left = to }
      let a = panel.frame.x.scale.place(min(from, to))
      let b = panel.frame.x.scale.place(max(from, to))
      let rect = Rect(x: a, y: zone.y, width: b - a, height: zone.height)
      part.pattern.draw(
        in: rect, colour: theme.colour(part.role), on: canvas, theme: theme)
      label(length, part, in: rect)
    }
  }

  /// The value inside its segment, if it fits.
  private func label(_ value: Double, _ part: BreakdownChart.Part, in rect: Rect) {
    let text =
      chart.scale == .share
      ? Format.fixed(value, places: abs(value) < 9.95 ? 1 : 0) : Format.compact(value)
    let box = canvas.box(of: text, at: rect.centre, type.label, anchor: .centre)
    guard box.width + 4 <= rect.width, box.height <= rect.height + 2 else { return }
    let ground = part.pattern.ground(theme.colour(part.role), theme)
    let ink = theme.ink.contrast(to: ground) >= theme.page.contrast(to: ground)
    if part.pattern != .solid {
      // Lines would run through the figures.
      let halo = OrientedBox(
        centre: rect.centre, width: box.width + 3, height: min(box.height, rect.height - 2))
      canvas.fill(halo.path, ground)
    }
    canvas.text(
      text, at: rect.centre, type.label, ink ? theme.ink : theme.page, anchor: .centre)
  }
}
