import Foundation
import Ingest
import Notebook
import Support

/// What must hold for every format, whatever the document says.
enum OutputCheck {
  static func check(_ notebook: ExecutedNotebook) {
    html(HTMLRenderer().render(notebook))
    for (width, colour, unicode) in [(80, true, true), (20, false, false)] {
      let renderer = TerminalRenderer(width: width, colour: colour, unicode: unicode)
      terminal(renderer.render(notebook), colour: colour, ascii: !unicode)
    }
    lineFeedsOnly(MarkdownRenderer(figureDirectory: "plots").render(notebook), "Markdown")
    json(IPYNBRenderer().render(notebook))
    for table in notebook.tables { csv(CSVRenderer().render(table), table) }
  }

  /// The elements that the renderer writes; anything else was let through from the content.
  private static let elements: Set<String> = [
    "!doctype", "a", "body", "caption", "code", "details", "div", "em", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "img", "li", "main",
    "meta", "nav", "ol", "p", "picture", "pre", "section", "source", "span", "strong", "style",
    "summary", "sup", "svg", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
  ]
  private static let empty: Set<String> = ["!doctype", "hr", "img", "meta", "source", "svg"]

  private static func html(_ page: String) {
    lineFeedsOnly(page, "HTML")
    var open: [String] = []
    let bytes = Array(page.utf8)
    var i = 0
    while let start = bytes[i...].firstIndex(of: UInt8(ascii: "<")) {
      if bytes[start...].starts(with: "<!--".utf8) {
        i = commentEnd(bytes, from: start)
        continue
      }
      let isEnd = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "/")
      let word = bytes[(start + (isEnd ? 2 : 1))...].prefix {
        $0 == UInt8(ascii: "!") || Scan.isWord($0)
      }
      let name = String(decoding: word, as: UTF8.self)
      require(elements.contains(name), "the page has an element <\(name)>")
      i = word.endIndex
      if isEnd {
        require(open.popLast() == name, "</\(name)> closes nothing")
      } else if !empty.contains(name) {
        open.append(name)
      }
    }
    require(open.isEmpty, "\(open) are not closed")
    require(!page.contains("javascript:") || !page.contains("href=\"javascript"), "a script")
  }

  /// Behind a comment, which must end where a browser ends it.
  private static func commentEnd(_ bytes: [UInt8], from start: Int) -> Int {
    var i = start + 4
    require(bytes[i...].first == UInt8(ascii: " "), "a comment that may end at once")
    while i < bytes.count, !bytes[i...].starts(with: "-->".utf8) {
      require(!bytes[i...].starts(with: "--!>".utf8), "a comment that ends early")
      i += 1
    }
    return min(i + 3, bytes.count)
  }

  private static func terminal(_ text: String, colour: Bool, ascii: Bool) {
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\u{1b}" {
        require(colour && scalars.popFirst() == "[", "an escape that is no SGR sequence")
        scalars = scalars.drop { ("0"..."9").contains($0) || $0 == ";" }
        require(scalars.popFirst() == "m", "an escape that is no SGR sequence")
        continue
      }
      require(
        scalar == "\n" || scalar.properties.generalCategory != .control,
        "U+\(String(scalar.value, radix: 16)) on the terminal")
      require(!ascii || scalar.isASCII, "U+\(String(scalar.value, radix: 16)) is not ASCII")
    }
    require(text.isEmpty || text.hasSuffix("\n"), "the text does not end in a line feed")
  }

  private static func lineFeedsOnly(_ text: String, _ what: String) {
    for scalar in text.unicodeScalars where scalar != "\n" {
      require(
        scalar.properties.generalCategory != .control,
        "U+\(String(scalar.value, radix: 16)) in the \(what)")
    }
  }

  private static func json(_ text: String) {
    let document = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    require(document?["cells"] is [Any], "the Jupyter notebook is no JSON with cells")
  }

  private static func csv(_ text: String, _ table: Table) {
    let bytes = Array(text.utf8)
    require(bytes.suffix(2) == [0x0D, 0x0A], "the CSV does not end in CRLF")
    let rows = bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
    require(rows.count == table.rows.count + 1, "\(rows.count) rows of CSV")
    for row in rows {
      let line = row.last == 0x0D ? row.dropLast() : row
      require(!line.contains { $0 < 0x20 }, "a control byte in the CSV")
      let fields = CSVRow.fields(String(decoding: line, as: UTF8.self))
      require(
        fields?.count == max(1, table.columns.count), "\(String(decoding: line, as: UTF8.self))")
    }
  }
}
