import Support

/// Writes documents as GitHub Flavored Markdown; cells keep their fences, followed by their output.
public struct MarkdownRenderer: Sendable {
  /// Where the drawings lie, relative to the document: `NAME.svg`, and `NAME-dark.svg` where the
  /// figure has one. Nil names figures by their text and draws none.
  public var figureDirectory: String?
  /// How the pictures of the prose are named.
  public var pictures: MarkdownPictures

  /// Makes a renderer.
  public init(figureDirectory: String? = nil, pictures: MarkdownPictures = .asWritten) {
    self.figureDirectory = figureDirectory
    self.pictures = pictures
  }

  /// The Markdown of a notebook.
  public func render(_ notebook: ExecutedNotebook) -> String {
    let parts = notebook.parts.flatMap { part -> [String] in
      switch part {
      case .text(let blocks): return blocks.map(block)
      case .cell(let cell):
        let source = cell.source.map { VisibleText.lines($0).first ?? "" }.joined(separator: "\n")
        let fence = MarkdownText.fence(source)
        return ["\(fence)analyze\n\(source)\(source.isEmpty ? "" : "\n")\(fence)"]
          + cell.output.map(block)
      }
    }
    return join(parts)
  }

  /// The Markdown of some blocks.
  public func render(_ blocks: [Block]) -> String {
    join(blocks.map(block))
  }

