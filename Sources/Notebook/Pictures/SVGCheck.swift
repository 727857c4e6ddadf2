/// Tells drawings from programs.
///
/// As an image in a page an SVG runs no script and loads nothing (SVG Integration, "secure static
/// mode"), but a reader may open its copy by itself. So what could act there is refused; it is better to
/// refuse a harmless drawing than to let one through that is not.
enum SVGCheck {
  /// Elements that run or hold what runs, and what could make up such elements.
  private static let refused = [
    "<script", ":script", "javascript:", "<foreignobject", ":foreignobject", "<!entity",
    "<?xml-stylesheet", "<iframe", "<handler", ":handler", "@import",
  ]

  /// Whether the bytes are an SVG in UTF-8 that only draws.
  static func isStill(_ bytes: [UInt8]) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      return false
    }
    let lower = text.lowercased()
    var start = lower[...]
    if start.first == "\u{feff}" { start.removeFirst() }
    while start.first?.isWhitespace == true { start.removeFirst() }
    guard start.hasPrefix("<?xml") || start.hasPrefix("<svg") || start.hasPrefix("<!"),
      start.contains("<svg")
    else { return false }
    return !refused.contains { lower.contains($0) } && !hasEventAttribute(lower.utf8)
      && !loads(lower)
  }

  /// `onload=` and the like: white space or a quote, `on`, letters, `=`.
  private static func hasEventAttribute(_ text: String.UTF8View) -> Bool {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
    var rest = text[...]
    while let o = rest.firstIndex(of: UInt8(ascii: "o")) {
      let before = o == text.startIndex ? 0x20 : text[text.index(before: o)]
      rest = rest[text.index(after: o)...]
      guard isSpace(before) || "\"'/".utf8.contains(before), rest.first == UInt8(ascii: "n") else {
        continue
      }
      let name = rest.prefix { (0x61...0x7a).contains($0) }
      if name.count > 1, rest[name.endIndex...].drop(while: isSpace).first == UInt8(ascii: "=") {
        return true
      }
    }
    return false
  }

  /// Whether an address leads out of the file: `href` to anything but `#id` and embedded images, `url(`
  /// to anything but `#id`.
  private static func loads(_ text: String) -> Bool {
    func lead(_ word: String, _ allowed: [String]) -> Bool {
      text.split(separator: word, omittingEmptySubsequences: false).dropFirst().contains { rest in
        let value = rest.drop { $0.isWhitespace || $0 == "=" || $0 == "\"" || $0 == "'" }
        return !allowed.contains { value.hasPrefix($0) }
      }
    }
    return lead("href", ["#", "data:image/png", "data:image/jpeg"]) || lead("url(", ["#"])
  }
}
