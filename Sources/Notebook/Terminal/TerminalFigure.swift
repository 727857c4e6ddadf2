import Support

/// How figures are shown on a terminal.
struct TerminalFigure {
  /// Images wider than this look too large beside text.
  private static let widestImage = 100

  let inline: TerminalInline
  /// Nil shows drawings in characters.
  let images: ImageProtocol?
  let isDark: Bool

  /// The lines of the drawing; an image is one line.
  func drawing(_ figure: Figure, width: Int) throws(Diagnostic) -> [StyledLine] {
    if let images, let png = try png(figure) {
      let columns = min(width, Self.widestImage)
      if let sequence = TerminalImage.sequence(png, images, columns: columns) {
        return [[Span(image: sequence, columns: columns)]]
      }
    }
    guard let text = try figure.text(width: width, unicode: inline.unicode) else { return [] }
    return text.lines.map { line($0, width: width) }
  }

  private func png(_ figure: Figure) throws(Diagnostic) -> [UInt8]? {
    if isDark, let dark = try figure.drawing(.png(.dark)) { return dark }
    return try figure.drawing(.png(.light))
  }

  /// A line, cut off at the width.
  private func line(_ runs: [TextDrawing.Run], width: Int) -> StyledLine {
    var line: StyledLine = []
    var used = 0
    for run in runs {
      var text = ""
      for character in inline.drawn(run.text) {
        let columns = DisplayWidth.of(character)
        guard used + columns <= width else {
          return line + [Span(text: text, style: style(run.colour))]
        }
        text.append(character)
        used += columns
      }
      line.append(Span(text: text, style: style(run.colour)))
    }
    return line
  }

  private func style(_ colour: TextDrawing.Colour) -> TextStyle {
    switch colour {
    case .plain: []
    case .dim: .dim
    case .blue: .blue
    case .yellow: .yellow
    case .green: .green
    case .magenta: .magenta
    case .cyan: .cyan
    case .red: .red
    }
  }
}