  private func join(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  func block(_ block: Block) -> String {
    switch block {
    case .heading(let level, let inlines):
      return String(repeating: "#", count: min(6, max(1, level))) + " " + headingText(inlines)
    case .paragraph(let inlines): return paragraph(inlines)
    case .table(let table): return self.table(table)
    case .list(let list): return self.list(list)
    case .callout(let callout): return self.callout(callout)
    case .code(let language, let text):
      let body = VisibleText.lines(text).joined(separator: "\n")
      let fence = MarkdownText.fence(body)
      return "\(fence)\(Self.language(language))\n\(body)\n\(fence)"
    case .rule: return "---"
    case .figure(let figure): return self.figure(figure)
    case .comment(let comment): return comment.markup
    }
  }

  /// The language of a fenced block, without anything that could end the line.
  private static func language(_ language: String?) -> String {
    let safe = (language ?? "").filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || "+#-_.".contains($0))
    }
    return safe == "analyze" ? "" : safe  // output is not a cell
  }

  /// A paragraph. A comment at its start would make HTML of its first line, in which nothing is escaped
  /// (CommonMark 0.31, 4.6): it stands before the paragraph.
  private func paragraph(_ inlines: [Inline]) -> String {
    var rest = inlines[...]
    var comments: [String] = []
    while let first = rest.first {
      if case .comment(let comment) = first {
        comments.append(comment.markup)
      } else if !inline([first]).allSatisfy(\.isWhitespace) {
        break
      }
      rest.removeFirst()
    }
    guard !comments.isEmpty else { return MarkdownText.lineStart(inline(inlines)) }
    let text = MarkdownText.lineStart(inline(Array(rest)))
    return (comments + (text.isEmpty ? [] : [text])).joined(separator: "\n\n")
  }

  /// A heading's text; hashes at its end would be read as decoration.
  private func headingText(_ inlines: [Inline]) -> String {
    let text = inline(inlines)
    return text.last == "#" ? text.dropLast() + "\\#" : text
  }

  private func list(_ list: List) -> String {
    let isTight = list.isTight
    let items = list.items.enumerated().map { index, blocks -> String in
      let marker =
        switch list.style {
        case .bullet: "- "
        case .ordered(let start): "\(max(0, start) % 1_000_000 + index). "
        }
      let body = blocks.map(block).joined(separator: isTight ? "\n" : "\n\n")
      return marker + indent(body, by: String(repeating: " ", count: marker.count))
    }
    return items.joined(separator: isTight ? "\n" : "\n\n")
  }

  private func indent(_ text: String, by prefix: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      index == 0 || line.isEmpty ? String(line) : prefix + line
    }.joined(separator: "\n")
  }

  /// A quote with GitHub's mark for its kind; GitHub shows kind and colour.
  private func callout(_ callout: Callout) -> String {
    let mark =
      switch callout.kind {
      case .note, .finding(.info): "[!NOTE]"
      case .finding(.warning): "[!WARNING]"
      case .finding(.error): "[!CAUTION]"
      }
    let title = callout.title.isEmpty ? [] : [inline([.strong(callout.title)])]
    let body = (title + callout.blocks.map(block)).joined(separator: "\n\n")
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    return (["> " + mark] + lines.map { $0.isEmpty ? ">" : "> " + $0 }).joined(separator: "\n")
  }

  private func table(_ table: Table) -> String {
    let notes = TableNotes(table)
    var lines: [String] = []
    if !table.caption.isEmpty { lines += [inline([.emphasis(table.caption)]), ""] }
    let titles = table.columns.map { column -> String in
      let unit = column.unit.map { MarkdownText.text($0) } ?? ""
      let title = inline(column.title, in: .table)
      return unit.isEmpty ? title : title.isEmpty ? unit : "\(title) (\(unit))"
    }
    lines.append(row(titles))
    lines.append(
      row(
        table.columns.indices.map { column in
          switch table.alignment(ofColumn: column) {
          case .automatic, .leading: ":---"
          case .center: ":---:"
          case .trailing, .decimal: "---:"
          }
        }))
    for row in table.rows {
      lines.append(
        self.row(
          row.cells.map { cell in
            switch cell {
            case .missing(let reason):
              return "–" + TableNotes.superscript(notes.number(of: reason))
            case .text(let inlines), .number(let inlines, _), .interval(let inlines, _):
              let shown = row.isEmphasized && !inlines.isEmpty ? [.strong(inlines)] : inlines
              return inline(shown, in: .table)
            }
          }))
    }
    for (index, reason) in notes.reasons.enumerated() {
      lines += ["", TableNotes.superscript(index + 1) + " " + MarkdownText.text(reason)]
    }
    if let legend = notes.legend { lines += ["", MarkdownText.text(legend)] }
    return lines.joined(separator: "\n")
  }

  private func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  /// What a piece of text stands in: marks of the same kind do not nest.
  struct Context: OptionSet {
    let rawValue: Int
    static let table = Context(rawValue: 1 << 0)
    static let strong = Context(rawValue: 1 << 1)
    static let emphasis = Context(rawValue: 1 << 2)
    static let link = Context(rawValue: 1 << 3)
  }

  func inline(_ inlines: [Inline], in context: Context = []) -> String {
    inlines.reduce(into: "") { result, inline in
      let piece = self.inline(inline, in: context)
      // An exclamation mark before a link would make a picture of it.
      if result.last == "!", piece.first == "[" { result = result.dropLast() + "\\!" }
      result += piece
    }
  }

  private func inline(_ inline: Inline, in context: Context) -> String {
    switch inline {
    case .text(let text):
      return MarkdownText.text(text, inLink: context.contains(.link))
    case .code(let text):
      return MarkdownText.code(text, inTable: context.contains(.table))
    case .strong(let inner):
      let text = self.inline(inner, in: context.union(.strong))
      return context.contains(.strong) ? text : mark(text, "**")
    case .emphasis(let inner):
      let text = self.inline(inner, in: context.union(.emphasis))
      return context.contains(.emphasis) ? text : mark(text, "*")
    case .link(let inner, let target):
      let text = self.inline(inner, in: context.union(.link))
      if context.contains(.link) { return text }
      return "[\(text)](\(MarkdownText.target(target.value)))"
    case .picture(let picture): return self.picture(picture, in: context)
    case .comment(let comment): return comment.line(inTable: context.contains(.table))
    }
  }

  /// The picture where it lies, else a link to its file.
  private func picture(_ picture: Picture, in context: Context) -> String {
    guard let content = picture.content else {
      return inline(.link([.text(picture.words)], picture.target), in: context)
    }
    let alternative = MarkdownText.text(picture.alternativeText, inLink: true)
    return "![\(alternative)](\(pictures.place(of: content, as: picture.target)))"
  }

  /// Marks a text; the marks must touch it, so space around it moves outside.
  private func mark(_ text: String, _ mark: String) -> String {
    let start = text.prefix { $0 == " " }
    var body = text.dropFirst(start.count)
    var end = ""
    while body.last == " " {
      body.removeLast()
      end += " "
    }
    return body.isEmpty ? text : start + mark + body + mark + end
  }
}
