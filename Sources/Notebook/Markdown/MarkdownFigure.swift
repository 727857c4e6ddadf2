import Support

extension MarkdownRenderer {
  /// Figures with more rows of numbers leave them to the other forms.
  private static let mostRows = 12

  /// A figure: drawing, caption, and its numbers when they are few.
  func figure(_ figure: Figure) -> String {
    var parts: [String] = []
    do throws(Diagnostic) {
      parts.append(try drawing(figure))
    } catch {
      parts.append(block(figure.box(for: error)))
    }
    if !figure.caption.isEmpty { parts.append(inline([.emphasis(figure.caption)])) }
    if let table = figure.table {
      let count = table.count
      parts.append(
        count <= Self.mostRows
          ? block(.table(table))
          : "The numbers of this figure, \(count) rows, are in the CSV and HTML forms.")
    }
    return parts.joined(separator: "\n\n")
  }

  /// An image; with a dark drawing the element that GitHub documents for both themes:
  /// https://docs.github.com/get-started/writing-on-github (quickstart, "Adding an image to suit
  /// your visitors").
  private func drawing(_ figure: Figure) throws(Diagnostic) -> String {
    let text = MarkdownText.text(figure.alternativeText, inLink: true)
    guard let figureDirectory, let light = file(figure.name, in: figureDirectory),
      try figure.drawing(.svg(.light, .wide)) != nil
    else { return "*Figure: \(text)*" }
    guard let dark = file(FigureName.dark(figure.name), in: figureDirectory),
      try figure.drawing(.svg(.dark, .wide)) != nil
    else { return "![\(text)](\(MarkdownText.target(light.value)))" }
    // No line may be empty, or the element would end there.
    return """
      <picture>
        <source media="(prefers-color-scheme: dark)" srcset="\(HTMLText.escape(dark.value))">
        <img alt="\(HTMLText.escape(figure.alternativeText))" src="\(HTMLText.escape(light.value))">
      </picture>
      """
  }

  private func file(_ name: String, in directory: String) -> LinkTarget? {
    LinkTarget("\(directory)/\(name).svg")
  }
}
