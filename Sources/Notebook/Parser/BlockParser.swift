import Support

/// Reads lines into blocks.
///
/// Follows the block structure of CommonMark 0.31 and GitHub Flavored Markdown 0.29 for the subset
/// named at ``ParsedNotebook/init(parsing:name:)``. Every line goes into some block; nothing fails.
struct BlockParser {
  /// Quotes and lists nested deeper than this are text, so that hostile input cannot exhaust the stack.
  static let deepestNesting = 12

  let name: String
  var errors: [Diagnostic] = []
  private var cells = 0
  /// Lines in which no comment ends, as far as they were searched.
  private var withoutCommentEnd: ClosedRange<Int>?

  init(name: String) {
    self.name = name
  }

  /// Reads a whole notebook.
  mutating func parseElements(_ lines: [SourceLine]) -> [ParsedNotebook.Element] {
    var elements: [ParsedNotebook.Element] = []
    var index = 0
    while index < lines.count {
      if lines[index].isBlank {
        index += 1
        continue
      }
      let start = index
      let content: ParsedNotebook.Element.Content
      if let fence = Fence(opening: lines[index]), fence.isCell,
        let end = fence.end(lines, from: index)
      {
        content = .cell(cell(Array(lines[start...end])))
        index = end + 1
      } else {
        content = .block(parseBlock(lines, at: &index, depth: 0))
      }
      var last = index - 1
      while last > start, lines[last].isBlank { last -= 1 }
      elements.append(.init(lines: lines[start].number...lines[last].number, content: content))
    }
    return elements
  }

  /// Reads the lines inside a quote or a list item.
  mutating func parseBlocks(_ lines: [SourceLine], depth: Int) -> [Block] {
    var blocks: [Block] = []
    var index = 0
    while index < lines.count {
      if lines[index].isBlank {
        index += 1
      } else {
        blocks.append(parseBlock(lines, at: &index, depth: depth))
      }
    }
    return blocks
  }

  /// Reads one block that begins at a line that is not blank, and moves past it.
  private mutating func parseBlock(
    _ lines: [SourceLine], at index: inout Int, depth: Int
  ) -> Block {
    let line = lines[index]
    if let fence = Fence(opening: line) {
      return code(fence, lines, at: &index, depth: depth)
    }
    if LineShape.startsComment(line), let block = comment(lines, at: &index) { return block }
    if let (level, title) = LineShape.heading(line) {
      index += 1
      return .heading(level: level, InlineParser.parse(title))
    }
    if LineShape.isRule(line) {
      index += 1
      return .rule
    }
    if let found = TableParser.table(lines, at: index) {
      for (line, cells) in found.surplus {
        report(
          line, "table-cells", "the row has \(cells) cells, the header has \(found.titles)",
          "write \\| for a pipe inside a cell, or give the header another column")
      }
      if let line = found.ragged {
        report(
          line, "table-ends",
          "the table ends here, since its rows lack more than "
            + "\(TableParser.mostAbsentCells) cells",
          "give its rows as many cells as its header")
      }
      index = found.end
      return .table(found.table)
    }
    if depth < Self.deepestNesting {
      if LineShape.isQuote(line) { return quote(lines, at: &index, depth: depth) }
      if let marker = ListMarker(line) { return list(marker, lines, at: &index, depth: depth) }
    }
    return paragraph(lines, at: &index)
  }

  /// Reads a comment that begins a line, up to the line with its end (CommonMark 0.31, 4.6); with what
  /// else stands there it is a paragraph. Nil where nothing ends it, which is reported.
  private mutating func comment(_ lines: [SourceLine], at index: inout Int) -> Block? {
    guard let last = commentEnd(lines, from: index) else { return nil }
    let first = String(lines[index].trimmed.text)
    let more = lines[(index + 1)..<(last + 1)].map { String($0.text) }
    let text = ([first] + more).joined(separator: "\n")
    index = last + 1
    let inlines = InlineParser.parse(LineShape.trim(text[...]))
    if inlines.count == 1, case .comment(let comment) = inlines[0] { return .comment(comment) }
    return .paragraph(inlines)
  }

  /// The line in which a comment that begins in line `start` ends.
  private mutating func commentEnd(_ lines: [SourceLine], from start: Int) -> Int? {
    let range = lines[start].number...lines[lines.count - 1].number
    if let known = withoutCommentEnd, known.contains(range.lowerBound),
      known.contains(range.upperBound)
    {
      return nil
    }
    if let end = lines.indices.dropFirst(start).first(where: { index in
      let text = lines[index].trimmed.text
      return (index == start ? text.dropFirst(4) : text).contains("-->")
    }) {
      return end
    }
    withoutCommentEnd = range
    report(
      lines[start].trimmed, "open-comment", "the comment <!-- is not closed",
      "add --> where it ends, or write \\<!-- for the characters themselves")
    return nil
  }

