/// Text between tags of XML (not in attributes, where quotes would count): escaped, without characters that XML 1.0 forbids.
enum XMLText {
  static func escape(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 64)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes += Array("&amp;".utf8)
      case "<": bytes += Array("&lt;".utf8)
      case ">": bytes += Array("&gt;".utf8)
      default:
        if isAllowed(scalar.value) { bytes += Array(UTF8.encode(scalar) ?? .init()) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Characters of XML 1.0 (section 2.2) less the C1 controls.
  private static func isAllowed(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x0a, 0x0d: true
    case 0..<0x20, 0x7f..<0xa0, 0xfffe, 0xffff: false
    default: true
    }
  }

  /// Undoes `escape`; unknown references stay as they are.
  static func unescape(_ text: Substring) -> String {
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
