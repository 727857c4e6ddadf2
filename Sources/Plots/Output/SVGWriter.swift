import Support

/// Turns what Cairo wrote into the SVG we give away.
enum SVGWriter {
  /// - Parameters:
  ///   - cairo: Cairo's document.
  ///   - prefix: begins every id.
  /// - Errors: Cairo's output does not look like SVG.
  static func finish(
    _ cairo: [UInt8], prefix: String, title: String, description: String, metadata: String
  ) throws(Diagnostic) -> String {
    guard let start = cairo.firstIndex(of: "<svg ") else {
      throw .cairo("no <svg> element in Cairo's output")
    }
    guard let end = cairo[start...].firstIndex(of: UInt8(ascii: ">")) else {
      throw .cairo("Cairo's <svg> element has no end")
    }
    var out: [UInt8] = []
    out.reserveCapacity(cairo.count + metadata.utf8.count + 1_000)
    out += cairo[start..<end]
    out += Array(" role=\"img\" aria-labelledby=\"\(prefix)title \(prefix)desc\">\n".utf8)
    out += Array("<title id=\"\(prefix)title\">\(clean(title))</title>\n".utf8)
    out += Array("<desc id=\"\(prefix)desc\">\(clean(description))</desc>\n".utf8)
    out += Array("<metadata>\(XMLText.escape(metadata))</metadata>".utf8)
    var rewriter = SVGRewriter(prefix: prefix)
    rewriter.rewrite(cairo[(end + 1)...], into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  private static func clean(_ text: String) -> String { XMLText.escape(CleanText(text).string) }

  /// Begins every id of a figure: its name, made safe, with layout and theme, since light and dark
  /// may stand on one page.
  static func prefix(_ chart: some Chart, theme: Theme) -> String {
    var name = ""
    for scalar in chart.heading.name.unicodeScalars.prefix(64) {
      let isSafe =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      name += isSafe ? String(scalar) : "-"
    }
    if !(name.unicodeScalars.first?.properties.isAlphabetic ?? false) { name = "figure-" + name }
    if chart.heading.layout == .compact { name += "-compact" }
    if theme.name == .dark { name += "-dark" }
    return name + "-"
  }

  /// The text of the first `<metadata>` element.
  static func metadata(of svg: String) -> String? {
    let bytes = Array(svg.utf8)
    let open = "<metadata>"
    guard let start = bytes.firstIndex(of: open) else { return nil }
    let inner = bytes[(start + open.utf8.count)...]
    guard let end = inner.firstIndex(of: UInt8(ascii: "<")) else { return nil }
    return XMLText.unescape(Substring(String(decoding: inner[..<end], as: UTF8.self)))
  }
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// Where an ASCII word begins.
  func firstIndex(of word: String) -> Int? {
    let word = Array(word.utf8)
    guard let first = word.first, count >= word.count else { return nil }
    var index = startIndex
    while index <= endIndex - word.count {
      if self[index] == first && self[index..<(index + word.count)].elementsEqual(word) {
        return index
      }
      index += 1
    }
    return nil
  }
}
