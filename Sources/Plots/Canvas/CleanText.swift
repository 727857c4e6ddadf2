import Support

/// One line of text that is safe to draw and to write into XML: hidden characters are visible, line
/// breaks and tabs are spaces, and its length is bounded.
struct CleanText: Sendable, Hashable {
  let string: String

  /// The longest text that is kept, in characters; more ends in an ellipsis.
  static let limit = 2_000

  init(_ text: String) {
    string = Self.clean(text, limit: Self.limit)
  }

  /// Nothing that needs cleaning is in most texts: look at the bytes first.
  private static func clean(_ text: String, limit: Int) -> String {
    let utf8 = text.utf8
    if utf8.count <= limit && utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
    var result = ""
    var hidden = HiddenCharacters()
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit { return result + "…" }
      let isHidden = hidden.hides(scalar)
      switch scalar {
      case "\t", "\n", "\r": result += " "
      case _ where isHidden: result += HiddenCharacters.escape(scalar)
      // Letters and pictures are drawn one by one.
      case _ where HiddenCharacters.isJoiner(scalar) || HiddenCharacters.isSelector(scalar):
        continue
      default: result.unicodeScalars.append(scalar)
      }
      count += 1
    }
    return result
  }
}
