import Support

/// A remark in a document that is kept in its source and shown to nobody.
///
/// It must end where every reader ends it: HTML also ends a comment at `--!>` (HTML, 13.2.5.52), and at
/// once before `>` and `->`; servers and old browsers obey `<!--#`, `<!--esi` and `<!--[if`. So a text that
/// holds an end is refused, and a space is written at both sides.
public struct HTMLComment: Sendable, Equatable {
  /// What stands between the marks; hidden characters are made visible.
  public let text: String

  /// Checks a text; nil when it could end the comment early.
  public init?(_ text: String) {
    let lines = VisibleText.lines(text).map { $0.allSatisfy { $0 == " " } ? "" : $0 }
    var visible = lines.joined(separator: "\n")[...]
    while visible.first?.isWhitespace == true { visible.removeFirst() }
    while visible.last?.isWhitespace == true { visible.removeLast() }
    // By bytes: a mark that combines with `>` makes another character of it, but no other scalar.
    for end in ["-->", "--!>"] where Self.holds(visible.utf8, end.utf8) { return nil }
    self.text = String(visible)
  }

  /// The comment in HTML and Markdown.
  var markup: String { text.isEmpty ? "<!-- -->" : "<!-- \(text) -->" }

  /// The comment inside a line; in a table of Markdown a pipe would end the cell.
  func line(inTable: Bool) -> String {
    let line = VisibleText.line(markup)
    guard inTable else { return line }
    return line.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private static func holds(_ text: Substring.UTF8View, _ word: String.UTF8View) -> Bool {
    var rest = text[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "-")) {
      if rest[start...].starts(with: word) { return true }
      rest = rest[rest.index(after: start)...]
    }
    return false
  }
}
