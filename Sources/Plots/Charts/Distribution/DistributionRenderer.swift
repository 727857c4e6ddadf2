import Support

/// Lays out the panels and their words.
struct DistributionRenderer {
  let chart: DistributionChart
  let drawing: Drawing
  private let runs: [DistributionChart.Run]
  private let models: [TimesModel]
  private let columns: Int

  private static let gutter = 24.0
  private static let gap = 8.0
  private static let plot = 44.0

  private var canvas: any Canvas { drawing.canvas }
  private var theme: Theme { drawing.theme }
  private var type: Typography { drawing.type }

  init(_ chart: DistributionChart, in drawing: Drawing) {
    self.chart = chart
    self.drawing = drawing
    runs = Array(chart.runs.prefix(DistributionChart.runLimit))
    models = runs.map(TimesModel.init)
    columns = drawing.layout == .wide && runs.count > 1 ? 2 : 1
  }

  private var width: Double {
    (drawing.body.width - Double(columns - 1) * Self.gutter) / Double(columns)
  }

  /// Two lines of words, the plot, and its axis.
  private var words: Double { 2 * type.label.lineHeight + 4 }
  private var axis: Double { PlotFrame.tickLength + 3 + type.tick.lineHeight }

  /// Runs side by side.
  private var bands: [Range<Int>] {
    stride(from: 0, to: runs.count, by: columns).map { $0..<min($0 + columns, runs.count) }
  }

  /// Height of a band; without times there is nothing below the words.
  private func height(_ band: Range<Int>, plot: Double) -> Double {
    let isEmpty = band.allSatisfy { models[$0].isEmpty }
    return isEmpty ? words : words + plot + axis
  }

  private func total(plot: Double) -> Double {
    bands.reduce(type.axis.lineHeight + 2 - Self.gap) {
      $0 + height($1, plot: plot) + Self.gap
    }
  }

  var naturalHeight: Double { max(60, total(plot: Self.plot)) }
  /// Two bands of low panels.
  var leastHeight: Double {
    bands.prefix(2).reduce(type.axis.lineHeight + 2) { $0 + height($1, plot: 16) + Self.gap }
  }

  func draw() {
    var body = drawing.body
    body.height = max(body.height, leastHeight)
    guard !runs.isEmpty else {
      canvas.text(
        "no times to show", at: body.centre, type.axis, theme.soft, anchor: .centre)
      return
    }
    let full = bands.lazy.filter { height($0, plot: 1) > words }.count
    let plot = min(
      70, max(16, Self.plot + (body.height - total(plot: Self.plot)) / Double(max(1, full))))
    var y = body.y
    var drawn = 0
    for band in bands {
      let height = height(band, plot: plot)
      guard drawn == 0 || y + height + type.axis.lineHeight + 2 <= body.maxY + 0.01 else { break }
      for (column, index) in band.enumerated() {
        let x = body.x + Double(column) * (width + Self.gutter)
        draw(index, in: Rect(x: x, y: y, width: width, height: height))
      }
      y += height + Self.gap
      drawn += band.count
    }
    let title = "time of one inference, \(chart.unit)"
    let more = runs.count - drawn
    let text = more > 0 ? title + "; \(Format.grouped(more)) more not shown" : title
    canvas.text(
      canvas.fit(text, type.axis, width: body.width),
      at: Point(body.x + body.width / 2, y - Self.gap + 2), type.axis, theme.ink,
      anchor: Anchor(.middle, .top))
  }

  private func draw(_ index: Int, in rect: Rect) {
    let (run, model) = (runs[index], models[index])
    let line = type.label.lineHeight
    let bold = TextStyle(size: type.label.size, isBold: true)
    let count = "n = " + Format.grouped(run.count)
    let room = rect.width - canvas.width(of: count, type.label) - 8
    canvas.text(
      canvas.fit(run.label, bold, width: room), at: Point(rect.x, rect.y), bold,
      theme.text(run.role), anchor: Anchor(.start, .top))
    canvas.text(
      count, at: Point(rect.maxX, rect.y), type.label, theme.soft, anchor: Anchor(.end, .top))
    canvas.text(
      canvas.fit(sentence(run, model), type.label, width: rect.width),
      at: Point(rect.x, rect.y + line), type.label, theme.ink, anchor: Anchor(.start, .top))
    let plot = Rect(
      x: rect.x, y: rect.y + words, width: rect.width, height: rect.height - words)
    DistributionPanel(run, model, unit: chart.unit, in: drawing).draw(in: plot)
  }

  private func sentence(_ run: DistributionChart.Run, _ model: TimesModel) -> String {
    if case .none = model.shape { return run.reason ?? "no usable times" }
    if case .exact(let value) = model.shape {
      let all = "all identical: \(Format.compact(value, digits: 5)) \(chart.unit)"
      guard let quantum = run.goodQuantum else { return all }
      return all + " (within the timer's \(Format.number(quantum)) \(chart.unit))"
    }
    guard let median = run.median, median.isFinite else { return run.reason ?? "" }
    let value = Format.interval(median, low: run.low, high: run.high, digits: 5)
    let words = "median \(value) \(chart.unit)"
    guard run.low == nil || run.high == nil else { return words }
    return run.reason.map { words + ": " + $0 } ?? words
  }
}

extension DistributionChart.Run {
  /// What the timer resolves, if it says something.
  var goodQuantum: Double? {
    quantum.flatMap { $0.isFinite && $0 > 1e-60 && $0 < 1e60 ? $0 : nil }
  }
}
