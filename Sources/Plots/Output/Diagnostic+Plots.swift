import Support

extension Diagnostic {
  /// A figure that could not be drawn, in Cairo's own words.
  static func cairo(_ words: String) -> Diagnostic {
    Diagnostic("drawing", "cannot draw the figure: \(words)", remedy: "")
  }

  /// An SVG that holds no chart, or one that breaks a rule: the fact and what to do.
  public static func notAFigure(_ words: String) -> Diagnostic {
    Diagnostic(
      "stored-figure", "cannot read a figure from this SVG: \(words)",
      remedy: "Name an SVG as analyze wrote it; other programs drop its <metadata>.")
  }
}
