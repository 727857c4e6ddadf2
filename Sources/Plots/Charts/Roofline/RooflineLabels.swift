extension RooflineRenderer {
  func drawLabels(_ obstacles: inout Obstacles) {
    var placer = LabelPlacer(obstacles: obstacles, style: type.label)
    let ridges = model.ridges.map { ridge in
      LabelRequest(
        RooflineRidge.text(ridge), at: place(ridge.x, ridge.y),
        radius: RooflineRidge.radius(type))
    }
    let points = model.shown.map { index in
      let point = chart.points[index]
      return LabelRequest(
        point.label, at: place(point.intensity, point.throughput),
        radius: chart.marker(point, in: drawing).reach, priority: point.priority)
    }
    let moves = chart.moves.compactMap { move -> LabelRequest? in
      guard let text = move.label, model.shown.contains(move.from), model.shown.contains(move.to)
      else { return nil }
      let (a, b) = (chart.points[move.from], chart.points[move.to])
      let middle =
        (place(a.intensity, a.throughput) + place(b.intensity, b.throughput)) * 0.5
      return LabelRequest(text, at: middle, radius: 2)
    }
    // Compact figures have the ridges' values in the legend.
    let isWide = drawing.layout == .wide
    let most = isWide ? 8 : 4
    let labels: [([LabelRequest], Int, (Int) -> Colour)] = [
      (ridges, isWide ? ridges.count : 0, { _ in theme.soft }),
      (points, most, { theme.text(role(of: $0)) }),
      (moves, most, { _ in theme.soft }),
    ]
    for (requests, limit, colour) in labels {
      for label in placer.place(requests, limit: limit, on: canvas) {
        label.drawLeader(on: canvas, colour: theme.line)
        drawHalo(label.box)
        label.label.drawText(on: canvas, style: type.label, colour: colour(label.request))
      }
    }
    obstacles = placer.obstacles
  }

  /// Of the n-th point shown.
  private func role(of index: Int) -> Role {
    let point = chart.points[model.shown[index]]
    return point.isBelowQuantum ? .doubtful : chart.series.role(point.series)
  }
}
