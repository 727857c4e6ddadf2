/// What labels must keep clear of. `solid` things are never covered; `lines` are where there is no
/// other way.
struct Obstacles: Sendable {
  var frame: Rect
  private(set) var solid: [OrientedBox] = []
  private(set) var lines: [OrientedBox] = []

  init(frame: Rect) {
    self.frame = frame
  }

  mutating func add(_ box: OrientedBox) { solid.append(box) }
  mutating func add(marker centre: Point, radius: Double) {
    solid.append(OrientedBox(centre: centre, width: 2 * radius, height: 2 * radius))
  }

  /// A line through points, as straight pieces.
  mutating func add(line points: [Point], thickness: Double = 1) {
    for (from, to) in zip(points, points.dropFirst()) {
      lines.append(OrientedBox(from: from, to: to, thickness: thickness))
    }
  }

  /// Whether a label may stand here at all.
  func isFree(_ box: OrientedBox) -> Bool {
    box.lies(in: frame) && !solid.contains { $0.intersects(box) }
  }

  func linesCrossed(by box: OrientedBox) -> Int {
    lines.reduce(0) { $0 + ($1.intersects(box) ? 1 : 0) }
  }

  func solidsCrossed(by box: OrientedBox) -> Int {
    solid.reduce(0) { $0 + ($1.intersects(box) ? 1 : 0) }
  }
}
