import Models
import Support

/// Reads JSON (RFC 8259) with the words NaN, Infinity and -Infinity, which Python's json module writes.
///
/// Not Foundation's, as a configuration is untrusted: depth is bounded, and time and memory grow with
/// the length of the text only.
struct JSONParser {
  /// Keras nests a configuration about ten deep.
  private static let deepest = 64
  private let bytes: [UInt8]
  private var position = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The value that `text` is; `what` names it in messages.
  static func parse(_ text: String, _ what: String) throws(Diagnostic) -> JSON {
    var parser = JSONParser(text)
    if let value = parser.value(depth: 0) {
      parser.skipSpace()
      if parser.position == parser.bytes.count { return value }
    }
    throw Diagnostic(
      "keras-json",
      "\(what) is no JSON that can be read: character \(parser.position) of \(parser.bytes.count)",
      remedy: "The file is damaged: save the model again with Keras.")
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  /// nil where the text is wrong, with `position` at the place.
  private mutating func value(depth: Int) -> JSON? {
    skipSpace()
    guard depth < Self.deepest, position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map(JSON.text)
    case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return word("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func object(_ depth: Int) -> JSON? {
    position += 1
    var result: [String: JSON] = [:]
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(result) }
    while true {
      skipSpace()
      guard let key = string() else { return nil }
      skipSpace()
      guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      result[key] = value
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(result) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func array(_ depth: Int) -> JSON? {
    position += 1
    var result: [JSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(result) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      result.append(value)
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(result) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func number() -> JSON? {
    if word("NaN") { return .number(.nan) }
    if word("Infinity") { return .number(.infinity) }
    if word("-Infinity") { return .number(-.infinity) }
    let start = position
    digits: while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "E"), UInt8(ascii: "e"):
        position += 1
      default: break digits
      }
    }
    guard position > start, position - start <= 64,
      let value = Double(String(decoding: bytes[start..<position], as: UTF8.self))
    else { return nil }
    return .number(value)
  }

  private mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var result = ""
    var start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        result += String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        return result
      case UInt8(ascii: "\\"):
        result += String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        guard let scalar = escape() else { return nil }
        result.unicodeScalars.append(scalar)
        start = position
      default: position += 1
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard position < bytes.count else { return nil }
    position += 1
    switch bytes[position - 1] {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicode()
    case let other where "\"\\/".utf8.contains(other): return Unicode.Scalar(other)
    default: return nil
    }
  }

  /// Four hexadecimal digits, and four more for the second half of a pair; a half alone is U+FFFD.
  private mutating func unicode() -> Unicode.Scalar? {
    guard let first = hexadecimal() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let start = position
    if word("\\u"), let second = hexadecimal(), (0xDC00..<0xE000).contains(second) {
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }
    position = start
    return "\u{FFFD}"
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position <= bytes.count - 4 else { return nil }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
      return nil
    }
    position += 4
    return UInt32(digits, radix: 16)
  }
}
