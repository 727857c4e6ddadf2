import Support

/// A roofline for a terminal: dots for the roofs, a letter for each point, and a key below.
public struct TextRoofline {
  private let chart: RooflineChart
  private let model: RooflineModel
  private let columns: Int
  private let isASCII: Bool

  /// - Parameters:
  ///   - columns: width of a line in characters, within 40...200.
  ///   - ascii: no character beyond ASCII.
  public init(_ chart: RooflineChart, columns: Int, ascii: Bool = false) {
    self.chart = chart
    self.columns = min(max(40, columns), 200)
    isASCII = ascii
    model = RooflineModel(chart)
  }

  /// Most points that get a letter; the table lists all.
  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// The lines, none wider than asked for and without trailing blanks.
  public var lines: [String] {
    let axisWidth = 7
    var grid = BrailleGrid(columns: columns - axisWidth - 1, rows: max(12, columns / 4))
    drawRoofs(in: &grid)
    let key = drawPoints(in: &grid)
    let frame = isASCII ? ("|", "+", "-") : ("│", "└", "─")
    let ticks = yTicks(grid)
    var lines = [cut(chart.heading.title), cut(isPerSecond ? "MMAC/s" : "MAC per cycle")]
    for row in 0..<grid.rows {
      let label = ticks[row] ?? ""
      let pad = String(repeating: " ", count: max(0, axisWidth - 1 - label.count))
      lines.append(pad + label + " " + frame.0 + grid.line(row: row, ascii: isASCII))
    }
    let margin = String(repeating: " ", count: axisWidth)
    lines.append(margin + frame.1 + String(repeating: frame.2, count: grid.columns))
    lines.append(xTicks(grid, margin: axisWidth))
    lines.append(margin + " " + cut("MAC per byte of " + chart.byteCounter, less: axisWidth + 1))
    lines += key.map { cut($0) }
    return lines.map(trimmed)
  }

  private var isPerSecond: Bool {
    if case .perSecond = chart.throughput { true } else { false }
  }

  private func place(_ x: Double, _ y: Double, _ grid: BrailleGrid) -> (x: Double, y: Double) {
    let across = model.x.placed(from: 0, to: Double(grid.width - 1))
    let down = model.y.placed(from: Double(grid.height - 1), to: 0)
    return (across.place(x), down.place(y))
  }

  private func drawRoofs(in grid: inout BrailleGrid) {
    for line in model.memory + model.ceilings {
      // Computed roofs are dotted, measured ones are not.
      grid.line(
        from: place(line.from.x, line.from.y, grid), to: place(line.to.x, line.to.y, grid),
        every: line.isMeasured ? 1 : 3)
    }
  }

  /// Marks the points by priority and returns the key.
  private func drawPoints(in grid: inout BrailleGrid) -> [String] {
    let order = model.shown.sorted {
      (chart.points[$1].priority, $0) < (chart.points[$0].priority, $1)
    }
    var key: [String] = []
    var unplaced = max(0, order.count - Self.letters.count)
    for (letter, index) in zip(Self.letters, order) {
      let point = chart.points[index]
      let (x, y) = place(point.intensity, point.throughput, grid)
      guard grid.mark(letter, atDot: Int(x), Int(y)) else {
        unplaced += 1
        continue
      }
      key.append("  \(letter)  " + words(point))
    }
    if unplaced > 0 { key.append("  and \(unplaced) more in the table") }
    let roofs =
      model.memory.map { ($0, chart.names($0, isMemory: true)[0]) }
      + model.ceilings.map { ($0, chart.names($0, isMemory: false)[0]) }
    return key + roofs.map { "  " + ($0.0.isMeasured ? "---" : "...") + "  " + $0.1 }
  }

  private func words(_ point: RooflineChart.DataPoint) -> String {
    var text = "\(point.label): \(Format.compact(point.intensity)) MAC/B, "
    text += point.isBelowQuantum ? (isASCII ? ">= " : "≥ ") : ""
    text += chart.throughputText(point.throughput)
    if chart.series.indices.contains(point.series) {
      text += ", " + chart.series[point.series].name
    }
    text += ", " + (point.isFilled ? chart.filledName : chart.hollowName)
    if point.isPredicted { text += ", predicted" }
    if point.isAboveRoof { text += ", ABOVE ITS ROOF" }
    return text
  }

  /// Decade labels by row of characters.
  private func yTicks(_ grid: BrailleGrid) -> [Int: String] {
    var labels: [Int: String] = [:]
    let unit = chart.axisUnit
    let scale = Scale(.log, from: model.y.low / unit, to: model.y.high / unit)
    for tick in Ticks.decades(scale).major {
      let row = Int(place(model.x.low, tick.value * unit, grid).y) / 4
      if labels[row] == nil { labels[row] = String(tick.label.prefix(6)) }
    }
    return labels
  }

  private func xTicks(_ grid: BrailleGrid, margin: Int) -> String {
    var text = Array(repeating: Character(" "), count: columns)
    var free = 0
    for tick in Ticks.decades(model.x).major {
      let column = margin + 1 + Int(place(tick.value, model.y.low, grid).x) / 2
      let label = Array(tick.label)
      let start = min(column - (label.count - 1) / 2, columns - label.count)
      guard start >= free, start + label.count <= columns else { continue }
      text.replaceSubrange(start..<(start + label.count), with: label)
      free = start + label.count + 1
    }
    return String(text)
  }

  /// One line of plain text within the width. ASCII renders what it cannot write as "?".
  private func cut(_ text: String, less: Int = 0) -> String {
    var clean = CleanText(text).string
    if isASCII {
      let plain: [Character: String] = [
        "×": "x", "·": ".", "−": "-", "≥": ">=", "µ": "u", "→": "->",
      ]
      clean = clean.map { $0.isASCII ? String($0) : plain[$0] ?? "?" }.joined()
    }
    let room = columns - less
    guard clean.count > room else { return clean }
    return String(clean.prefix(max(0, room - 3))) + "..."
  }

  private func trimmed(_ line: String) -> String {
    var line = Substring(line)
    while line.last == " " { line = line.dropLast() }
    return String(line)
  }
}
