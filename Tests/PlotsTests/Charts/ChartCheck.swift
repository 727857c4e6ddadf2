import Testing

@testable import Plots

/// What must hold for every figure, whatever it shows.
enum ChartCheck {
  /// A recording of the chart, measured with the real font, and its page.
  static func record(_ chart: some Chart, theme: Theme = .light) throws -> (RecordingCanvas, Size) {
    let font = try Figures.measuringCanvas()
    let canvas = RecordingCanvas { font.width(of: $0, $1) }
    let size = Figures.draw(chart, on: canvas, theme: theme)
    return (canvas, size)
  }

  /// No text below 8 pt, none off the page, none over another.
  ///
  /// Returns how many draw calls there were.
  @discardableResult
  static func expectLegible(
    _ chart: some Chart, _ about: Comment? = nil, location: SourceLocation = #_sourceLocation
  ) throws -> Int {
    let (canvas, size) = try record(chart)
    let page = Rect(x: 0, y: 0, width: size.width, height: size.height)
    let labels = canvas.labels.filter { !$0.text.isEmpty }
    for label in labels {
      #expect(label.style.size >= 8, about, sourceLocation: location)
      #expect(
        label.box.lies(in: page, slack: 0.5), "\(label.text.prefix(40)) \(label.box.bounds)",
        sourceLocation: location)
    }
    for (index, label) in labels.enumerated() {
      for other in labels[(index + 1)...]
      where label.box.grown(-0.8).intersects(other.box.grown(-0.8)) {
        Issue.record(
          "'\(label.text.prefix(60))' covers '\(other.text.prefix(60))' (\(about ?? ""))",
          sourceLocation: location)
      }
    }
    expectFinite(canvas, location)
    expectInside(canvas, page, location)
    return canvas.calls.count
  }

  /// No coordinate is NaN or infinite.
  private static func expectFinite(_ canvas: RecordingCanvas, _ location: SourceLocation) {
    let bad = canvas.calls.contains { call in
      points(call).contains { !$0.x.isFinite || !$0.y.isFinite }
    }
    #expect(!bad, "a coordinate is not finite", sourceLocation: location)
  }

  /// Nothing that is not clipped leaves the page.
  private static func expectInside(
    _ canvas: RecordingCanvas, _ page: Rect, _ location: SourceLocation
  ) {
    var depth = 0
    for call in canvas.calls {
      switch call {
      case .pushClip: depth += 1
      case .popClip: depth -= 1
      default:
        guard depth == 0 else { continue }
        let outside = points(call).filter { !page.contains($0, slack: 1) }
        #expect(outside.isEmpty, "\(outside.prefix(2)) leaves \(page)", sourceLocation: location)
      }
    }
    #expect(depth == 0, sourceLocation: location)
  }

  private static func points(_ call: RecordingCanvas.Call) -> [Point] {
    switch call {
    case .stroke(let path, _), .fill(let path, _):
      path.elements.flatMap { element -> [Point] in
        switch element {
        case .move(let point), .line(let point): [point]
        case .curve(let a, let b, let c): [a, b, c]
        case .circle(let centre, let radius):
          [
            Point(centre.x - radius, centre.y - radius),
            Point(centre.x + radius, centre.y + radius),
          ]
        case .close: []
        }
      }
    case .text(_, _, _, _, let box): box.corners
    case .pushClip, .popClip: []
    }
  }

  /// All texts in one string.
  static func words(_ chart: some Chart) throws -> String {
    try record(chart).0.labels.map(\.text).joined(separator: "\n")
  }
}
