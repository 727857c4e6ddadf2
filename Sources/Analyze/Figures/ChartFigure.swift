import Notebook
import Plots
import Support

/// Draws a chart in whatever form an output asks for.
struct ChartFigure<C: Chart>: FigureSource {
  let chart: C
  /// The chart in characters for a width, where there is such a drawing.
  var characters: (@Sendable (_ width: Int, _ unicode: Bool) -> TextDrawing?)?

  func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]? {
    do {
      switch form {
      case .svg(let theme, let layout):
        let chart = layout == .wide ? chart : chart.laidOut(.compact)
        return Array(try Figures.svg(chart, theme: theme.colours).utf8)
      case .png(let theme): return try Figures.png(chart, theme: theme.colours)
      case .pdf: return try Figures.pdf(chart)
      }
    } catch {
      throw error as? Diagnostic ?? Diagnostic("figure", "\(error)", remedy: "")
    }
  }

  /// The drawing in characters; else a line that says there is a figure.
  func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? {
    if let characters { return characters(width, unicode) }
    let words = "[figure \(chart.heading.name): \(chart.heading.title)]"
    return TextDrawing(lines: [[.init(words, .dim)]])
  }
}

extension FigureTheme {
  /// The colours of the drawing.
  fileprivate var colours: Theme { self == .dark ? .dark : .light }
}

extension Block {
  /// A chart as a block; its caption is inside the drawing, so that it travels with it.
  static func chart<C: Chart>(
    _ chart: C, table: Table? = nil,
    characters: (@Sendable (_ width: Int, _ unicode: Bool) -> TextDrawing?)? = nil
  ) -> Block {
    .figure(
      Figure(
        name: chart.heading.name, source: ChartFigure(chart: chart, characters: characters),
        alternativeText: chart.heading.summary, table: table))
  }
}
