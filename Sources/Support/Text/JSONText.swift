/// Strings of JSON (RFC 8259) in which hidden characters stand as escapes: a reader of JSON gets them
/// back, a terminal does not see them.
package enum JSONText {
  /// A string in its quotes.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    var hidden = HiddenCharacters()
    for scalar in text.unicodeScalars {
      let isHidden = hidden.hides(scalar)
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where isHidden: result += escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A document whose hidden characters, which can stand in strings alone, become escapes.
  package static func escaped(_ document: String) -> String {
    if document.utf8.allSatisfy({ $0 < 0x7f }) { return document }
    var result = String.UnicodeScalarView()
    var hidden = HiddenCharacters()
    for scalar in document.unicodeScalars {
      // Line feeds between the strings stay.
      if hidden.hides(scalar), scalar.value >= 0x7f {
        result.append(contentsOf: escape(scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { "\\u" + Format.hex($0) }.joined()
  }
}
