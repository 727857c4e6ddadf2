/// Text that is safe in HTML, as content and inside quoted attributes.
package enum HTMLText {
  /// One line of text.
  package static func escape(_ text: String) -> String {
    entities(VisibleText.line(text))
  }

  /// Preformatted text.
  package static func escapeLines(_ text: String) -> String {
    entities(VisibleText.lines(text).joined(separator: "\n"))
  }

  private static func entities(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
