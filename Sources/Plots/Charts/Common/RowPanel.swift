import Support

/// A table of rows in place.
struct RowPanel {
  struct Place {
    /// Index of the row.
    let index: Int
    /// Upper edge.
    let y: Double
    let height: Double
  }

  let table: RowTable
  let frame: PlotFrame
  /// Left edge of the names.
  let left: Double
  let places: [Place]
  /// Rows that found no room.
  let hidden: Int

  private var type: Typography { table.drawing.type }
  private var canvas: any Canvas { table.drawing.canvas }
  private var theme: Theme { table.drawing.theme }
  private var right: Double { left + table.width }

  /// Bottom edge of everything.
  var bottom: Double { frame.bottom(type) }

  /// The zone of a row's mark: as wide as the frame.
  func zone(_ place: Place) -> Rect {
    let rect = frame.rect
    let mark = table.rows[place.index].mark
    guard table.isStacked else {
      return Rect(
        x: rect.x, y: place.y + (place.height - mark) / 2, width: rect.width, height: mark)
    }
    let lines = Double(max(1, table.lines[place.index].count))
    return Rect(
      x: rect.x, y: place.y + lines * type.label.lineHeight + 1, width: rect.width, height: mark)
  }

  /// Where a value stands on the axis; nil if it has no place or lies outside.
  func x(_ value: Double) -> Double? {
    guard frame.x.scale.contains(value) else { return nil }
    return frame.x.scale.position(value)
  }

  /// Grid and axis. On a phone the grid stands behind the marks only, where no words are.
  func drawBack() {
    if table.isStacked {
      let ticks = frame.x.ticks.major.map { frame.x.scale.place($0.value) }
      for place in places where !table.rows[place.index].isHeading {
        let zone = zone(place)
        canvas.fill(.rect(zone), theme.minorGrid.opacity(0.7))
        var path = Path()
        for x in ticks { path.append(.line(Point(x, zone.y), Point(x, zone.maxY))) }
        if !ticks.isEmpty { canvas.stroke(path, Stroke(theme.grid, width: 0.8)) }
      }
    } else {
      frame.drawGrid(on: canvas, theme: theme, y: false)
    }
    frame.drawAxes(on: canvas, theme: theme, type: type, isBoxed: false)
  }

  /// A vertical line through all marks.
  func drawLine(at value: Double, _ stroke: Stroke) {
    guard let x = x(value) else { return }
    var path = Path()
    if table.isStacked {
      for place in places where !table.rows[place.index].isHeading {
        let zone = zone(place)
        path.append(.line(Point(x, zone.y), Point(x, zone.maxY)))
      }
    } else {
      path = .line(Point(x, frame.rect.y), Point(x, frame.rect.maxY))
    }
    if !path.elements.isEmpty { canvas.stroke(path, stroke) }
  }

  /// Names, values, and how many rows are not shown.
  func drawTexts() {
    drawHeader()
    for place in places {
      if table.isStacked || table.rows[place.index].isHeading {
        drawAbove(place)
      } else {
        drawBeside(place)
      }
    }
    guard hidden > 0 else { return }
    let count = Format.grouped(hidden)
    let y = (places.last.map { $0.y + $0.height } ?? frame.rect.y) + type.label.lineHeight / 2
    let text = places.isEmpty ? "\(count) not shown: no room" : "\(count) more not shown"
    canvas.text(text, at: Point(left, y), type.label, theme.soft, anchor: Anchor(.start, .middle))
  }

  private func style(_ row: RowTable.Row) -> TextStyle {
    TextStyle(size: type.label.size, isBold: row.isBold || row.isHeading)
  }

  /// Titles of the columns, just above the rows.
  private func drawHeader() {
    guard !table.isStacked, table.header >= type.label.lineHeight else { return }
    var x = frame.rect.maxX + frameGap
    for (title, width) in zip(table.columns, table.columnWidths) {
      x += RowTable.columnGap + width
      canvas.text(
        canvas.fit(title, type.label, width: width + 0.01), at: Point(x, frame.rect.y - 4),
        type.label, theme.soft, anchor: Anchor(.end, .bottom))
    }
  }

  /// The last tick label's half, which the frame keeps free on its right.
  private var frameGap: Double {
    max(0, right - frame.rect.maxX - table.columnWidths.reduce(0) { $0 + $1 + RowTable.columnGap })
  }

  private func drawBeside(_ place: Place) {
    let row = table.rows[place.index]
    let middle = place.y + place.height / 2
    drawLines(place, x: left, top: middle - Double(lineCount(place)) * line / 2)
    var x = frame.rect.maxX + frameGap
    for (column, width) in table.columnWidths.enumerated() {
      x += RowTable.columnGap + width
      guard column < row.values.count else { continue }
      canvas.text(
        canvas.fit(row.values[column], style(row), width: width + 0.01), at: Point(x, middle),
        style(row), theme.ink, anchor: Anchor(.end, .middle))
    }
  }

  private func drawAbove(_ place: Place) {
    let row = table.rows[place.index]
    let top =
      row.isHeading ? place.y + place.height - Double(lineCount(place)) * line - 1 : place.y
    drawLines(place, x: left, top: top)
    let value = row.values.filter { !$0.isEmpty }.joined(separator: "  ")
    guard !value.isEmpty else { return }
    canvas.text(
      canvas.fit(value, style(row), width: table.width * 0.7), at: Point(right, top + line / 2),
      style(row), theme.ink, anchor: Anchor(.end, .middle))
  }

  private var line: Double { type.label.lineHeight }
  private func lineCount(_ place: Place) -> Int { max(1, table.lines[place.index].count) }

  private func drawLines(_ place: Place, x: Double, top: Double) {
    let row = table.rows[place.index]
    for (index, text) in table.lines[place.index].enumerated() {
      canvas.text(
        text, at: Point(x, top + (Double(index) + 0.5) * line), style(row),
        row.colour ?? theme.ink, anchor: Anchor(.start, .middle))
    }
  }
}
