/// Lines of a program's source, which speak of times and print none.
enum SourceCode {
  private static let beginnings: [StaticString] = [
    "//", "/*", "#define", "#include", "#if", "printf(", "assert",
  ]

  /// Whether a line is a comment, a statement or a directive of C and its like.
  static func isLine(_ text: Span<UInt8>) -> Bool {
    var i = 0
    Scan.blanks(text, &i)
    guard i < text.count else { return false }
    if [UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "\\")].contains(text[text.count - 1]) {
      return true
    }
    return beginnings.contains { word in
      var j = i
      return Scan.literal(text, &j, word)
    }
  }
}
