/// How a bar is filled, so that its meaning survives without colour.
public enum BarPattern: String, Codable, Sendable, CaseIterable {
  /// Full colour.
  case solid
  /// Diagonal lines.
  case hatched
  /// Diagonal lines both ways.
  case crossed
  /// Level lines.
  case lined
  /// Rows of dots.
  case dotted
  /// An empty box with a dashed edge.
  case open
}

extension BarPattern {
  /// Lines are this far apart, in points.
  private static let spacing = 4.5

  /// The bar's main colour as text on it meets it.
  func ground(_ colour: Colour, _ theme: Theme) -> Colour {
    switch self {
    case .solid: theme.page.mixed(with: colour, 0.88)
    case .open: theme.page
    case .hatched, .crossed, .lined, .dotted: theme.page.mixed(with: colour, 0.2)
    }
  }

  /// Draws the bar with its edge.
  func draw(in rect: Rect, colour: Colour, on canvas: any Canvas, theme: Theme) {
    guard rect.width > 0, rect.height > 0 else { return }
    canvas.fill(.rect(rect), ground(colour, theme))
    let lines = lines(in: rect)
    if !lines.elements.isEmpty {
      let dash: [Double] = self == .dotted ? [0.01, Self.spacing * 0.85] : []
      canvas.stroke(
        lines,
        Stroke(colour, width: self == .dotted ? 1.7 : 1, dash: dash, isRound: self == .dotted))
    }
    canvas.stroke(
      .rect(rect), Stroke(colour, width: 0.9, dash: self == .open ? [2.5, 1.8] : []))
  }

  private func lines(in rect: Rect) -> Path {
    var path = Path()
    switch self {
    case .solid, .open: break
    case .hatched: path.append(Self.diagonals(in: rect, isRising: true))
    case .crossed:
      path.append(Self.diagonals(in: rect, isRising: true))
      path.append(Self.diagonals(in: rect, isRising: false))
    case .lined, .dotted:
      let rows = max(1, (rect.height / (Self.spacing * 0.8)).rounded(.down))
      for row in 0..<Int(min(rows, 500)) {
        let y = rect.y + rect.height * (Double(row) + 0.5) / rows
        let shift = self == .dotted ? 1.5 : 0
        guard rect.width > 2 * shift else { continue }
        path.append(.line(Point(rect.x + shift, y), Point(rect.maxX - shift, y)))
      }
    }
    return path
  }

  /// Lines at 45 degrees, cut to the rectangle. Anchored to the page rather than to the rectangle,
  /// so that neighbouring bars of one pattern continue each other.
  private static func diagonals(in rect: Rect, isRising: Bool) -> Path {
    var path = Path()
    let base = isRising ? rect.maxY : rect.y
    let sign = isRising ? -1.0 : 1.0
    let first = ((rect.x - rect.height) / spacing).rounded(.down) * spacing
    var start = first
    while start < rect.maxX {
      let from = max(start, rect.x)
      let to = min(start + rect.height, rect.maxX)
      if to > from {
        path.append(
          .line(Point(from, base + sign * (from - start)), Point(to, base + sign * (to - start))))
      }
      start += spacing
    }
    return path
  }
}

extension LegendItem {
  /// A small bar as symbol.
  static func bar(_ text: String, _ pattern: BarPattern, _ colour: Colour, theme: Theme)
    -> LegendItem
  {
    LegendItem(text, symbol: Size(18, 10)) { canvas, centre in
      pattern.draw(
        in: Rect(x: centre.x - 9, y: centre.y - 4.5, width: 18, height: 9), colour: colour,
        on: canvas, theme: theme)
    }
  }
}
