/// An axis: its scale, marks and title.
struct Axis: Sendable, Equatable {
  var scale: Scale
  var title: String
  var ticks: Ticks

  /// - Parameter ticks: automatic ones by default.
  init(_ scale: Scale, title: String, ticks: Ticks? = nil) {
    self.scale = scale
    self.title = title
    self.ticks = ticks ?? .automatic(scale)
  }

  /// One place per name, the first at the start of the axis.
  static func categories(_ names: [String], title: String = "") -> Axis {
    let scale = Scale(.linear, from: -0.5, to: Double(max(1, names.count)) - 0.5)
    let ticks = names.enumerated().map { Tick(Double($0.offset), $0.element) }
    return Axis(scale, title: title, ticks: Ticks(major: ticks))
  }
}
