/// Why a figure could not be drawn or read back.
public enum PlotError: Error, Equatable, CustomStringConvertible {
  /// Cairo's own words.
  case cairo(String)
  /// The SVG holds no chart, or one that breaks a rule: the fact and what to do.
  case notAFigure(String)

  /// A sentence for the user.
  public var description: String {
    switch self {
    case .cairo(let message): "cannot draw the figure: \(message)"
    case .notAFigure(let message): "cannot read a figure from this SVG: \(message)"
    }
  }
}
