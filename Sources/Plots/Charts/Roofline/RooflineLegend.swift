import Core

extension RooflineChart {
  /// Radius of a marker for the whole inference time.
  func fullRadius(_ layout: Layout) -> Double { layout == .wide ? 14 : 10 }

  /// How a point looks.
  func marker(_ point: DataPoint, in drawing: Drawing) -> Marker {
    let radius = point.share.map { Marker.radius(share: $0, full: fullRadius(drawing.layout)) }
    return Marker(
      point.shape, radius: radius ?? drawing.type.marker,
      role: series.role(point.series),
      isFilled: point.isFilled, isPredicted: point.isPredicted, isError: point.isAboveRoof,
      isDoubtful: point.isBelowQuantum)
  }

  /// Only what occurs is explained.
  func legend(_ model: RooflineModel, in drawing: Drawing) -> Legend {
    let shown = model.shown.map { points[$0] }
    var items: [LegendItem] = []
    func add(_ text: String, _ marker: Marker) {
      items.append(.marker(text, marker, theme: drawing.theme))
    }
    for (index, series) in series.enumerated() where shown.contains(where: { $0.series == index }) {
      add(series.name, Marker(radius: 4.5, role: series.role))
    }
    let soft = Role.doubtful
    let fills = Set(shown.map(\.isFilled))
    if fills.contains(true) { add(filledName, Marker(radius: 4, role: soft)) }
    if fills.contains(false) { add(hollowName, Marker(radius: 4, role: soft, isFilled: false)) }
    var kinds: [String] = []
    for point in shown where !kinds.contains(point.kind) && !point.kind.isEmpty {
      kinds.append(point.kind)
      if kinds.count == 8 { break }
    }
    // A single kind tells nothing apart.
    for kind in kinds where kinds.count > 1 {
      guard let point = shown.first(where: { $0.kind == kind }) else { continue }
      items.append(.shape(kind, point.shape, theme: drawing.theme))
    }
    if shown.contains(where: \.isPredicted) {
      add(
        Origin.predicted.description,
        Marker(radius: 4.5, role: soft, isFilled: false, isPredicted: true))
    }
    if shown.contains(where: \.isBelowQuantum) {
      items.append(belowQuantumItem(drawing.theme))
    }
    if shown.contains(where: \.isAboveRoof) {
      add("above its roof: error", Marker(radius: 3, role: soft, isFilled: false, isError: true))
    }
    items += lineItems(model, in: drawing)
    if shown.contains(where: { $0.share != nil }) { items.append(sizeKey(in: drawing)) }
    return Legend(items, style: drawing.type.label)
  }

  private func lineItems(_ model: RooflineModel, in drawing: Drawing) -> [LegendItem] {
    let ink = drawing.theme.colour(.roof)
    let lines = model.memory + model.ceilings
    var items: [LegendItem] = []
    if lines.contains(where: \.isMeasured) {
      items.append(.line("roof, measured", Stroke(ink, width: 1.4)))
    }
    if lines.contains(where: { !$0.isMeasured }) {
      items.append(.line("roof, computed", Stroke(ink, width: 1.4, dash: [5, 3])))
    }
    if !model.noOverlapCurve.isEmpty {
      items.append(.line("no overlap of fetch and MAC", Stroke(ink, width: 0.7)))
    }
    return items
  }

  /// Names of roofs that found no room along their lines, and on phones the values of ridges.
  func names(
    _ model: RooflineModel, listed: [String], in drawing: Drawing
  ) -> [LegendItem] {
    let ink = drawing.theme.colour(.roof)
    var items: [LegendItem] = []
    let named =
      model.memory.map { ($0, names($0, isMemory: true)[0]) }
      + model.ceilings.map { ($0, names($0, isMemory: false)[0]) }
    for (line, name) in named where listed.contains(name) {
      items.append(.line(name, Self.stroke(line, ink)))
    }
    guard drawing.layout == .compact else { return items }
    for ridge in model.ridges {
      items.append(
        LegendItem(RooflineRidge.text(ridge), symbol: Size(12, 12)) { canvas, centre in
          RooflineRidge.draw(ridge.number, at: centre, on: canvas, drawing)
        })
    }
    return items
  }

  static func stroke(_ line: RooflineModel.Line, _ colour: Colour) -> Stroke {
    Stroke(colour, width: 1.4, dash: line.isMeasured ? [] : [5, 3])
  }

  private func belowQuantumItem(_ theme: Theme) -> LegendItem {
    LegendItem("below timer resolution", symbol: Size(20, 9)) { canvas, centre in
      Marker(radius: 3.5, role: .doubtful, isDoubtful: true)
        .draw(at: Point(centre.x + 4, centre.y), on: canvas, theme: theme)
    }
  }

  /// Three circles.
  private func sizeKey(in drawing: Drawing) -> LegendItem {
    let full = fullRadius(drawing.layout)
    let radii = [0.05, 0.2, 0.5].map { Marker.radius(share: $0, full: full) }
    let width = radii.reduce(0) { $0 + 2 * $1 + 2 }
    let text = "5, 20, 50 % of the time"
    let stroke = Stroke(drawing.theme.soft, width: 0.9)
    return LegendItem(text, symbol: Size(width, 2 * (radii.last ?? 0) + 2)) { canvas, centre in
      var x = centre.x - width / 2
      for radius in radii {
        canvas.stroke(.circle(Point(x + radius + 1, centre.y), radius: radius), stroke)
        x += 2 * radius + 2
      }
    }
  }
}
