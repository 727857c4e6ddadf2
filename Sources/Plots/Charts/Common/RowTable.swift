/// Rows with a name, values and room for a mark on one level axis: what forest plots, waterfalls
/// and stacked bars share. Beside each other on a page; on a phone the name stands above the mark.
struct RowTable {
  struct Row {
    var name: String
    /// One text per column, right of the mark.
    var values: [String] = []
    var isHeading = false
    var isBold = false
    /// Of the name.
    var colour: Colour?
    /// Least height of the mark.
    var mark = 11.0
  }

  /// Rows shown at most, whatever the room.
  static let limit = 60

  let drawing: Drawing
  let rows: [Row]
  let columns: [String]
  let axis: Axis
  let width: Double
  let isStacked: Bool
  /// Of the names' column; 0 if names stand above.
  let nameWidth: Double
  let columnWidths: [Double]
  let lines: [[String]]
  /// Height kept free above the rows for the caller's words.
  let header: Double

  static let columnGap = 10.0

  /// - Parameters:
  ///   - columns: titles of the columns of values.
  ///   - mark: room that the marks should have at least, as a share of the width.
  init(
    _ rows: [Row], columns: [String], axis: Axis, width: Double, header: Double = 0,
    isStacked: Bool, mark: Double = 0.3, in drawing: Drawing
  ) {
    let canvas = drawing.canvas
    let style = drawing.type.label
    let rows = Array(rows.prefix(Self.limit + 20))
    self.drawing = drawing
    self.rows = rows
    self.columns = columns
    self.axis = axis
    self.width = width
    self.header = header
    self.isStacked = isStacked
    func bold(_ row: Row) -> TextStyle {
      TextStyle(size: style.size, isBold: row.isBold || row.isHeading)
    }
    let plain = rows.filter { !$0.isHeading }
    var widths: [Double] = []
    if !isStacked {
      for column in columns.indices {
        let texts = plain.compactMap { row in
          column < row.values.count ? canvas.width(of: row.values[column], bold(row)) : nil
        }
        let widest = max(canvas.width(of: columns[column], style), texts.max() ?? 0)
        widths.append(min(widest, width * 0.3))
      }
    }
    columnWidths = widths
    let values = widths.reduce(0) { $0 + $1 + Self.columnGap }
    let widest = plain.map { canvas.width(of: $0.name, bold($0)) }.max() ?? 0
    let name = isStacked ? 0 : min(widest + 0.01, max(30, width * (1 - mark) - values))
    nameWidth = name
    lines = rows.map { row in
      guard !isStacked else {
        let value = row.values.filter { !$0.isEmpty }.joined(separator: "  ")
        let taken = value.isEmpty ? 0 : min(canvas.width(of: value, bold(row)) + 8, width * 0.7)
        return canvas.wrap(row.name, bold(row), width: width - taken, limit: 2)
      }
      return canvas.wrap(row.name, bold(row), width: row.isHeading ? width : name, limit: 2)
    }
  }

  /// Height of a row: what it takes at least, or where there is room.
  func height(_ index: Int, isTight: Bool) -> Double {
    let line = drawing.type.label.lineHeight
    let text = Double(max(1, lines[index].count)) * line
    if rows[index].isHeading { return text + (isTight ? 2 : index == 0 ? 3 : 9) }
    let mark = rows[index].mark
    if isStacked { return text + mark + (isTight ? 1 : 5) }
    return max(text, mark) + (isTight ? 1 : 6)
  }

  /// Height in points at which all rows (up to the limit) have room.
  var naturalHeight: Double {
    let shown = visible(height: .infinity)
    let more = shown.hidden > 0 ? drawing.type.label.lineHeight : 0
    let sum = shown.indices.reduce(more) { $0 + height($1, isTight: false) }
    return fixed + max(Self.leastSum, sum)
  }

  private static let leastSum = 20.0

  /// Header and axis.
  private var fixed: Double { header + below + drawing.type.tick.size / 2 }

  /// Height in points at which the first `count` rows fit, close together, with a line to say how
  /// many do not.
  func leastHeight(rows count: Int) -> Double {
    let sum = rows.indices.prefix(count).reduce(0) { $0 + height($1, isTight: true) }
    return fixed + max(Self.leastSum, sum + drawing.type.label.lineHeight)
  }

  /// The rows that fit into a height, and how many do not.
  private func visible(height available: Double) -> (indices: [Int], hidden: Int) {
    let count = rows.lazy.filter { !$0.isHeading }.count
    func fitting(_ available: Double) -> [Int] {
      var used = 0.0
      var shown: [Int] = []
      var marks = 0
      for index in rows.indices {
        used += height(index, isTight: true)
        if used > available || marks == Self.limit { break }
        if !rows[index].isHeading { marks += 1 }
        shown.append(index)
      }
      while let last = shown.last, rows[last].isHeading { shown.removeLast() }
      return shown
    }
    func hidden(_ shown: [Int]) -> Int { count - shown.lazy.filter { !rows[$0].isHeading }.count }
    var shown = fitting(available)
    if hidden(shown) > 0 { shown = fitting(available - drawing.type.label.lineHeight) }
    return (shown, hidden(shown))
  }

  /// Room below the rows for tick labels and the axis title.
  private var below: Double {
    let probe = frame(x: 0, y: 0, height: 200)
    return probe.bottom(drawing.type) - probe.rect.maxY
  }

  private func frame(x: Double, y: Double, height: Double) -> PlotFrame {
    let canvas = drawing.canvas
    let first = axis.ticks.major.first.map { canvas.width(of: $0.label, drawing.type.tick) } ?? 0
    let left = isStacked ? max(0, first / 2 - PlotFrame.tickLength - 3) : nameWidth + 1
    let right = columnWidths.reduce(0) { $0 + $1 + Self.columnGap }
    let area = Rect(x: x + left, y: y, width: max(40, width - left - right), height: height)
    let none = Axis(Scale(.linear, from: 0, to: 1), title: "", ticks: Ticks(major: []))
    return PlotFrame(in: area, x: axis, y: none, type: drawing.type, on: canvas)
  }

  /// Places the rows. Shrinks spacing first, then leaves out rows at the end.
  ///
  /// - Parameter notGiven: rows that the caller left out already.
  func placed(at origin: Point, height available: Double, notGiven: Int = 0) -> RowPanel {
    let room = max(0, available - fixed)
    var (shown, hidden) = visible(height: room)
    hidden += notGiven
    let more = hidden > 0 ? drawing.type.label.lineHeight : 0
    let tight = shown.reduce(more) { $0 + height($1, isTight: true) }
    let loose = shown.reduce(more) { $0 + height($1, isTight: false) }
    let share = loose > tight ? min(1, max(0, (room - tight) / (loose - tight))) : 1
    let total = max(Self.leastSum, tight + (loose - tight) * share)
    let frame = frame(
      x: origin.x, y: origin.y + header, height: total + below + drawing.type.tick.size / 2)
    var y = frame.rect.y
    let places = shown.map { index in
      let least = height(index, isTight: true)
      let height = least + (height(index, isTight: false) - least) * share
      defer { y += height }
      return RowPanel.Place(index: index, y: y, height: height)
    }
    return RowPanel(table: self, frame: frame, left: origin.x, places: places, hidden: hidden)
  }
}
