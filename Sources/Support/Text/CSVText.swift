/// Cells of comma-separated values (RFC 4180).
///
/// By scalars: a mark that combines with a quote or an equals sign makes another character of it, but
/// no spreadsheet looks at more than the sign.
package enum CSVText {
  private typealias Scalars = Substring.UnicodeScalarView

  private static let formulaStarts = Set("=+-@＝＋－＠".unicodeScalars)

  /// One cell. What a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236), and
  /// quotes where it stands behind a separator; numbers do not.
  package static func field(_ text: String) -> String {
    let text = VisibleText.line(text)
    let scalars = text[...].unicodeScalars
    let isCut = hasFormulaBehindSeparator(scalars)
    let guarded = isCut || isFormula(scalars) ? "'" + text : text
    let needsQuotes = scalars.contains { $0 == "," || $0 == "\"" }
    guard isCut || needsQuotes || guarded.hasPrefix(" ") || guarded.hasSuffix(" ") else {
      return guarded
    }
    let pieces = guarded.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + pieces.map { String($0) }.joined(separator: "\"\"") + "\""
  }

  /// Spreadsheets of many languages cut at semicolons.
  private static func hasFormulaBehindSeparator(_ text: Scalars) -> Bool {
    func isSeparator(_ scalar: Unicode.Scalar) -> Bool { scalar == ";" || scalar == "|" }
    guard text.contains(where: isSeparator) else { return false }
    let parts = text.split(omittingEmptySubsequences: false, whereSeparator: isSeparator)
    return parts.dropFirst().contains { isFormula($0.drop { $0 == " " }) }
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
