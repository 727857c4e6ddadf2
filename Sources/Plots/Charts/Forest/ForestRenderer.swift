import Support

/// Draws a forest plot.
struct ForestRenderer {
  let chart: ForestChart
  let drawing: Drawing
  let table: RowTable
  /// The chart's row behind each row of the table; nil for a board's name.
  private let sources: [(row: ForestChart.Row, role: Role)?]
  /// Rows that are not even looked at.
  private let beyond: Int

  private var canvas: any Canvas { drawing.canvas }
  private var theme: Theme { drawing.theme }
  private var type: Typography { drawing.type }

  init(_ chart: ForestChart, in drawing: Drawing) {
    self.chart = chart
    self.drawing = drawing
    let isStacked = drawing.layout == .compact
    var rows: [RowTable.Row] = []
    var sources: [(row: ForestChart.Row, role: Role)?] = []
    var count = 0
    for group in chart.groups {
      if count >= RowTable.limit { break }
      if !group.name.isEmpty {
        rows.append(
          RowTable.Row(
            name: group.name, isHeading: true, colour: drawing.theme.text(group.role)))
        sources.append(nil)
      }
      for row in group.rows.prefix(RowTable.limit - count) {
        rows.append(Self.row(row, isStacked: isStacked))
        sources.append((row, group.role))
        count += 1
      }
    }
    beyond = chart.groups.reduce(0) { $0 + $1.rows.count } - count
    self.sources = sources
    let scale = Self.scale(sources.compactMap { $0?.row })
    let line = drawing.type.label.lineHeight
    table = RowTable(
      rows, columns: ["ratio [\(chart.level.map { Format.confidence($0) } ?? "interval")]", "n"],
      axis: Axis(scale, title: chart.axisTitle, ticks: Self.ticks(scale)),
      width: drawing.body.width, header: 2 * line + 4, isStacked: isStacked, mark: 0.38,
      in: drawing)
  }

  private static func row(_ row: ForestChart.Row, isStacked: Bool) -> RowTable.Row {
    let interval = row.interval
    let value =
      row.isGood
      ? Format.interval(row.ratio, low: interval?.lowerBound, high: interval?.upperBound) : "–"
    let count = row.count.map { Format.grouped($0) }
    let number = count.map { isStacked ? "n \($0)" : $0 } ?? (isStacked ? "" : "–")
    return RowTable.Row(name: row.label, values: [value, number])
  }

  /// Covers all ratios and 1 with some room on both sides for the words. Intervals are covered up
  /// to a factor of 10 beyond the ratios; an arrow says that one goes on.
  private static func scale(_ rows: [ForestChart.Row]) -> Scale {
    let ratios = rows.filter(\.isGood).map(\.ratio)
    let least = min(ratios.min() ?? 1, 1)
    let most = max(ratios.max() ?? 1, 1)
    var values = [least / 1.15, most * 1.15, 0.6, 1.6]
    for interval in rows.compactMap(\.interval) {
      values += [max(interval.lowerBound, least / 10), min(interval.upperBound, most * 10)]
    }
    return .snug(covering: values)
  }

  private static func ticks(_ scale: Scale) -> Ticks {
    .automatic(scale, between: scale.high / scale.low < 3_000)
  }

  func draw() {
    let height = max(drawing.body.height, table.leastHeight(rows: 3))
    let panel = table.placed(
      at: Point(drawing.body.x, drawing.body.y), height: height, notGiven: beyond)
    drawSides(panel)
    panel.drawBack()
    panel.drawLine(at: 1, Stroke(theme.ink, width: 1.2))
    panel.drawTexts()
    for place in panel.places {
      guard let source = sources[place.index] else { continue }
      draw(source.row, source.role, in: panel.zone(place), panel)
    }
  }

  /// Words and a light shade for the two sides of 1.
  private func drawSides(_ panel: RowPanel) {
    let rect = panel.frame.rect
    guard let one = panel.x(1) else { return }
    let line = type.label.lineHeight
    canvas.fill(
      .rect(Rect(x: one, y: rect.y, width: rect.maxX - one, height: rect.height)), theme.shade)
    let same = "1 = same speed"
    let half = canvas.width(of: same, type.label) / 2
    let middle = min(max(one, drawing.body.x + half), drawing.body.maxX - half)
    let words = rect.y - line - 5
    canvas.text(
      same, at: Point(middle, words), type.label, theme.ink, anchor: Anchor(.middle, .bottom))
    canvas.stroke(
      .line(Point(one, words + 1), Point(one, rect.y)), Stroke(theme.ink, width: 1.2))
    let left = canvas.fit("← " + chart.below, type.label, width: one - 5 - drawing.body.x)
    let right = canvas.fit(chart.above + " →", type.label, width: rect.maxX - one - 5)
    for (text, x, side) in [
      (left, one - 5, Anchor.Horizontal.end), (right, one + 5, .start),
    ] where !text.isEmpty {
      canvas.text(
        text, at: Point(x, rect.y - 4), type.label, theme.soft, anchor: Anchor(side, .bottom))
    }
  }

  private func draw(_ row: ForestChart.Row, _ role: Role, in zone: Rect, _ panel: RowPanel) {
    let y = zone.y + zone.height / 2
    guard row.isGood, let x = panel.x(row.ratio) else {
      remark(row.reason ?? "no ratio", from: zone.x, to: zone.x + 3, y, in: zone, one: nil)
      return
    }
    let marker = Marker(
      radius: type.marker * 0.85, role: role, isPredicted: row.isPredicted)
    if let interval = row.interval {
      IntervalBar.draw(
        interval, at: y, on: panel.frame, colour: theme.colour(role), isDashed: row.isPredicted,
        reach: marker.reach, canvas)
    }
    marker.draw(at: Point(x, y), on: canvas, theme: theme)
    if row.interval == nil, let reason = row.reason {
      remark(
        reason, from: x - marker.reach - 4, to: x + marker.reach + 4, y, in: zone, one: panel.x(1))
    }
  }

  /// Small words beside the point: on the side away from 1, or between it and 1, or beyond 1, where
  /// they fit first; where they fit nowhere, across the line.
  private func remark(
    _ text: String, from left: Double, to right: Double, _ y: Double, in zone: Rect, one: Double?
  ) {
    let width = canvas.width(of: text, type.label)
    let line = one ?? zone.x - 1
    let isSlower = right > line
    let before = (zone.x, isSlower ? line - 4 : left)
    let between = isSlower ? (line + 4, left) : (right, line - 4)
    let after = (isSlower ? right : line + 4, zone.maxX)
    let order: [((Double, Double), Bool)] =
      isSlower
      ? [(after, true), (between, false), (before, false)]
      : [(before, false), (between, true), (after, true)]
    let free = order.first { $0.0.1 - $0.0.0 >= width }
    let isRight = free?.1 ?? (zone.maxX - right >= left - zone.x)
    let slot = free?.0 ?? (isRight ? (right, zone.maxX) : (zone.x, left))
    let short = canvas.fit(text, type.label, width: slot.1 - slot.0)
    guard !short.isEmpty else { return }
    let point = Point(isRight ? slot.0 : slot.1, y)
    let anchor = Anchor(isRight ? .start : .end, .middle)
    if free == nil {
      let box = canvas.box(of: short, at: point, type.label, anchor: anchor)
      canvas.fill(box.path, theme.page.opacity(0.8))
    }
    canvas.text(short, at: point, type.label, theme.soft, anchor: anchor)
  }
}
