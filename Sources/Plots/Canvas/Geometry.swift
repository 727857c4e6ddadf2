/// A place on the page in points, x to the right and y downwards.
struct Point: Sendable, Equatable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
  static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
  static func * (a: Point, factor: Double) -> Point { Point(a.x * factor, a.y * factor) }
  var length: Double { (x * x + y * y).squareRoot() }
}

/// Width and height in points (1/72 inch).
public struct Size: Sendable, Equatable, Codable {
  /// In points.
  public var width: Double
  /// In points.
  public var height: Double

  /// Width and height in points.
  public init(_ width: Double, _ height: Double) {
    self.width = width
    self.height = height
  }
}

/// An upright rectangle in points; `y` is its upper edge.
struct Rect: Sendable, Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  var maxX: Double { x + width }
  var maxY: Double { y + height }
  var centre: Point { Point(x + width / 2, y + height / 2) }

  /// Smaller by `amount` on every side; larger if it is negative.
  func inset(_ amount: Double) -> Rect {
    Rect(x: x + amount, y: y + amount, width: width - 2 * amount, height: height - 2 * amount)
  }

  func contains(_ point: Point, slack: Double = 0) -> Bool {
    point.x >= x - slack && point.x <= maxX + slack && point.y >= y - slack
      && point.y <= maxY + slack
  }

  /// Whether the insides overlap; a shared edge does not count.
  func intersects(_ other: Rect) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }
}