  private func paragraph(_ lines: [SourceLine], at index: inout Int) -> Block {
    let start = index
    index += 1
    while index < lines.count, !LineShape.interruptsParagraph(lines, at: index) { index += 1 }
    let text = lines[start..<index].map { line in
      var text = line.trimmed.text
      while text.last == " " || text.last == "\t" { text.removeLast() }
      return String(text)
    }
    return .paragraph(InlineParser.parse(text.joined(separator: "\n")))
  }

  private mutating func code(
    _ fence: Fence, _ lines: [SourceLine], at index: inout Int, depth: Int
  ) -> Block {
    let start = index
    let end = fence.end(lines, from: start)
    index = end.map { $0 + 1 } ?? lines.count
    if end == nil {
      report(
        lines[start].trimmed, "open-fence", "the fence \(fence.mark) is not closed",
        "add a line with \(fence.mark) where the block ends")
    } else if fence.isCell && depth > 0 {
      report(
        lines[start].trimmed, "nested-cell", "a cell inside a list or a quote is not run",
        "move the fence to the left margin, outside the list or quote")
    }
    let body = lines[(start + 1)..<(end ?? lines.count)].map {
      String($0.unindented(by: fence.indentation).text)
    }
    let language = fence.info.split(separator: " ").first.map(String.init)
    return .code(language: language, text: body.joined(separator: "\n"))
  }

  private mutating func cell(_ lines: [SourceLine]) -> NotebookCell {
    cells += 1
    let body = lines.dropFirst().dropLast()
    let instructions = body.compactMap { line -> NotebookCell.Instruction? in
      let command = line.trimmed
      guard !line.isBlank, command.text.first != "#" else { return nil }
      switch CommandWords.split(command.text) {
      case .success(let words):
        var text = command.text
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return .command(
          CellCommand(
            words: words, text: String(text), cell: cells, line: line.number,
            column: command.offset + 1))
      case .failure(let failure):
        return .invalid(
          report(
            command.dropping(failure.offset), "cell-quoting", failure.message, failure.remedy))
      }
    }
    return NotebookCell(
      number: cells, lines: lines[0].number...lines[lines.count - 1].number,
      source: body.map { String($0.text) }, instructions: instructions)
  }

  private mutating func quote(
    _ lines: [SourceLine], at index: inout Int, depth: Int
  ) -> Block {
    var inner: [SourceLine] = []
    while index < lines.count {
      if LineShape.isQuote(lines[index]) {
        let content = lines[index].trimmed.dropping(1)
        inner.append(content.unindented(by: 1))
      } else if inner.last.map({ !$0.isBlank }) ?? false,
        !LineShape.interruptsParagraph(lines, at: index)
      {
        inner.append(lines[index])  // a paragraph goes on without its mark
      } else {
        break
      }
      index += 1
    }
    guard let first = inner.first, let kind = LineShape.calloutKind(first) else {
      return .callout(Callout(.note, blocks: parseBlocks(inner, depth: depth + 1)))
    }
    return .callout(Callout(kind, blocks: parseBlocks(Array(inner.dropFirst()), depth: depth + 1)))
  }

  private mutating func list(
    _ first: ListMarker, _ lines: [SourceLine], at index: inout Int, depth: Int
  ) -> Block {
    var items: [[Block]] = []
    while index < lines.count, let marker = ListMarker(lines[index]), marker.continues(first),
      !LineShape.isRule(lines[index])
    {
      let item = marker.item(lines, at: &index)
      items.append(parseBlocks(item, depth: depth + 1))
      // Blank lines between two items belong to the list; those after the last do not.
      var next = index
      while next < lines.count, lines[next].isBlank { next += 1 }
      if next < lines.count, let marker = ListMarker(lines[next]), marker.continues(first) {
        index = next
      }
    }
    return .list(List(first.style, items: items))
  }

  @discardableResult
  private mutating func report(
    _ place: SourceLine, _ rule: String, _ message: String, _ remedy: String
  ) -> Diagnostic {
    let error = Diagnostic(
      rule, message, remedy: remedy, place: Place(line: place.number, column: place.offset + 1),
      file: name)
    errors.append(error)
    return error
  }
}
