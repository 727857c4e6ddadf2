import Foundation
import Support
import TestSupport
import Testing

/// Each medium shows hostile text, and obeys none of it.
@Suite struct EscapingTests {
  /// Characters that a medium would obey, but for `allowed`.
  private func hidden(in text: String, allowed: Set<Unicode.Scalar> = []) -> [Unicode.Scalar] {
    var hidden = HiddenCharacters()
    return text.unicodeScalars.filter { hidden.hides($0) && !allowed.contains($0) }
  }

  private func isMarked(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars[..<index].reversed().prefix { $0 == "\\" }.count % 2 == 1
  }

  @Test(arguments: HostileText.all) func documents(text: String) {
    let line = VisibleText.line(text)
    #expect(hidden(in: line).isEmpty && !line.unicodeScalars.contains("\n"))
    #expect(VisibleText.line(line) == line)
    for line in VisibleText.lines(text) { #expect(hidden(in: line).isEmpty) }
  }

  @Test(arguments: HostileText.all) func messages(text: String) {
    let line = MessageText.line(text)
    #expect(hidden(in: line).isEmpty)
    #expect(line.unicodeScalars.count >= text.unicodeScalars.count)
    #expect(hidden(in: MessageText.lines(text), allowed: ["\n"]).isEmpty)
    let short = printable(text)
    #expect(hidden(in: short).isEmpty && short.unicodeScalars.count <= 64 * 10 + 3)
    #expect(short.hasSuffix("...") || short == line)
  }

  @Test(arguments: HostileText.all) func markdown(text: String) {
    let markdown = MarkdownText.text(text)
    #expect(hidden(in: markdown).isEmpty)
    let scalars = Array(markdown.unicodeScalars)
    for (index, scalar) in scalars.enumerated() where "<`[|*&$".unicodeScalars.contains(scalar) {
      #expect(isMarked(scalars, index))
    }
    #expect(markdown.firstMatch(of: /(?i)[a-z]:\/\/|\bwww\./) == nil)
    // What is marked is punctuation, and nothing else is added.
    var bare = ""
    for (index, scalar) in scalars.enumerated() where scalar != "\\" || isMarked(scalars, index) {
      bare.unicodeScalars.append(scalar)
    }
    #expect(bare == VisibleText.line(text))
    #expect(!MarkdownText.text(text, inLink: true).contains("\\://"))
    let code = MarkdownText.code(text, inTable: true)
    #expect(hidden(in: code).isEmpty)
    let inside = Array(code.unicodeScalars)
    for (index, scalar) in inside.enumerated() where scalar == "|" {
      #expect(index > 0 && inside[index - 1] == "\\")
    }
  }

  @Test(arguments: HostileText.all) func html(text: String) {
    let html = HTMLText.escape(text)
    #expect(hidden(in: html).isEmpty)
    #expect(!html.utf8.contains { "<>\"'".utf8.contains($0) })
    #expect(unescaped(html) == VisibleText.line(text))
    #expect(hidden(in: HTMLText.escapeLines(text), allowed: ["\n"]).isEmpty)
  }

  @Test(arguments: HostileText.all) func xml(text: String) {
    let xml = XMLText.escape(text)
    #expect(hidden(in: xml, allowed: ["\n", "\r", "\t"]).isEmpty)
    #expect(!xml.utf8.contains { "<>".utf8.contains($0) })
    #expect(XMLText.unescape(xml[...]) == unescaped(xml))
  }

  @Test(arguments: HostileText.all) func jupyter(text: String) {
    let html = "<p title=\"$ \\(\">\(HTMLText.escape(text))</p><!-- $x$ > -->"
    let safe = NotebookHTML.withoutFormulas(html)
    // Without the elements it is the same, and outside of them nothing begins a formula.
    let bare = replacing(["<span>$</span>": "$", "<span>\\</span>": "\\"], in: safe)
    #expect(bare == html)
    let words = replacing(
      ["<span>$</span>": "", "<p title=\"$ \\(\">": "", "<!-- $x$ > -->": ""], in: safe)
    for mark in ["$", "\\(", "\\[", "\\begin{"] { #expect(!words.utf8.contains(mark.utf8)) }
  }

  @Test(arguments: HostileText.all) func csv(text: String) {
    let field = CSVText.field(text)
    #expect(hidden(in: field).isEmpty)
    var content = Array(field.unicodeScalars)
    let isQuoted = content.first == "\""
    if isQuoted {
      #expect(content.count >= 2 && content.last == "\"")
      content = Array(content.dropFirst().dropLast())
      var quotes = 0
      for scalar in content + [" "] {
        if scalar == "\"" { quotes += 1 } else { #expect(quotes % 2 == 0); quotes = 0 }
      }
    } else {
      #expect(!content.contains { ",\"\r\n".unicodeScalars.contains($0) })
    }
    let parts = content.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == "|" }
    for (index, part) in parts.enumerated() {
      let part = part.drop { $0 == " " }
      guard let first = part.first, "=+-@＝＋－＠".unicodeScalars.contains(first) else { continue }
      let isNumber = Double(String(String.UnicodeScalarView(part))) != nil
      #expect(isNumber || index > 0 && isQuoted && content.first == "'")
    }
  }

  @Test(arguments: HostileText.all) func json(text: String) throws {
    let quoted = JSONText.quoted(text)
    #expect(hidden(in: quoted).isEmpty)
    #expect(try JSONDecoder().decode([String].self, from: Data("[\(quoted)]".utf8)) == [text])
    let document = String(decoding: try JSONEncoder().encode([text, text]), as: UTF8.self)
    let escaped = JSONText.escaped(document + "\n")
    #expect(hidden(in: escaped, allowed: ["\n"]).isEmpty)
    #expect(try JSONDecoder().decode([String].self, from: Data(escaped.utf8)) == [text, text])
  }

  /// Each text stays as it is in all media, but for what a medium's grammar asks for.
  @Test(arguments: [
    "KWS int8", "12.3 µs ± 0.1", "CONV_2D", "日本語 👩‍👩‍👧 ❤\u{fe0f}", "می\u{200c}خواهم", "a; b, -3 %",
    "e\u{301}", "\u{a0}", "C:/x", "10:30",
  ])
  func ordinaryTextStays(text: String) {
    #expect(VisibleText.line(text) == text && VisibleText.lines(text) == [text])
    #expect(MessageText.line(text) == text && printable(text) == text)
    #expect(MarkdownText.text(text) == text && HTMLText.escape(text) == text)
    #expect(XMLText.escape(text) == text && JSONText.quoted(text) == "\"\(text)\"")
    #expect(NotebookHTML.withoutFormulas(text) == text)
    #expect(CSVText.field(text) == (text.contains(",") ? "\"\(text)\"" : text))
  }

  @Test func examples() {
    #expect(MessageText.line("a\u{1b}\n\u{200b}\u{e0041}") == "a\\u{1b}\\u{a}\\u{200b}\\u{e0041}")
    #expect(VisibleText.line("a\u{1b}\n\u{200b}") == "a␛ \\u{200b}")
    #expect(printable("abcdef", limit: 3) == "abc..." && printable("abc", limit: 3) == "abc")
    #expect(MarkdownText.text("see https://a.b") == "see https\\://a.b")
    #expect(MarkdownText.text("www.a.b") == "www\\.a.b" && MarkdownText.text("awww.b") == "awww.b")
    #expect(NotebookHTML.withoutFormulas("a$b") == "a<span>$</span>b")
    #expect(CSVText.field("x;=1+1") == "\"'x;=1+1\"" && CSVText.field("=1") == "'=1")
    #expect(CSVText.field("a;-1;+2") == "a;-1;+2")
    #expect(JSONText.quoted("\u{9b}\u{e0041}") == #""\u009b\udb40\udc41""#)
    #expect(XMLText.escape("a<\u{1b}") == "a&lt;\\u{1b}")
  }

  private func unescaped(_ markup: String) -> String {
    let text = replacing(["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"], in: markup)
    return replacing(["&amp;": "&"], in: text)
  }

  /// Literally: a mark that combines with a sign does not hide it.
  private func replacing(_ pieces: [String: String], in text: String) -> String {
    pieces.reduce(text) {
      $0.replacingOccurrences(of: $1.key, with: $1.value, options: .literal)
    }
  }
}
