/// Shape of a marker: what kind of thing the point is.
public enum MarkerShape: String, Sendable, Codable, CaseIterable {
  case circle, square, triangle, diamond, pentagon, star, hexagon, triangleDown

  /// The outline whose area is that of a circle of the radius, so that area can carry a share.
  func path(at centre: Point, radius: Double) -> Path {
    func polygon(_ corners: Int, _ factor: Double, turn: Double = 0, inner: Double? = nil) -> Path {
      Path.polygon(
        centre, radius: radius * factor, corners: corners, turn: turn, inner: inner)
    }
    // Factors: square root of pi over the area of the shape of circumradius 1.
    switch self {
    case .circle: return .circle(centre, radius: radius)
    case .square: return polygon(4, 1.2533, turn: .pi / 4)
    case .diamond: return polygon(4, 1.2533)
    case .triangle: return polygon(3, 1.5551)
    case .triangleDown: return polygon(3, 1.5551, turn: .pi)
    case .pentagon: return polygon(5, 1.1494)
    case .hexagon: return polygon(6, 1.0996)
    case .star: return polygon(5, 1.5413, inner: 0.45)
    }
  }

  /// Radius of the circle around the outline, as a multiple of the radius.
  var reach: Double {
    switch self {
    case .circle: 1
    case .square, .diamond: 1.2533
    case .triangle, .triangleDown: 1.5551
    case .pentagon: 1.1494
    case .hexagon: 1.0996
    case .star: 1.5413
    }
  }
}

/// A small sign inside a marker that repeats its colour's meaning for readers without colour.
enum InnerMark: String, Sendable, Codable, CaseIterable {
  case none, dot, bar, plus

  /// The sign that goes with a role.
  init(_ role: Role) {
    switch role {
    case .sram: self = .dot
    case .nucleo: self = .bar
    case .fourth: self = .plus
    default: self = .none
    }
  }
}
