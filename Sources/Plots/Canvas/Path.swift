#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Lines and curves to stroke or fill.
struct Path: Sendable, Equatable {
  enum Element: Sendable, Equatable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case circle(centre: Point, radius: Double)
    case close
  }

  var elements: [Element] = []

  init() {}

  /// A line through all points.
  init(_ points: [Point], closed: Bool = false) {
    for (index, point) in points.enumerated() {
      elements.append(index == 0 ? .move(point) : .line(point))
    }
    if closed && !points.isEmpty { elements.append(.close) }
  }

  static func line(_ from: Point, _ to: Point) -> Path { Path([from, to]) }

  static func rect(_ rect: Rect) -> Path {
    Path(
      [
        Point(rect.x, rect.y), Point(rect.maxX, rect.y), Point(rect.maxX, rect.maxY),
        Point(rect.x, rect.maxY),
      ], closed: true)
  }

  static func circle(_ centre: Point, radius: Double) -> Path {
    var path = Path()
    path.elements = [.circle(centre: centre, radius: radius)]
    return path
  }

  /// A regular polygon, or a star where every second corner lies at `inner` of the radius.
  static func polygon(
    _ centre: Point, radius: Double, corners: Int, turn: Double = 0, inner: Double? = nil
  ) -> Path {
    let count = inner == nil ? corners : corners * 2
    return Path(
      (0..<count).map { corner in
        let angle = turn - Double.pi / 2 + 2 * Double.pi * Double(corner) / Double(count)
        let reach = corner % 2 == 1 ? radius * (inner ?? 1) : radius
        return Point(centre.x + reach * cos(angle), centre.y + reach * sin(angle))
      }, closed: true)
  }

  /// Joined to this one, each keeping its own subpaths.
  mutating func append(_ other: Path) { elements += other.elements }
}
