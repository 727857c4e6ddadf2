import Support

/// Writes blocks as HTML and remembers the headings for a table of contents.
struct HTMLBlocks {
  /// A heading of the second level.
  struct Entry {
    var anchor: String
    var title: String
  }

  private(set) var contents: [Entry] = []
  private var anchors = Anchors()

  mutating func html(_ blocks: [Block]) -> String {
    blocks.map { html($0) }.joined(separator: "\n")
  }

  mutating func html(_ block: Block) -> String {
    switch block {
    case .heading(let level, let inlines): return heading(min(6, max(1, level)), inlines)
    case .paragraph(let inlines): return "<p>\(Self.inline(inlines))</p>"
    case .table(let table): return HTMLTable(table, name: anchors.table()).html()
    case .list(let list): return self.list(list)
    case .callout(let callout): return self.callout(callout)
    case .code(_, let text):
      return "<pre class=\"code\" tabindex=\"0\"><code>\(HTMLText.escapeLines(text))</code></pre>"
    case .rule: return "<hr>"
    case .figure(let figure): return self.figure(figure)
    case .comment(let comment): return comment.markup
    }
  }

  /// The source of a cell.
  static func source(_ cell: ExecutedNotebook.Cell) -> String {
    let prompt = "<span class=\"prompt\">In&nbsp;[\(cell.number)]:</span>"
    let source = HTMLText.escapeLines(cell.source.joined(separator: "\n"))
    return "<div class=\"in\">\(prompt)<pre tabindex=\"0\"><code>\(source)</code></pre></div>"
  }

  static func inline(_ inlines: [Inline], allowsLinks: Bool = true) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): HTMLText.escape(text)
      case .strong(let inner): "<strong>\(self.inline(inner, allowsLinks: allowsLinks))</strong>"
      case .emphasis(let inner): "<em>\(self.inline(inner, allowsLinks: allowsLinks))</em>"
      case .code(let text): "<code>\(HTMLText.escape(text))</code>"
      case .link(let inner, let target):
        if allowsLinks {
          "<a href=\"\(HTMLText.escape(target.value))\">\(self.inline(inner, allowsLinks: false))</a>"
        } else {
          self.inline(inner, allowsLinks: false)
        }
      case .picture(let picture): self.picture(picture, allowsLinks: allowsLinks)
      case .comment(let comment): comment.line(inTable: false)
      }
    }.joined()
  }

  /// The picture inside the page, else a link to its file.
  private static func picture(_ picture: Picture, allowsLinks: Bool) -> String {
    guard let content = picture.content else {
      let link = Inline.link([.text(picture.words)], picture.target)
      return inline([link], allowsLinks: allowsLinks)
    }
    let alternative = HTMLText.escape(picture.alternativeText)
    return "<img class=\"picture\" src=\"\(content.url)\" alt=\"\(alternative)\">"
  }

  private mutating func heading(_ level: Int, _ inlines: [Inline]) -> String {
    let anchor = anchors.heading(inlines.plainText)
    if level == 2 {
      let words = inlines.mapPictures { [.text($0.alternativeText)] }
      contents.append(Entry(anchor: anchor, title: Self.inline(words, allowsLinks: false)))
    }
    return "<h\(level) id=\"\(HTMLText.escape(anchor))\">\(Self.inline(inlines))</h\(level)>"
  }

  private mutating func list(_ list: List) -> String {
    let isTight = list.isTight
    var items: [String] = []
    for item in list.items {
      // A single paragraph needs no space around it.
      var parts: [String] = []
      for (index, block) in item.enumerated() {
        if case .paragraph(let inlines) = block, isTight, index == 0 {
          parts.append(Self.inline(inlines))
        } else {
          parts.append(html(block))
        }
      }
      items.append("<li>\(parts.joined(separator: "\n"))</li>")
    }
    let body = items.joined(separator: "\n")
    switch list.style {
    case .bullet: return "<ul>\n\(body)\n</ul>"
    case .ordered(let start):
      return "<ol\(start == 1 ? "" : " start=\"\(start)\"")>\n\(body)\n</ol>"
    }
  }

  private mutating func callout(_ callout: Callout) -> String {
    let title = callout.title.isEmpty ? "" : " <strong>\(Self.inline(callout.title))</strong>"
    let head = "<p class=\"head\"><span class=\"label\">\(callout.label)</span>\(title)</p>"
    let body = callout.blocks.isEmpty ? "" : "\n" + html(callout.blocks)
    return "<div class=\"callout \(callout.name)\" role=\"note\">\n\(head)\(body)\n</div>"
  }
}
