/// HTML in a Jupyter notebook, where MathJax looks for formulas, links included, in all text.
package enum NotebookHTML {
  private static let marks = ["$", "\\(", "\\[", "\\begin{", "\\ref{", "\\eqref{"].map {
    Array($0.utf8)
  }

  /// The HTML with what could begin a formula in an element of its own: MathJax looks no further than
  /// the end of an element, and a reference such as `&#36;` would be a dollar to it.
  package static func withoutFormulas(_ html: String) -> String {
    guard html.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") }) else {
      return html
    }
    var result: [UInt8] = []
    // By bytes: a mark that combines with a dollar makes another character of it, but no other text.
    var rest = Array(html.utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "<") {
        // Attributes and comments are no text to MathJax. `>` is escaped in attributes.
        let end = Array((rest.starts(with: "<!--".utf8) ? "-->" : ">").utf8)
        let tag = rest.firstRange(of: end).map { rest[..<$0.upperBound] } ?? rest
        result += tag
        rest = rest[tag.endIndex...]
      } else {
        let isMark = marks.contains { rest.starts(with: $0) }
        result += isMark ? Array("<span>".utf8) + [byte] + Array("</span>".utf8) : [byte]
        rest.removeFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
