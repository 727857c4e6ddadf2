/// Lays out the panels and their words.
struct DistributionRenderer {
  let chart: DistributionChart
  let drawing: Drawing
  private let runs: [DistributionChart.Run]
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
    columns = drawing.layout == .wide && runs.count > 1 ? 2 : 1
  }

  private var width: Double {
    (drawing.body.width - Double(columns - 1) * Self.gutter) / Double(columns)
  }

  /// Two lines of words, the plot, and its axis.
  private var words: Double { 2 * type.label.lineHeight + 4 }
  private var axis: Double { PlotFrame.tickLength + 3 + type.tick.lineHeight }

  var naturalHeight: Double {
    let bands = (runs.count + columns - 1) / columns
    return max(
      60, Double(bands) * (words + Self.plot + axis + Self.gap) + type.axis.lineHeight)
  }

  func draw() {
    let body = drawing.body
    guard !runs.isEmpty else {
      canvas.text(
        "no times to show", at: body.centre, type.axis, theme.soft, anchor: .centre)
      return
    }
    let bands = (runs.count + columns - 1) / columns
    let height = (body.height - type.axis.lineHeight) / Double(bands) - Self.gap
    let least = words + axis + 16
    let fitting =
      height >= least
      ? runs.count
      : columns
        * max(1, Int((body.height - 2 * type.axis.lineHeight) / (least + Self.gap)))
    let panel = max(least, min(height, words + axis + 70))
    for (index, run) in runs.prefix(fitting).enumerated() {
      let x = body.x + Double(index % columns) * (width + Self.gutter)
      let y = body.y + Double(index / columns) * (panel + Self.gap)
      draw(run, in: Rect(x: x, y: y, width: width, height: panel))
    }
    let drawn = min(fitting, runs.count)
    let bottom =
      body.y + Double((drawn + columns - 1) / columns) * (panel + Self.gap) - Self.gap + 2
    let title = "time of one inference, \(chart.unit)"
    let more = runs.count - drawn
    let text =
      more > 0 ? title + "; \(NumberText.fixed(Double(more), decimals: 0)) more not shown" : title
    canvas.text(
      canvas.fit(text, type.axis, width: body.width),
      at: Point(body.x + body.width / 2, bottom), type.axis, theme.ink,
      anchor: Anchor(.middle, .top))
  }

  private func draw(_ run: DistributionChart.Run, in rect: Rect) {
    let model = TimesModel(run)
    let line = type.label.lineHeight
    let bold = TextStyle(size: type.label.size, isBold: true)
    let count = "n = " + NumberText.fixed(Double(run.count), decimals: 0)
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
      let all = "all identical: \(NumberText.significant(value, 5)) \(chart.unit)"
      guard let quantum = run.goodQuantum else { return all }
      return all + " (within the timer's \(NumberText.significant(quantum, 2)) \(chart.unit))"
    }
    guard let median = run.median, median.isFinite else { return run.reason ?? "" }
    let value = NumberText.interval(median, low: run.low, high: run.high)
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
