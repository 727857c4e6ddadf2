/// The pattern that would read a line.
enum PatternSuggestion {
  /// The line with its first time as `{time:us}` and every other number as `{*}`.
  static func of(_ line: String) -> String {
    let bytes = Array(line.utf8)
    let span = bytes.span
    let tokens = LineTokens.of(span)
    var pattern = ""
    var end = 0
    var hasTime = false
    for (i, token) in tokens.enumerated() where token.kind == .number || token.kind == .duration {
      pattern += escaped(span, end..<token.range.lowerBound)
      var field = "{*}"
      if !hasTime, let unit = unit(tokens, i, span) {
        field = "{time:\(unit.name)}"
        hasTime = true
      }
      pattern += field
      end = token.range.upperBound
    }
    return pattern + escaped(span, end..<bytes.count)
  }

  private static func escaped(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
    Scan.string(text, range).replacing("{", with: "{{").replacing("'", with: "{*}")
  }

  /// The unit behind a number, or in the key before it.
  private static func unit(_ tokens: [LineToken], _ i: Int, _ text: Span<UInt8>) -> PrintedUnit? {
    func named(_ j: Int) -> PrintedUnit? {
      guard tokens.indices.contains(j), tokens[j].kind == .word,
        let word = NamedWords.parts(Scan.string(text, tokens[j].range)).last,
        let unit = PrintedUnit(word: word), unit.timeUnit != nil
      else { return nil }
      return unit
    }
    return named(i + 1) ?? named(i - 2)
  }
}
