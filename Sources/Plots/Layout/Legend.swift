/// One row of a legend: a drawn symbol and what it means.
struct LegendItem {
  var text: String
  /// Room the symbol takes, in points.
  var symbol: Size
  /// Draws the symbol around the given centre.
  var draw: (any Canvas, Point) -> Void

  init(
    _ text: String, symbol: Size = Size(16, 9), draw: @escaping (any Canvas, Point) -> Void
  ) {
    self.text = text
    self.symbol = symbol
    self.draw = draw
  }

  /// A marker as symbol.
  static func marker(_ text: String, _ marker: Marker, theme: Theme) -> LegendItem {
    LegendItem(text, symbol: Size(max(16, 2 * marker.reach), max(9, 2 * marker.reach))) {
      marker.draw(at: $1, on: $0, theme: theme)
    }
  }

  /// A shape alone, whatever its colour and filling.
  static func shape(_ text: String, _ shape: MarkerShape, theme: Theme) -> LegendItem {
    LegendItem(text) { canvas, centre in
      let outline = shape.path(at: centre, radius: 3.8)
      canvas.fill(outline, theme.soft.opacity(0.3))
      canvas.stroke(outline, Stroke(theme.soft, width: 0.7))
    }
  }

  /// A piece of line as symbol.
  static func line(_ text: String, _ stroke: Stroke) -> LegendItem {
    LegendItem(text, symbol: Size(20, 9)) { canvas, centre in
      canvas.stroke(
        .line(Point(centre.x - 10, centre.y), Point(centre.x + 10, centre.y)), stroke)
    }
  }

  /// A filled box as symbol.
  static func swatch(_ text: String, _ colour: Colour) -> LegendItem {
    LegendItem(text, symbol: Size(16, 9)) { canvas, centre in
      canvas.fill(.rect(Rect(x: centre.x - 8, y: centre.y - 4, width: 16, height: 8)), colour)
    }
  }
}

/// Explains symbols: as a box in a corner of the plot, or as rows below it.
struct Legend {
  var items: [LegendItem]
  let style: TextStyle
  private let gap = 5.0
  private let padding = 6.0
  private let columnGap = 14.0

  init(_ items: [LegendItem], style: TextStyle) {
    self.items = items
    self.style = style
  }

  private func rowHeight(_ item: LegendItem) -> Double {
    max(style.lineHeight, item.symbol.height + 2)
  }

  /// Size as a box of one column.
  func boxSize(on canvas: any Canvas) -> Size {
    let text = items.map { canvas.width(of: $0.text, style) }.max() ?? 0
    return Size(
      2 * padding + symbolWidth + gap + text,
      2 * padding + items.reduce(0) { $0 + rowHeight($1) })
  }

  private var symbolWidth: Double { items.map(\.symbol.width).max() ?? 0 }

  /// The corner where the box covers nothing, the lower right one if possible; nil if every
  /// corner is taken.
  func corner(in obstacles: Obstacles, on canvas: any Canvas, inset: Double = 7) -> Rect? {
    let size = boxSize(on: canvas)
    let frame = obstacles.frame.inset(inset)
    guard size.width <= frame.width * 0.4, size.height <= frame.height * 0.75 else { return nil }
    let (left, right) = (frame.x, frame.maxX - size.width)
    let (top, bottom) = (frame.y, frame.maxY - size.height)
    for (x, y) in [(right, bottom), (left, top), (left, bottom), (right, top)] {
      let rect = Rect(x: x, y: y, width: size.width, height: size.height)
      let box = OrientedBox(rect).grown(3)
      if obstacles.solidsCrossed(by: box) == 0 && obstacles.linesCrossed(by: box) == 0 {
        return rect
      }
    }
    return nil
  }

  /// Draws the box.
  func draw(in rect: Rect, on canvas: any Canvas, theme: Theme) {
    canvas.fill(.rect(rect), theme.page.opacity(0.92))
    canvas.stroke(.rect(rect), Stroke(theme.grid, width: 0.8))
    var y = rect.y + padding
    for item in items {
      let middle = y + rowHeight(item) / 2
      item.draw(canvas, Point(rect.x + padding + symbolWidth / 2, middle))
      canvas.text(
        item.text, at: Point(rect.x + padding + symbolWidth + gap, middle), style, theme.ink,
        anchor: Anchor(.start, .middle))
      y += rowHeight(item)
    }
  }

  private struct Cell {
    var item: LegendItem
    var lines: [String]
    var x: Double
    var height: Double
  }

  /// Rows of items side by side within a width; an item that is wider than a row is wrapped.
  private func rows(width: Double, on canvas: any Canvas) -> [[Cell]] {
    var rows: [[Cell]] = []
    var x = 0.0
    for item in items {
      let beside = item.symbol.width + gap
      let room = beside + canvas.width(of: item.text, style)
      if rows.isEmpty || x + room > width {
        rows.append([])
        x = 0
      }
      let lines =
        room <= width
        ? [item.text] : canvas.wrap(item.text, style, width: width - beside, limit: 3)
      let height = max(Double(lines.count) * style.lineHeight, item.symbol.height + 2)
      rows[rows.count - 1].append(Cell(item: item, lines: lines, x: x, height: height))
      x += room + columnGap
    }
    return rows
  }

  /// Height of the rows below a plot.
  func flowHeight(width: Double, on canvas: any Canvas) -> Double {
    rows(width: width, on: canvas).reduce(0) { $0 + ($1.map(\.height).max() ?? 0) }
  }

  /// Draws rows of items below a plot.
  func drawFlow(at origin: Point, width: Double, on canvas: any Canvas, theme: Theme) {
    var y = origin.y
    for row in rows(width: width, on: canvas) {
      let height = row.map(\.height).max() ?? 0
      for cell in row {
        let left = origin.x + cell.x
        let middle = y + height / 2
        cell.item.draw(canvas, Point(left + cell.item.symbol.width / 2, middle))
        let top = middle - Double(cell.lines.count - 1) * style.lineHeight / 2
        for (index, line) in cell.lines.enumerated() {
          canvas.text(
            line,
            at: Point(
              left + cell.item.symbol.width + gap, top + Double(index) * style.lineHeight),
            style, theme.ink, anchor: Anchor(.start, .middle))
        }
      }
      y += height
    }
  }
}
