/// A canvas that draws nothing and remembers everything, for tests of structure.
final class RecordingCanvas: Canvas {
  enum Call: Sendable, Equatable {
    case stroke(Path, Stroke)
    case fill(Path, Colour)
    case text(String, TextStyle, Colour, angle: Double, box: OrientedBox)
    case pushClip(Rect)
    case popClip
  }

  private(set) var calls: [Call] = []
  private let measure: (String, TextStyle) -> Double

  /// - Parameter measure: the width of a text; without one 0.6 of the size per character.
  init(
    measure: @escaping (String, TextStyle) -> Double = { text, style in
      Double(text.count) * style.size * 0.6
    }
  ) {
    self.measure = measure
  }

  func stroke(_ path: Path, _ stroke: Stroke) { calls.append(.stroke(path, stroke)) }
  func fill(_ path: Path, _ colour: Colour) { calls.append(.fill(path, colour)) }
  func pushClip(_ rect: Rect) { calls.append(.pushClip(rect)) }
  func popClip() { calls.append(.popClip) }

  func width(of text: CleanText, _ style: TextStyle) -> Double {
    measure(text.string, style)
  }

  func show(
    _ text: CleanText, at point: Point, _ style: TextStyle, _ colour: Colour, anchor: Anchor,
    angle: Double
  ) {
    let box = anchor.box(at: point, width: width(of: text, style), style, angle: angle)
    calls.append(.text(text.string, style, colour, angle: angle, box: box))
  }

  /// A text that was drawn.
  struct Label: Sendable, Equatable {
    let text: String
    let style: TextStyle
    let colour: Colour
    let angle: Double
    let box: OrientedBox
  }

  /// All texts in the order they were drawn.
  var labels: [Label] {
    calls.compactMap { call in
      guard case .text(let text, let style, let colour, let angle, let box) = call else {
        return nil
      }
      return Label(text: text, style: style, colour: colour, angle: angle, box: box)
    }
  }
}
