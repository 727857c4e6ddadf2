import Support

/// Writes the drawing of a figure. It is an image with a data URL, never part of the page: scripts
/// and links in an SVG image do not run, and the ids of two drawings cannot clash.
enum HTMLFigure {
  /// Windows up to this width get the compact drawing.
  private static let narrow = "(max-width: 40rem)"
  private static let dark = "(prefers-color-scheme: dark)"

  /// The picture for light and dark, wide and narrow windows; paper gets the light wide one. Without
  /// a compact drawing a narrow window scrolls. Nil when the figure has no SVG.
  static func picture(_ figure: Figure) throws(Diagnostic) -> String? {
    guard let svg = try figure.drawing(.svg(.light, .wide)) else { return nil }
    var sources: [String] = []
    let compact = try figure.drawing(.svg(.light, .compact))
    if let compact {
      if let both = try figure.drawing(.svg(.dark, .compact)) {
        sources.append(source("\(narrow) and \(dark)", both))
      }
      sources.append(source(narrow, compact))
    }
    if let dark = try figure.drawing(.svg(.dark, .wide)) { sources.append(source(Self.dark, dark)) }
    let alternative = HTMLText.escape(figure.alternativeText)
    let image = "<img src=\"\(url(svg))\" alt=\"\(alternative)\">"
    let picture = "<picture>\(sources.joined())\(image)</picture>"
    if compact != nil { return picture }
    return "<div class=\"drawing\" role=\"region\" aria-label=\"Drawing\" tabindex=\"0\">"
      + picture + "</div>"
  }

  private static func source(_ media: String, _ svg: [UInt8]) -> String {
    "<source media=\"screen and \(media)\" srcset=\"\(url(svg))\">"
  }

  private static func url(_ svg: [UInt8]) -> String {
    "data:image/svg+xml;base64," + Base64.encode(svg)
  }
}

extension HTMLBlocks {
  /// A figure: drawing, caption, and its numbers behind a line that opens them.
  mutating func figure(_ figure: Figure) -> String {
    var parts: [String] = []
    do throws(Diagnostic) {
      parts.append(
        try HTMLFigure.picture(figure)
          ?? "<p>Figure: \(HTMLText.escape(figure.alternativeText))</p>")
    } catch {
      parts.append(html(figure.box(for: error)))
    }
    if !figure.caption.isEmpty {
      parts.append("<figcaption>\(Self.inline(figure.caption))</figcaption>")
    }
    if let table = figure.table {
      let summary = "The numbers of this figure: \(counted(table.count, "row"))"
      parts.append(
        "<details>\n<summary>\(summary)</summary>\n\(html(.table(table)))\n</details>")
    }
    return "<figure>\n\(parts.joined(separator: "\n"))\n</figure>"
  }
}
