import Support

/// Escape sequences that put a PNG into a terminal, at the cursor and scaled to a number of columns.
enum TerminalImage {
  /// Most bytes of base64 in one sequence of kitty's protocol.
  static let kittyChunk = 4096
  /// Longest sequence that iTerm2 reads; older forms of the protocol cannot be cut in pieces.
  static let longestITerm2 = 1_048_576

  /// The sequences; nil when the image is too large for the protocol. The cursor ends up in the
  /// image's last row, so that a line feed leads below it.
  static func sequence(_ png: [UInt8], _ how: ImageProtocol, columns: Int) -> String? {
    let data = Base64.encode(png)
    switch how {
    case .kitty: return kitty(data, columns: columns)
    case .iterm2:
      let keys = "inline=1;size=\(png.count);width=\(columns);height=auto;preserveAspectRatio=1"
      let sequence = "\u{1B}]1337;File=\(keys):\(data)\u{7}"
      return sequence.utf8.count <= longestITerm2 ? sequence : nil
    }
  }

  /// a=T: send and show, f=100: PNG, c: columns (rows follow from the shape), q=2: no answer, which
  /// would arrive as if it had been typed; m=1: more follows.
  private static func kitty(_ data: String, columns: Int) -> String {
    var result = ""
    var rest = data.utf8[...]
    var keys = "a=T,f=100,c=\(columns),q=2"
    repeat {
      let chunk = rest.prefix(kittyChunk)
      rest = rest.dropFirst(kittyChunk)
      result += "\u{1B}_G\(keys),m=\(rest.isEmpty ? 0 : 1);\(Substring(chunk))\u{1B}\\"
      keys = "q=2"
    } while !rest.isEmpty
    return result
  }
}
