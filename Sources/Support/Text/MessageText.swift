/// Text on standard error, in messages and in lists of names: hidden characters are written as
/// `\u{...}`, which every terminal and every font can show.
package enum MessageText {
  /// One line.
  package static func line(_ text: String) -> String { printable(text, limit: .max) }

  /// Text of several lines.
  package static func lines(_ text: String) -> String {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line(String($0)) }.joined(separator: "\n")
  }
}

/// Text of a file as a message may quote it: one line of at most `limit` characters and `...`.
package func printable(_ text: String, limit: Int = 64) -> String {
  if text.utf8.count <= limit, HiddenCharacters.isAbsent(from: text) { return text }
  var result = ""
  var hidden = HiddenCharacters()
  for (count, scalar) in text.unicodeScalars.enumerated() {
    if count == limit { return result + "..." }
    if hidden.hides(scalar) {
      result += HiddenCharacters.escape(scalar)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}
