#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A label that wants to stand near a point.
struct LabelRequest: Sendable, Equatable {
  var text: String
  var point: Point
  /// The marker's radius; the label and its leader line keep off it.
  var radius: Double
  /// Higher goes first; equals in the order given.
  var priority: Double

  init(_ text: String, at point: Point, radius: Double, priority: Double = 0) {
    self.text = text
    self.point = point
    self.radius = radius
    self.priority = priority
  }
}

/// Where a label came to stand.
struct PlacedLabel: Sendable, Equatable {
  /// Index of the request.
  var request: Int
  var text: String
  var box: OrientedBox
  /// From the marker's edge to the label; nil where it stands right beside.
  var leader: [Point]?
}

/// Places labels of points so that none covers another, a marker or the frame, and few lines.
///
/// Greedy by priority over a fixed fan of candidates (nearest first), which is deterministic and,
/// for the few labels of a figure, as good as annealing: Christensen, Marks, Shieber, "An empirical
/// study of algorithms for point-feature label placement", ACM TOG 14(3), 1995.
struct LabelPlacer: Sendable {
  var obstacles: Obstacles
  let style: TextStyle

  init(obstacles: Obstacles, style: TextStyle) {
    self.obstacles = obstacles
    self.style = style
  }

  /// Gap between marker and label in points, and reach of the fan.
  private static let gaps: [Double] = [3, 10, 18, 28, 40, 54, 70]
  private static let directions = 16

  /// Places at most `limit` labels; what finds no room is left out (the table lists all).
  /// The placed ones become obstacles.
  mutating func place(
    _ requests: [LabelRequest], limit: Int, on canvas: any Canvas
  ) -> [PlacedLabel] {
    let order = requests.indices.sorted {
      (requests[$1].priority, $0) < (requests[$0].priority, $1)
    }
    var placed: [PlacedLabel] = []
    for index in order where placed.count < limit {
      let request = requests[index]
      guard !request.text.isEmpty, obstacles.frame.contains(request.point) else { continue }
      let width = canvas.width(of: request.text, style)
      guard let label = best(request, index: index, width: width) else { continue }
      obstacles.add(label.box.grown(1))
      if let leader = label.leader { obstacles.add(line: leader) }
      placed.append(label)
    }
    return placed
  }

  private func best(_ request: LabelRequest, index: Int, width: Double) -> PlacedLabel? {
    var best: (cost: Double, label: PlacedLabel)?
    for (ring, gap) in Self.gaps.enumerated() {
      // Farther rings cost at least this much: stop when they cannot win any more.
      if let best, best.cost <= gap { break }
      for step in 0..<Self.directions {
        let angle = Self.angle(step)
        let box = beside(request, gap: gap, angle: angle, width: width)
        guard obstacles.isFree(box.grown(1)) else { continue }
        let leader = ring == 0 ? nil : self.leader(request, to: box)
        var cost = gap + Double(step) * 0.3
        cost += 30 * Double(obstacles.linesCrossed(by: box))
        if let leader {
          let line = OrientedBox(from: leader[0], to: leader[1], thickness: 1)
          cost += 40 * Double(obstacles.solidsCrossed(by: line))
          cost += 8 * Double(obstacles.linesCrossed(by: line))
        }
        if cost < best?.cost ?? .infinity {
          best = (
            cost, PlacedLabel(request: index, text: request.text, box: box, leader: leader)
          )
        }
      }
    }
    return best?.label
  }

  /// Right first, then up and down from there: the order in which readers look for a name.
  private static func angle(_ step: Int) -> Double {
    let turn = Double((step + 1) / 2) * (step % 2 == 1 ? -1 : 1)
    return turn * 2 * .pi / Double(directions)
  }

  private func beside(
    _ request: LabelRequest, gap: Double, angle: Double, width: Double
  ) -> OrientedBox {
    let (c, s) = (cos(angle), sin(angle))
    let reach = request.radius + gap
    let height = style.ascent + style.descent
    // The box touches the circle of reach with the side or corner that faces the marker.
    let x = request.point.x + reach * c + width / 2 * max(-1, min(1, c * 2.4))
    let y = request.point.y + reach * s + height / 2 * max(-1, min(1, s * 1.4))
    return OrientedBox(centre: Point(x, y), width: width, height: height)
  }

  /// From the marker's edge to the nearest spot of the label's edge.
  private func leader(_ request: LabelRequest, to box: OrientedBox) -> [Point] {
    let bounds = box.bounds.inset(-1)
    let target = Point(
      min(max(request.point.x, bounds.x), bounds.maxX),
      min(max(request.point.y, bounds.y), bounds.maxY))
    let along = target - request.point
    let length = max(along.length, 1e-9)
    return [request.point + along * ((request.radius + 0.5) / length), target]
  }
}
