/// Cells of comma-separated values (RFC 4180).
///
/// By scalars: a mark that combines with a quote or an equals sign makes another character of it, but
/// no spreadsheet looks at more than the sign.
package enum CSVText {
  private typealias Scalars = Substring.UnicodeScalarView

  private static let formulaStarts = Set("=+-@＝＋－＠".unicodeScalars)
  /// Where a spreadsheet may cut a cell besides commas, as those of many languages do at semicolons.
  private static let separators = Set(";|".unicodeScalars)

  /// One cell. What a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236), and
  /// quotes where it stands behind a separator; numbers do not.
  package static func field(_ text: String) -> String {
    let text = VisibleText.line(text)
    let scalars = text[...].unicodeScalars
    let parts = scalars.split(omittingEmptySubsequences: false) { separators.contains($0) }
    let isCut = parts.dropFirst().contains { isFormula($0.drop { $0 == " " }) }
    let guarded = isCut || isFormula(scalars) ? "'" + text : text
    let needsQuotes = scalars.contains { $0 == "," || $0 == "\"" }
    guard isCut || needsQuotes || guarded.hasPrefix(" ") || guarded.hasSuffix(" ") else {
      return guarded
    }
    let pieces = guarded.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + pieces.map { String($0) }.joined(separator: "\"\"") + "\""
  }

  private static func isFormula(_ text: Scalars) -> Bool {
    guard let start = text.first(where: { $0 != " " }) else { return false }
    return formulaStarts.contains(start) && !isNumber(String(text))
  }

  /// Whether a text is a plain number that a spreadsheet reads as one: `-1.5e3`.
  private static func isNumber(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 64 else { return false }
    return text.unicodeScalars.allSatisfy { "0123456789.+-eE".unicodeScalars.contains($0) }
      && Double(text) != nil
  }
}
