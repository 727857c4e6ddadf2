import Foundation
import TestSupport
import Testing

@testable import Plots

@Suite struct LayoutTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `placed labels keep clear of everything and come by priority`(seed: UInt64) {
    var random = SplitMix(seed)
    let frame = Rect(x: 0, y: 0, width: random.double(150...700), height: random.double(100...500))
    var obstacles = Obstacles(frame: frame)
    let requests = (0..<random.int(1...40)).map { index in
      LabelRequest(
        "label \(index)" + String(repeating: "x", count: random.int(0...12)),
        at: Point(random.double(0...frame.width), random.double(0...frame.height)),
        radius: random.double(2...12), priority: random.double(0...1))
    }
    for request in requests { obstacles.add(marker: request.point, radius: request.radius) }
    obstacles.add(line: [Point(0, frame.height), Point(frame.width, 0)])
    let style = TextStyle(size: 8.5)
    var placer = LabelPlacer(obstacles: obstacles, style: style)
    let placed = placer.place(requests, limit: 8, on: RecordingCanvas())
    #expect(placed.count <= 8)
    for (index, label) in placed.enumerated() {
      #expect(label.box.lies(in: frame))
      #expect(!obstacles.solid.contains { $0.intersects(label.box) })
      #expect(!placed[(index + 1)...].contains { $0.box.intersects(label.box) })
    }
    var again = LabelPlacer(obstacles: obstacles, style: style)
    #expect(again.place(requests, limit: 8, on: RecordingCanvas()) == placed)
    let priorities = placed.map { requests[$0.request].priority }
    #expect(priorities == priorities.sorted(by: >))
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `boxes overlap if and only if sampled points say so`(seed: UInt64) {
    var random = SplitMix(seed)
    func box() -> OrientedBox {
      OrientedBox(
        centre: Point(random.double(-30...30), random.double(-30...30)),
        width: random.double(1...50), height: random.double(1...20),
        angle: random.double(-3.2...3.2))
    }
    let (a, b) = (box(), box())
    #expect(a.intersects(b) == b.intersects(a))
    var meets = false
    for i in 0...40 {
      for j in 0...40 {
        let (u, v) = (Double(i) / 40 - 0.5, Double(j) / 40 - 0.5)
        let point = Self.point(a, u, v)
        if Self.contains(b, point) { meets = true }
      }
    }
    // A sampled point inside proves an overlap; a separation proves there is none.
    if meets { #expect(a.grown(0.01).intersects(b.grown(0.01))) }
    if !a.grown(2).intersects(b.grown(2)) { #expect(!meets) }
  }

  static func point(_ box: OrientedBox, _ u: Double, _ v: Double) -> Point {
    let (c, s) = (cos(box.angle), sin(box.angle))
    return Point(
      box.centre.x + u * box.width * c - v * box.height * s,
      box.centre.y + u * box.width * s + v * box.height * c)
  }

  static func contains(_ box: OrientedBox, _ point: Point) -> Bool {
    let d = point - box.centre
    let (c, s) = (cos(box.angle), sin(box.angle))
    return abs(d.x * c + d.y * s) <= box.width / 2 && abs(-d.x * s + d.y * c) <= box.height / 2
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `wrapped lines fit and lose no word`(seed: UInt64) {
    var random = SplitMix(seed)
    let words = (0..<random.int(0...60)).map { _ in
      String(repeating: "m", count: random.int(1...9))
    }
    let canvas = RecordingCanvas()
    let style = TextStyle(size: 9)
    let lines = canvas.wrap(words.joined(separator: " "), style, width: 200, limit: 99)
    #expect(lines.allSatisfy { canvas.width(of: $0, style) <= 200 })
    #expect(lines.joined(separator: " ") == words.joined(separator: " "))
  }

  @Test func `the legend goes to the lower right, else to an empty corner, else nowhere`() throws {
    let canvas = RecordingCanvas()
    let frame = Rect(x: 0, y: 0, width: 400, height: 300)
    let legend = Legend(
      [.line("one", Stroke(Colour(0), width: 1))], style: TextStyle(size: 8.5))
    var obstacles = Obstacles(frame: frame)
    let first = try #require(legend.corner(in: obstacles, on: canvas))
    #expect(first.maxX > 380 && first.maxY > 280)
    obstacles.add(marker: Point(390, 290), radius: 20)
    let second = try #require(legend.corner(in: obstacles, on: canvas))
    #expect(second.x < 20 && second.y < 20)
    for corner in [Point(5, 5), Point(5, 295), Point(395, 5)] {
      obstacles.add(marker: corner, radius: 20)
    }
    #expect(legend.corner(in: obstacles, on: canvas) == nil)
  }

  @Test(arguments: MarkerShape.allCases)
  func `markers of all shapes have the area of the circle`(shape: MarkerShape) {
    let path = shape.path(at: Point(0, 0), radius: 10)
    var corners: [Point] = []
    for element in path.elements {
      switch element {
      case .move(let point), .line(let point): corners.append(point)
      case .circle(_, let radius): #expect(radius == 10)
      case .curve, .close: break
      }
    }
    guard !corners.isEmpty else { return }
    var twice = 0.0
    for (a, b) in zip(corners, corners.dropFirst() + [corners[0]]) {
      twice += a.x * b.y - b.x * a.y
    }
    #expect(abs(abs(twice) / 2 - Double.pi * 100) < 1)
    #expect(corners.map(\.length).max().map { abs($0 - 10 * shape.reach) < 0.01 } == true)
  }

  @Test func `area carries the share`() {
    let (whole, half) = (Marker.radius(share: 1, full: 14), Marker.radius(share: 0.5, full: 14))
    #expect(abs(whole * whole - 2 * half * half) < 1e-9)
  }
}
