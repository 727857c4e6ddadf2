/// The names of roofs along their lines.
struct LineNames {
  private(set) var labels: [LineLabel] = []
  /// Full names of the lines whose label is shorter than that.
  private(set) var shortened: [String] = []
  private(set) var obstacles: Obstacles

  init(
    _ chart: RooflineChart, _ model: RooflineModel, _ drawing: Drawing, _ frame: PlotFrame,
    _ obstacles: Obstacles
  ) {
    self.obstacles = obstacles
    func place(_ pair: (x: Double, y: Double)) -> Point {
      Point(frame.x.scale.place(pair.x), frame.y.scale.place(pair.y / chart.axisUnit))
    }
    for (lines, isMemory) in [(model.memory, true), (model.ceilings, false)] {
      for line in lines {
        let names = chart.names(line, isMemory: isMemory)
        // On a phone only the value stands at the line.
        let tried = drawing.layout == .wide ? names : Array(names.suffix(1))
        var label: LineLabel?
        for name in tried where label == nil {
          // Slopes are named in their lower half, ceilings near the right end.
          label = LineLabel.place(
            name, from: place(line.from), to: place(line.to), prefer: isMemory ? 0.45 : 1,
            style: drawing.type.label, obstacles: self.obstacles, on: drawing.canvas)
        }
        if let label {
          // Words of one line must not run into those of another.
          self.obstacles.add(label.box.grown(3))
          labels.append(label)
        }
        if label?.text != names[0] { shortened.append(names[0]) }
      }
    }
  }
}
