import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One run's times over their axis.
struct DistributionPanel {
  private let run: DistributionChart.Run
  private let model: TimesModel
  private let unit: String
  private let drawing: Drawing

  private var canvas: any Canvas { drawing.canvas }
  private var theme: Theme { drawing.theme }
  private var type: Typography { drawing.type }

  init(_ run: DistributionChart.Run, _ model: TimesModel, unit: String, in drawing: Drawing) {
    self.run = run
    self.model = model
    self.unit = unit
    self.drawing = drawing
  }

  /// The times with a margin; around identical ones a few quanta.
  private var scale: Scale? {
    var values: [Double]
    var spread = 0.0
    switch model.shape {
    case .none: return nil
    case .exact(let value):
      values = [value]
      spread = run.goodQuantum.map { 3 * $0 } ?? abs(value) * 0.01
    case .dots(let samples): values = samples
    case .bins(let bins): values = bins.flatMap { [$0.low, $0.high] }
    }
    values += [run.median, run.low, run.high].compactMap(\.self).filter {
      $0.isFinite && abs($0) < 1e60
    }
    guard let least = values.min(), let most = values.max() else { return nil }
    spread = max(spread, (most - least) * 0.06, run.goodQuantum ?? 0)
    return Scale(.linear, from: least - spread, to: most + spread)
  }

  func draw(in area: Rect) {
    guard let scale else { return }
    let none = Axis(Scale(.linear, from: 0, to: 1), title: "", ticks: Ticks(major: []))
    let x = Axis(scale, title: "", ticks: Self.ticks(scale, isWide: area.width > 300))
    // The first label is centred on its tick, which may be the frame's edge.
    let first = x.ticks.major.first.map { canvas.width(of: $0.label, type.tick) } ?? 0
    let left = max(8, first / 2 - PlotFrame.tickLength - 3)
    let frame = PlotFrame(
      in: Rect(
        x: area.x + left, y: area.y - 4, width: area.width - left, height: area.height + 6),
      x: x, y: none, type: type, on: canvas)
    frame.drawGrid(on: canvas, theme: theme, y: false)
    drawInterval(frame)
    canvas.clipped(to: frame.rect) {
      switch model.shape {
      case .none: break
      case .exact(let value): drawExact(value, frame)
      case .dots(let samples): drawDots(samples, frame)
      case .bins(let bins): drawBins(bins, frame)
      }
    }
    frame.drawAxes(on: canvas, theme: theme, type: type, isBoxed: false)
    drawQuantum(frame)
  }

  /// Enough decimals that neighbours differ, however far from zero the axis is.
  private static func ticks(_ scale: Scale, isWide: Bool) -> Ticks {
    .automatic(scale, count: isWide ? 5 : 4)
  }

  private func x(_ value: Double, _ frame: PlotFrame) -> Double { frame.x.scale.place(value) }

  /// The median as a line, its interval as a band.
  private func drawInterval(_ frame: PlotFrame) {
    let rect = frame.rect
    let colour = theme.colour(run.role)
    if let low = run.low, let high = run.high, low.isFinite, high.isFinite, low <= high {
      let (a, b) = (x(low, frame), x(high, frame))
      canvas.clipped(to: rect) {
        canvas.fill(
          .rect(Rect(x: a, y: rect.y, width: max(1, b - a), height: rect.height)),
          colour.opacity(0.18))
      }
    }
    if let median = run.median, frame.x.scale.contains(median) {
      let place = x(median, frame)
      canvas.stroke(
        .line(Point(place, rect.y), Point(place, rect.maxY)), Stroke(theme.ink, width: 1.2))
    }
  }

  private func drawExact(_ value: Double, _ frame: PlotFrame) {
    let place = x(value, frame)
    canvas.stroke(
      .line(Point(place, frame.rect.y + 4), Point(place, frame.rect.maxY)),
      Stroke(theme.colour(run.role), width: 3))
    Marker(.diamond, radius: type.marker, role: run.role)
      .draw(at: Point(place, frame.rect.y + 8), on: canvas, theme: theme)
  }

  /// Dots that would cover each other stand in columns (a dot plot: Wilkinson, "Dot plots", The
  /// American Statistician 53, 1999). Where a column is higher than the panel its dots move together.
  private func drawDots(_ samples: [Double], _ frame: PlotFrame) {
    let radius = 2.3
    var columns: [(x: Double, count: Int)] = []
    for sample in samples {
      let place = x(sample, frame)
      if let last = columns.last, place - last.x < 2 * radius {
        columns[columns.count - 1].count += 1
      } else {
        columns.append((place, 1))
      }
    }
    let highest = Double(columns.map(\.count).max() ?? 1)
    let room = frame.rect.height - 2 * radius - 3
    let step = min(2 * radius, room / max(1, highest - 1))
    var path = Path()
    for column in columns {
      for index in 0..<column.count {
        path.append(
          .circle(
            Point(column.x, frame.rect.maxY - radius - 1 - Double(index) * step),
            radius: radius))
      }
    }
    canvas.fill(path, theme.colour(run.role).opacity(0.85))
    if step >= 3 { canvas.stroke(path, Stroke(theme.page, width: 0.5)) }
  }

  /// Area is the number of times, so that bins of unequal width compare.
  private func drawBins(_ bins: [DistributionChart.Bin], _ frame: PlotFrame) {
    let widths = bins.map { max(1, x($0.high, frame) - x($0.low, frame)) }
    let densities = zip(bins, widths).map { Double($0.count) / $1 }
    guard let highest = densities.max(), highest > 0 else { return }
    let room = frame.rect.height - 4
    var path = Path()
    for (index, bin) in bins.enumerated() where bin.count > 0 {
      // A single time among millions is still to be seen.
      let height = max(1, room * densities[index] / highest)
      path.append(
        .rect(
          Rect(
            x: x(bin.low, frame), y: frame.rect.maxY - height, width: widths[index],
            height: height)))
    }
    canvas.fill(path, theme.colour(run.role).opacity(0.75))
  }

  /// The timer's resolution to scale, in the upper right corner.
  private func drawQuantum(_ frame: PlotFrame) {
    guard let quantum = run.goodQuantum else { return }
    let length = abs(x(frame.x.scale.low + quantum, frame) - frame.rect.x)
    guard length >= 1.5, length <= frame.rect.width * 0.5 else { return }
    let text = "timer \(Format.number(quantum)) \(unit)"
    let y = frame.rect.y + type.label.size * 0.7
    let right = frame.rect.maxX - 2
    let width = canvas.width(of: text, type.label)
    guard width + length + 8 < frame.rect.width else { return }
    let box = canvas.box(
      of: text, at: Point(right - length - 5, y), type.label, anchor: Anchor(.end, .middle))
    canvas.fill(box.grown(1).path, theme.page.opacity(0.85))
    canvas.text(
      text, at: Point(right - length - 5, y), type.label, theme.soft, anchor: Anchor(.end, .middle))
    ErrorBar.draw(
      from: Point(right - length, y), to: Point(right, y), colour: theme.soft, cap: 3, on: canvas)
  }
}
