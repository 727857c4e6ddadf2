/// Cuts a command line into words the way a POSIX shell does (IEEE Std 1003.1, 2.2 Quoting), without
/// expansions: '…' is literal, in "…" a backslash escapes only `"`, `\`, `$` and `` ` ``, elsewhere
/// it escapes any character.
enum CommandWords {
  /// Why a line could not be cut, and at which character (from 0).
  struct Failure: Error, Equatable {
    var offset: Int
    var message: String
    var remedy: String
  }

  static func split(_ line: some StringProtocol) -> Result<[String], Failure> {
    var words: [String] = []
    var word: String?
    var quote: (mark: Character, offset: Int)?
    var escapeOffset: Int?

    for (offset, character) in line.enumerated() {
      if escapeOffset != nil {
        let isLiteral = quote != nil && !"\"\\$`".contains(character)
        word = (word ?? "") + (isLiteral ? "\\" : "") + String(character)
        escapeOffset = nil
      } else if let open = quote {
        if character == open.mark {
          quote = nil
        } else if character == "\\" && open.mark == "\"" {
          escapeOffset = offset
        } else {
          word = (word ?? "") + String(character)
        }
      } else if character == "\\" {
        escapeOffset = offset
      } else if character == "'" || character == "\"" {
        quote = (character, offset)
        word = word ?? ""  // an empty pair of quotes is a word
      } else if character == " " || character == "\t" {
        if let complete = word { words.append(complete) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let open = quote {
      return .failure(
        Failure(
          offset: open.offset, message: "the quote \(open.mark) is not closed on this line",
          remedy: "close it with \(open.mark), or write \\\(open.mark) for the character itself"))
    }
    if let offset = escapeOffset {
      return .failure(
        Failure(
          offset: offset, message: "the backslash at the end of the line escapes nothing",
          remedy: "write the command on one line, or \\\\ for a backslash"))
    }
    if let complete = word { words.append(complete) }
    return .success(words)
  }
}
