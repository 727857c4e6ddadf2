import Support

/// Writes a document as one page that needs nothing else: no scripts, no requests.
///
/// The content security policy forbids everything but inline styles and data images, so even a mistake
/// in the escaping could not run anything.
public struct HTMLRenderer: Sendable {
  private let language: String

  /// Makes a renderer.
  ///
  /// - Parameter language: BCP 47 tag of the language of the text.
  public init(language: String = "en") {
    self.language = language
  }

  /// The page.
  public func render(_ notebook: ExecutedNotebook) -> String {
    var blocks = HTMLBlocks()
    var parts = notebook.parts
    var masthead = ""
    // The title stands above the table of contents.
    if case .text(let text)? = parts.first, let title = Self.title(text) {
      masthead = "<header>\n\(blocks.html(Array(text[...title])))\n</header>\n"
      parts[0] = .text(Array(text[(title + 1)...]))
    }
    let body = parts.map { part in
      switch part {
      case .text(let text): return blocks.html(text)
      case .cell(let cell):
        let output = blocks.html(cell.output)
        return "<section class=\"cell\" aria-label=\"Cell \(cell.number)\">\n"
          + "\(HTMLBlocks.source(cell))\n\(output)\n</section>"
      }
    }.joined(separator: "\n")
    let contents = Self.contents(blocks.contents)
    let style =
      HTMLStyle.css + (notebook.figures.isEmpty ? "" : "\n" + HTMLStyle.figures)
      + (notebook.pictures.isEmpty ? "" : "\n" + HTMLStyle.pictures)
    return """
      <!doctype html>
      <html lang="\(HTMLText.escape(language))">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(HTMLText.escape(notebook.title))</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <div class="page\(contents.isEmpty ? "" : " with-contents")">
      \(masthead)\(contents)<main>
      \(body)
      </main>
      </div>
      </body>
      </html>

      """
  }

  /// The index of the heading of a document that begins with one; comments may stand before it.
  private static func title(_ blocks: [Block]) -> Int? {
    let index = blocks.firstIndex { if case .comment = $0 { false } else { true } }
    if let index, case .heading(1, _) = blocks[index] { return index }
    return nil
  }

  private static func contents(_ entries: [HTMLBlocks.Entry]) -> String {
    guard entries.count > 1 else { return "" }
    let items = entries.map { entry in
      "<li><a href=\"#\(HTMLText.escape(entry.anchor))\">\(entry.title)</a></li>"
    }
    return "<nav aria-label=\"Contents\">\n<p>Contents</p>\n<ol>\n"
      + items.joined(separator: "\n") + "\n</ol>\n</nav>\n"
  }
}
