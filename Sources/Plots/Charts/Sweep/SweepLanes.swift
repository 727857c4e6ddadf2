extension SweepRenderer {
  private typealias Part = (range: ClosedRange<Double>, value: Double, isOnset: Bool)

  /// A saturation before its onset makes no sense and is left out.
  private func parts(_ series: SweepChart.Series) -> [Part] {
    let parts: [Part] = [(series.fit?.onset, true), (series.fit?.saturation, false)].compactMap {
      estimate, isOnset in
      estimate.flatMap { estimate in
        estimate.range.map { ($0, estimate.bytes, isOnset) }
      }
    }
    if parts.count == 2, parts[0].value > parts[1].value { return [parts[0]] }
    return parts
  }

  /// The intervals of the breaks as light bands through the plot. Of many series only the lanes
  /// show them: bands on bands say nothing.
  func drawBands() {
    guard lanes.count <= 2 else { return }
    for series in lanes {
      for part in parts(series) {
        guard let rect = band(part.range, from: frame.rect.y, to: frame.rect.maxY) else { continue }
        canvas.fill(.rect(rect), theme.colour(series.role).opacity(0.13))
      }
    }
  }

  /// Cut to the axis; at least a line's width.
  private func band(_ range: ClosedRange<Double>, from top: Double, to bottom: Double) -> Rect? {
    let scale = frame.x.scale
    let low = max(range.lowerBound / Self.kibibyte, scale.low)
    let high = min(range.upperBound / Self.kibibyte, scale.high)
    guard low <= high else { return nil }
    let (a, b) = (scale.place(low), scale.place(high))
    let width = max(1.5, b - a)
    return Rect(x: (a + b - width) / 2, y: top, width: width, height: bottom - top)
  }

  /// One line per fitted series: its sign, its intervals as bars, their values beside them.
  func drawLanes() {
    guard !lanes.isEmpty else { return }
    let height = Self.laneHeight(type)
    let top = lanesTop
    let sides = sideColumns
    drawLaneTitles(y: top - type.label.lineHeight / 2)
    for (index, series) in lanes.enumerated() {
      let y = top + (Double(index) + 0.5) * height
      canvas.stroke(
        .line(Point(frame.rect.x, y), Point(frame.rect.maxX, y)),
        Stroke(theme.grid, width: 0.6))
      let marker = Marker(
        series.shape, radius: type.marker * 0.75, role: series.role, isFilled: series.isFilled,
        isPredicted: series.isPredicted)
      marker.draw(at: Point(sides, y), on: canvas, theme: theme)
      drawName(series, y: y)
      for part in parts(series) {
        guard let rect = band(part.range, from: y - 3.5, to: y + 3.5) else { continue }
        canvas.fill(.rect(rect), theme.colour(series.role).opacity(0.55))
        canvas.stroke(.rect(rect), Stroke(theme.colour(series.role), width: 0.8))
        drawValue(part, rect, y, theme.text(series.role))
      }
    }
  }

  /// The series' name at the left end of its lane, if nothing else needs the room.
  private func drawName(_ series: SweepChart.Series, y: Double) {
    let name = CleanText(series.name).string
    let width = canvas.width(of: name, type.label)
    let first = parts(series).compactMap { band($0.range, from: 0, to: 1)?.x }.min() ?? 0
    // Room for the longest value: "1024 [1023, 1025]".
    let taken = canvas.width(of: "1024 [1023, 1025]", type.label) + 12
    guard !name.isEmpty, frame.rect.x + 4 + width <= first - taken else { return }
    let point = Point(frame.rect.x + 4, y)
    let anchor = Anchor(.start, .middle)
    canvas.fill(
      canvas.box(of: name, at: point, type.label, anchor: anchor).grown(1).path, theme.page)
    canvas.text(name, at: point, type.label, theme.text(series.role), anchor: anchor)
  }

  /// Where the lanes' signs stand, left of the frame.
  private var sideColumns: Double { frame.rect.x - 10 }

  /// "begins" left of the first onset, "ends" right of the first saturation.
  private func drawLaneTitles(y: Double) {
    guard let series = lanes.first else { return }
    for part in parts(series) {
      guard let rect = band(part.range, from: 0, to: 1) else { continue }
      let text = part.isOnset ? "ramp begins, KiB" : "ramp ends, KiB"
      place(text, part.isOnset, beside: rect, y, theme.soft)
    }
  }

  /// The longest form that fits between the bar and the frame.
  private func drawValue(
    _ part: Part, _ rect: Rect, _ y: Double, _ colour: Colour
  ) {
    let value = SizeText.number(part.value)
    let range = part.range
    let full =
      range.lowerBound < range.upperBound
      ? "\(value) [\(SizeText.number(range.lowerBound)), \(SizeText.number(range.upperBound))]"
      : value
    for text in [full, value]
    where place(text, part.isOnset, beside: rect, y, colour) { return }
  }

  @discardableResult
  private func place(
    _ text: String, _ isLeft: Bool, beside rect: Rect, _ y: Double, _ colour: Colour
  ) -> Bool {
    let width = canvas.width(of: text, type.label)
    let room =
      isLeft ? rect.x - 4 - frame.rect.x : frame.rect.maxX - rect.maxX - 4
    guard width <= room else { return false }
    let point = Point(isLeft ? rect.x - 4 : rect.maxX + 4, y)
    let anchor = Anchor(isLeft ? .end : .start, .middle)
    let box = canvas.box(of: text, at: point, type.label, anchor: anchor)
    canvas.fill(box.grown(0.5).path, theme.page)
    canvas.text(text, at: point, type.label, colour, anchor: anchor)
    return true
  }
}
