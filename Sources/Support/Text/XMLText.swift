/// Text between tags of XML (not in attributes, where quotes would count), without characters that XML
/// 1.0 forbids (section 2.2).
package enum XMLText {
  /// Escapes the text; hidden characters but line breaks and tabs are written as `\u{...}`.
  package static func escape(_ text: String) -> String {
    var result = ""
    var hidden = HiddenCharacters()
    for scalar in text.unicodeScalars {
      let isHidden = hidden.hides(scalar)
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      case _ where isHidden: result += HiddenCharacters.escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Undoes `escape`; unknown references stay as they are.
  package static func unescape(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    bytes.reserveCapacity(rest.count)
    let names: [([UInt8], UInt8)] = [
      (Array("&amp;".utf8), UInt8(ascii: "&")), (Array("&lt;".utf8), UInt8(ascii: "<")),
      (Array("&gt;".utf8), UInt8(ascii: ">")),
    ]
    while let byte = rest.first {
      let reference =
        byte == UInt8(ascii: "&") ? names.first { rest.starts(with: $0.0) } : nil
      if let reference {
        bytes.append(reference.1)
        rest = rest.dropFirst(reference.0.count)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
