import Support

/// Draws documents as text for a terminal.
///
/// No line is wider than the terminal, except where a number is wider by itself. Control characters
/// of the content are made visible: the only ones written are line feeds and, when they are allowed,
/// SGR sequences and images of the renderer itself.
public struct TerminalRenderer: Sendable {
  /// The narrowest width that is laid out.
  private static let leastWidth = 20
  /// Prose wider than this is hard to read.
  private static let widestProse = 96

  private let width: Int
  private let colour: Bool
  private let inline: TerminalInline
  private let columnHint: String
  private let figures: TerminalFigure

  /// Makes a renderer.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal; less than 20 counts as 20.
  ///   - colour: whether ANSI sequences may be written.
  ///   - unicode: whether characters beyond ASCII may be written.
  ///   - columnHint: how else to see columns that were left out, as in "or with --format csv".
  ///   - images: how the terminal is sent images; nil draws figures with characters.
  ///   - isDark: whether images are for a dark background.
  public init(
    width: Int = 80, colour: Bool = false, unicode: Bool = true, columnHint: String = "",
    images: ImageProtocol? = nil, isDark: Bool = false
  ) {
    self.width = max(Self.leastWidth, width)
    self.colour = colour
    self.inline = TerminalInline(unicode: unicode)
    self.columnHint = columnHint
    figures = TerminalFigure(inline: inline, images: images, isDark: isDark)
  }

  /// The text of a notebook, with a line feed at its end.
  public func render(_ notebook: ExecutedNotebook) -> String {
    var groups: [[StyledLine]] = []
    for part in notebook.parts {
      if case .cell(let cell) = part {
        let prompt = prompt(cell)
        if !prompt.isEmpty { groups.append(prompt) }
      }
      groups += part.blocks.map { lines($0, width: width) }
    }
    return encode(groups)
  }

  /// The text of some blocks, with a line feed at its end.
  public func render(_ blocks: [Block]) -> String {
    encode(blocks.map { lines($0, width: width) })
  }

  private func encode(_ groups: [[StyledLine]]) -> String {
    let lines = groups.filter { !$0.isEmpty }.joined(separator: [[]])
    return lines.map { $0.encoded(colour: colour) + "\n" }.joined()
  }

  /// The source of a cell: `In [3]: speedup --per-cycle`.
  private func prompt(_ cell: ExecutedNotebook.Cell) -> [StyledLine] {
    var start = "In [\(cell.number)]: "
    let hanging = start.count
    let more = String(repeating: " ", count: max(0, hanging - 5)) + "...: "
    var lines: [StyledLine] = []
    for source in cell.source {
      for line in inline.safeLines(source.isEmpty ? " " : source) {
        for piece in WordWrap.wrapPreformatted(line, width: width - hanging) {
          lines.append([Span(text: start + piece, style: .dim)])
          start = more
        }
      }
    }
    return lines
  }

  private func lines(_ blocks: [Block], width: Int) -> [StyledLine] {
    Array(blocks.map { lines($0, width: width) }.filter { !$0.isEmpty }.joined(separator: [[]]))
  }

  private func lines(_ block: Block, width: Int) -> [StyledLine] {
    switch block {
    case .heading(let level, let inlines): heading(level, inlines, width)
    case .paragraph(let inlines): prose(inline.spans(inlines), width)
    case .table(let table):
      TerminalTable(table, inline: inline, width: width, columnHint: columnHint).lines()
    case .list(let list): self.list(list, width)
    case .callout(let callout): self.callout(callout, width)
    case .code(_, let text):
      inline.safeLines(text).flatMap { line in
        WordWrap.wrapPreformatted(line, width: width - 4).map { [Span(text: "    " + $0)] }
      }
    case .rule: [[Span(text: repeated("─", "-", min(width, Self.widestProse)), style: .dim)]]
    case .figure(let figure): self.figure(figure, width)
    case .comment: []
    }
  }

  private func prose(_ spans: [Span], _ width: Int) -> [StyledLine] {
    WordWrap.wrap(spans, width: min(width, Self.widestProse))
  }

  private func heading(_ level: Int, _ inlines: [Inline], _ width: Int) -> [StyledLine] {
    let lines = prose(inline.spans(inlines, style: .bold), width)
    guard level <= 2 else { return lines }
    let longest = lines.map(\.width).max() ?? 0
    let rule = level <= 1 ? repeated("═", "=", longest) : repeated("─", "-", longest)
    return lines + [[Span(text: rule, style: .bold)]]
  }

  private func list(_ list: List, _ width: Int) -> [StyledLine] {
    let isTight = list.isTight
    let markers = list.items.indices.map { index in
      switch list.style {
      case .bullet: inline.unicode ? "•" : "-"
      case .ordered(let start): "\(start.addingReportingOverflow(index).partialValue)."
      }
    }
    let hanging = (markers.map(\.count).max() ?? 1) + 1
    let items = zip(markers, list.items).map { marker, blocks -> [StyledLine] in
      let blocks = blocks.map { lines($0, width: max(8, width - hanging)) }
      let content = Array(blocks.joined(separator: isTight ? [] : [[]]))
      let first = String(repeating: " ", count: max(0, hanging - 1 - marker.count)) + marker + " "
      let rest = String(repeating: " ", count: hanging)
      return (content.isEmpty ? [[]] : content).enumerated().map { index, line in
        [Span(text: index == 0 ? first : rest)] + line
      }
    }
    return Array(items.joined(separator: isTight ? [] : [[]]))
  }

  private func callout(_ callout: Callout, _ width: Int) -> [StyledLine] {
    let hue: TextStyle =
      switch callout.kind {
      case .note: .dim
      case .finding(.info): .blue
      case .finding(.warning): .yellow
      case .finding(.error): .red
      }
    let label = Span(text: callout.label.uppercased(), style: hue.union(.bold))
    let title = inline.spans(callout.title, style: .bold)
    let inner = max(8, width - 2)
    let head = prose([label] + (title.isEmpty ? [] : [Span(text: " ")] + title), inner)
    let content = head + lines(callout.blocks, width: inner)
    return content.map { [Span(text: inline.unicode ? "▌ " : "| ", style: hue)] + $0 }
  }

  private func figure(_ figure: Figure, _ width: Int) -> [StyledLine] {
    var content: [StyledLine]
    do throws(Diagnostic) {
      content = try figures.drawing(figure, width: width)
      if content.isEmpty {
        let text = "[figure] " + inline.safe(figure.alternativeText)
        content = prose([Span(text: text, style: .dim)], width)
      }
    } catch {
      content = lines(figure.box(for: error), width: width)
    }
    let caption = inline.spans(figure.caption, style: .italic)
    return content + (caption.isEmpty ? [] : prose(caption, width))
  }

  private func repeated(_ unicode: String, _ ascii: String, _ count: Int) -> String {
    String(repeating: inline.unicode ? unicode : ascii, count: count)
  }
}
