/// Writes a figure. The drawing is an image with a data URL, never part of the page: scripts and links
/// in an SVG image do not run.
enum HTMLFigure {
  static func html(_ figure: Figure) -> String {
    let dark = figure.darkSVG.map {
      "<source media=\"(prefers-color-scheme: dark)\" srcset=\"\(url($0))\">"
    }
    let alternative = HTMLText.escape(figure.alternativeText)
    let image = "<img src=\"\(url(figure.svg))\" alt=\"\(alternative)\">"
    let caption =
      figure.caption.isEmpty
      ? "" : "\n<figcaption>\(HTMLBlocks.inline(figure.caption))</figcaption>"
    return "<figure>\n<picture>\(dark ?? "")\(image)</picture>\(caption)\n</figure>"
  }

  private static func url(_ svg: String) -> String {
    "data:image/svg+xml;base64," + Base64.encode(Array(svg.utf8))
  }
}
