extension Canvas {
  /// Breaks text at spaces into lines of at most `width` points. A word that is longer than a line
  /// is cut; more than `limit` lines end in an ellipsis.
  func wrap(_ text: String, _ style: TextStyle, width: Double, limit: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in CleanText(text).string.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if line.isEmpty || self.width(of: longer, style) <= width {
        line = longer
      } else {
        lines.append(line)
        line = String(word)
      }
      if lines.count > limit { break }
    }
    if !line.isEmpty { lines.append(line) }
    if lines.count > limit {
      lines = Array(lines.prefix(limit))
      lines[limit - 1] += " …"
    }
    return lines.map { fit($0, style, width: width) }
  }

  /// The text, or as much of its beginning as fits, with an ellipsis.
  func fit(_ text: String, _ style: TextStyle, width: Double) -> String {
    let text = CleanText(text).string
    guard self.width(of: text, style) > width else { return text }
    let characters = Array(text)
    var (low, high) = (0, characters.count)
    while low < high {
      let middle = (low + high + 1) / 2
      let short = String(characters.prefix(middle)) + "…"
      if self.width(of: short, style) <= width { low = middle } else { high = middle - 1 }
    }
    return low == 0 ? "" : String(characters.prefix(low)) + "…"
  }
}
