#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A box turned by an angle: a label along a line, a marker, or, with next to no height, a line.
struct OrientedBox: Sendable, Equatable {
  let centre: Point
  let width: Double
  let height: Double
  /// Radians, clockwise on the page.
  let angle: Double
  /// Unit vector along the width: comparing boxes is the most frequent step of a layout.
  private let along: Point

  init(centre: Point, width: Double, height: Double, angle: Double = 0) {
    self.centre = centre
    self.width = width
    self.height = height
    self.angle = angle
    along = angle == 0 ? Point(1, 0) : Point(cos(angle), sin(angle))
  }

  init(_ rect: Rect) {
    self.init(centre: rect.centre, width: rect.width, height: rect.height)
  }

  /// The straight line between two points, as thick as its stroke.
  init(from: Point, to: Point, thickness: Double) {
    let along = to - from
    self.init(
      centre: (from + to) * 0.5, width: along.length, height: thickness,
      angle: atan2(along.y, along.x))
  }

  /// Larger by `amount` on every side.
  func grown(_ amount: Double) -> OrientedBox {
    OrientedBox(
      centre: centre, width: width + 2 * amount, height: height + 2 * amount, angle: angle,
      along: along)
  }

  private init(centre: Point, width: Double, height: Double, angle: Double, along: Point) {
    self.centre = centre
    self.width = width
    self.height = height
    self.angle = angle
    self.along = along
  }

  var corners: [Point] {
    let (c, s) = (along.x, along.y)
    return [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map { x, y in
      Point(
        centre.x + x * width * c - y * height * s, centre.y + x * width * s + y * height * c)
    }
  }

  /// The smallest upright rectangle around it.
  var bounds: Rect {
    let (c, s) = (abs(along.x), abs(along.y))
    let (w, h) = (width * c + height * s, width * s + height * c)
    return Rect(x: centre.x - w / 2, y: centre.y - h / 2, width: w, height: h)
  }

  var path: Path { Path(corners, closed: true) }

  /// Whether the insides overlap (separating axis theorem: two convex shapes are apart if and only
  /// if they are apart along the normal of one of their sides).
  func intersects(_ other: OrientedBox) -> Bool {
    let apart = other.centre - centre
    // Most pairs are far apart: compare the circles around them before anything else.
    let reach = (width + height + other.width + other.height) / 2
    if abs(apart.x) >= reach || abs(apart.y) >= reach { return false }
    let own = (along, Point(-along.y, along.x))
    let its = (other.along, Point(-other.along.y, other.along.x))
    func separates(_ axis: Point) -> Bool {
      func dot(_ a: Point) -> Double { a.x * axis.x + a.y * axis.y }
      let mine = abs(dot(own.0)) * width / 2 + abs(dot(own.1)) * height / 2
      let theirs = abs(dot(its.0)) * other.width / 2 + abs(dot(its.1)) * other.height / 2
      return abs(dot(apart)) >= mine + theirs - 1e-9
    }
    return !(separates(own.0) || separates(own.1) || separates(its.0) || separates(its.1))
  }

  /// Whether all of it lies within the rectangle.
  func lies(in rect: Rect, slack: Double = 0) -> Bool {
    let own = bounds
    return own.x >= rect.x - slack && own.maxX <= rect.maxX + slack && own.y >= rect.y - slack
      && own.maxY <= rect.maxY + slack
  }
}
