/// The model that a line names.
enum StatedModel {
  /// `Model: kws`, `model=kws`.
  static func name(in text: Span<UInt8>, _ tokens: [LineToken]) -> String? {
    for i in tokens.indices.dropLast(2)
    where tokens[i].kind == .word
      && (tokens[i + 1].isMark(UInt8(ascii: ":")) || tokens[i + 1].isMark(UInt8(ascii: "=")))
    {
      guard Scan.string(text, tokens[i].range).lowercased() == "model" else { continue }
      var start = tokens[i + 2].range.lowerBound
      if text[start] == UInt8(ascii: "\"") { start += 1 }
      var end = start
      while end < text.count,
        Scan.isWord(text[end]) || text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: ".")
      { end += 1 }
      var rest = end
      if rest < text.count, text[rest] == UInt8(ascii: "\"") { rest += 1 }
      Scan.blanks(text, &rest)
      let isWhole =
        rest == text.count || text[rest] == UInt8(ascii: ",") || text[rest] == UInt8(ascii: ";")
      guard end > start, isWhole, !Scan.isDigit(text[start]) else { return nil }
      let name = Scan.string(text, start..<end)
      let isState = ["ok", "loaded", "ready", "done", "found", "valid", "none", "null", "loading"]
        .contains(name.lowercased())
      return isState ? nil : name
    }
    return nil
  }
}
