import Support

/// Draws waterfalls as small multiples.
struct WaterfallRenderer {
  let chart: WaterfallChart
  let drawing: Drawing
  private let gaps: [WaterfallChart.Gap]
  private let tables: [RowTable]
  private let legend: Legend
  private let columns: Int

  private static let gutter = 22.0
  private var canvas: any Canvas { drawing.canvas }
  private var theme: Theme { drawing.theme }
  private var type: Typography { drawing.type }
  private var titleHeight: Double { type.axis.lineHeight + 3 }

  init(_ chart: WaterfallChart, in drawing: Drawing) {
    self.chart = chart
    self.drawing = drawing
    let gaps = Array(chart.gaps.prefix(WaterfallChart.gapLimit))
    self.gaps = gaps
    let columns = drawing.layout == .wide && gaps.count > 1 ? 2 : 1
    self.columns = columns
    let width = (drawing.body.width - Double(columns - 1) * Self.gutter) / Double(columns)
    let footnotes = Footnotes(chart)
    let scale = Self.scale(gaps)
    let ticks = Ticks.automatic(scale, between: true)
    tables = gaps.enumerated().map { index, gap in
      // The lowest panel of a column says it for all above.
      let title = index + columns >= gaps.count ? chart.axisTitle : ""
      let hidden = gap.factors.count - WaterfallChart.factorLimit
      var rows = gap.factors.prefix(WaterfallChart.factorLimit).map { factor in
        RowTable.Row(
          name: factor.name + footnotes.sign(factor), values: [Self.times(factor.ratio)], mark: 12)
      }
      if hidden > 0 {
        let count = Format.grouped(hidden)
        rows.append(RowTable.Row(name: "\(count) more not shown", values: [""]))
      }
      rows.append(
        RowTable.Row(name: "total", values: [Self.times(gap.total)], isBold: true, mark: 12))
      return RowTable(
        rows, columns: [""], axis: Axis(scale, title: title, ticks: ticks), width: width,
        isStacked: false, mark: 0.4, in: drawing)
    }
    legend = Self.legend(gaps, in: drawing)
  }

  private static func times(_ ratio: Double) -> String {
    guard WaterfallChart.isGood(ratio) else { return "?" }
    let digits = abs(ratio - 1) < 0.0995 ? 4 : 3
    return "× " + Format.compact(ratio, digits: digits)
  }

  /// The same for all panels.
  private static func scale(_ gaps: [WaterfallChart.Gap]) -> Scale {
    var values = [1.0, 2.0]
    for gap in gaps {
      values.append(gap.total)
      var product = 1.0
      for factor in gap.factors.prefix(WaterfallChart.factorLimit) where factor.isGood {
        product *= factor.ratio
        values.append(product)
      }
    }
    return .snug(covering: values.filter(WaterfallChart.isGood))
  }

  private static func legend(_ gaps: [WaterfallChart.Gap], in drawing: Drawing) -> Legend {
    var origins = Set(gaps.map(\.totalOrigin))
    for gap in gaps { origins.formUnion(gap.factors.map(\.origin)) }
    let items = WaterfallChart.Provenance.allCases.filter(origins.contains).map { origin in
      LegendItem.bar(
        origin.rawValue, origin.pattern, drawing.theme.soft, theme: drawing.theme)
    }
    return Legend(items, style: drawing.type.label)
  }

  private var legendHeight: Double {
    legend.items.isEmpty ? 0 : legend.flowHeight(width: drawing.body.width, on: canvas) + 4
  }

  /// Indices of the panels in each row of panels.
  private var bands: [Range<Int>] {
    stride(from: 0, to: tables.count, by: columns).map { $0..<min($0 + columns, tables.count) }
  }

  private func height(_ band: Range<Int>, isTight: Bool) -> Double {
    let heights = tables[band].map {
      isTight ? $0.leastHeight(rows: $0.rows.count) : $0.naturalHeight
    }
    return (heights.max() ?? 0) + titleHeight
  }

  private static let gap = 8.0

  private func total(isTight: Bool) -> Double {
    bands.reduce(legendHeight) { $0 + height($1, isTight: isTight) } + Self.gap
      * Double(max(0, bands.count - 1))
  }

  var naturalHeight: Double { total(isTight: false) }
  var leastHeight: Double { total(isTight: true) }

  func draw() {
    let body = drawing.body
    guard !tables.isEmpty else {
      canvas.text(
        "no gaps to show", at: body.centre, type.axis, theme.soft, anchor: .centre)
      return
    }
    let (least, natural) = (leastHeight, naturalHeight)
    let share = natural > least ? min(1, max(0, (body.height - least) / (natural - least))) : 1
    var y = body.y
    for band in bands {
      let tight = self.height(band, isTight: true)
      let height = tight + (self.height(band, isTight: false) - tight) * share
      for (column, index) in band.enumerated() {
        let x = body.x + Double(column) * (tables[index].width + Self.gutter)
        draw(index, at: Point(x, y), height: height)
      }
      y += height + Self.gap
    }
    legend.drawFlow(
      at: Point(body.x, y - Self.gap + 4), width: body.width, on: canvas, theme: theme)
  }

  private func draw(_ index: Int, at origin: Point, height: Double) {
    let (gap, table) = (gaps[index], tables[index])
    let bold = TextStyle(size: type.axis.size, isBold: true)
    canvas.text(
      canvas.fit(gap.title, bold, width: table.width), at: origin, bold, theme.ink,
      anchor: Anchor(.start, .top))
    let panel = table.placed(
      at: Point(origin.x, origin.y + titleHeight), height: height - titleHeight)
    panel.drawBack()
    panel.drawLine(at: 1, Stroke(theme.ink, width: 1))
    panel.drawTexts()
    drawBars(gap, panel)
  }

  private func drawBars(_ gap: WaterfallChart.Gap, _ panel: RowPanel) {
    let factors = gap.factors.prefix(WaterfallChart.factorLimit)
    var product = 1.0
    var previous: (x: Double, y: Double)?
    for place in panel.places {
      let zone = panel.zone(place)
      let isTotal = place.index == panel.table.rows.count - 1
      let from = isTotal ? 1 : product
      if place.index < factors.count, factors[place.index].isGood {
        product *= factors[place.index].ratio
      } else if !isTotal {
        continue
      }
      let to = isTotal ? gap.total : product
      guard WaterfallChart.isGood(to), let a = panel.x(from), let b = panel.x(to) else { continue }
      let factor = isTotal ? nil : factors[place.index]
      // From where the last bar ended down to this one.
      if let previous {
        canvas.stroke(
          .line(Point(previous.x, previous.y), Point(previous.x, zone.y)),
          Stroke(theme.soft, width: 0.8, dash: [1.5, 1.5]))
      }
      // Even a factor of 1.00 leaves a visible bar.
      let width = max(1.2, abs(b - a))
      let rect = Rect(x: min(a, b), y: zone.y, width: width, height: zone.height)
      (factor?.origin ?? gap.totalOrigin).pattern.draw(
        in: rect, colour: theme.colour(factor?.role ?? .roof), on: canvas, theme: theme)
      previous = (b, zone.maxY)
    }
  }
}
