/// Draws a table on a terminal.
struct TerminalTable {
  /// Longer words may be cut in narrow columns.
  private static let longestWord = 12

  private let table: Table
  private let inline: TerminalInline
  private let width: Int
  private let columnHint: String
  private let alignments: [Table.Alignment]
  private let hasEmphasis: Bool
  private let layout: TableLayout
  private let notes: TableNotes
  /// The widest part before and after the decimal point, for every column.
  private let points: [(whole: Int, fraction: Int)]

  init(_ table: Table, inline: TerminalInline, width: Int, columnHint: String) {
    self.table = table
    self.inline = inline
    self.width = width
    self.columnHint = columnHint
    alignments = table.columns.indices.map(table.alignment(ofColumn:))
    hasEmphasis = table.rows.contains(where: \.isEmphasized)
    let all = TableNotes(table)
    let cells = { (column: Int) -> [[Span]] in
      table.rows.map { Self.spans($0.cells[column], inline, all) }
    }
    points = table.columns.indices.map { column in
      guard table.alignment(ofColumn: column) == .decimal else { return (0, 0) }
      let parts = zip(table.rows, cells(column)).compactMap { Self.point($0.cells[column], $1) }
      return (parts.map(\.whole).max() ?? 0, parts.map(\.fraction).max() ?? 0)
    }
    let demands = zip(table.columns.indices, points).map { column, point in
      let least = zip(table.rows, cells(column)).map { row, spans in
        row.cells[column].isNumber ? spans.width : Self.longestPiece(spans)
      }
      return Self.demand(
        table.columns[column], cells(column), least.max() ?? 0, inline,
        point.whole + point.fraction)
    }
    layout = TableLayout(demands, width: width - (hasEmphasis ? 2 : 0))
    notes = TableNotes(table, columns: layout.columns)
  }

  /// The lines of the table with caption, footnotes and a word on columns left out.
  func lines() -> [StyledLine] {
    var lines: [StyledLine] = []
    if !table.caption.isEmpty {
      lines += WordWrap.wrap(inline.spans(table.caption, style: .italic), width: width)
    }
    lines += layout.isStacked ? stacked() : header() + table.rows.flatMap(row)
    for (index, reason) in notes.reasons.enumerated() {
      lines += note(mark(index + 1), reason)
    }
    if let legend = notes.legend {
      lines += WordWrap.wrap([Span(text: inline.safe(legend), style: .dim)], width: width)
    }
    if !layout.dropped.isEmpty {
      let names = layout.dropped.map { inline.safe(table.columns[$0].fullTitle) }
      let needed = layout.fullWidth + (hasEmphasis ? 2 : 0)
      let text =
        "Not shown at this width: \(names.joined(separator: ", ")). "
        + "See all with a terminal \(needed) columns wide\(columnHint.isEmpty ? "" : " or ")"
        + "\(columnHint)."
      lines += WordWrap.wrap([Span(text: text, style: .dim)], width: width)
    }
    return lines
  }

  private func header() -> [StyledLine] {
    let titles = layout.columns.enumerated().map { position, column -> [StyledLine] in
      let title = inline.spans(table.columns[column].title, style: .bold)
      let unit = table.columns[column].unit.map { inline.safe($0) } ?? ""
      let width = layout.widths[position]
      var lines = title.isEmpty ? [] : WordWrap.wrap(title, width: width)
      if !unit.isEmpty { lines += WordWrap.wrap([Span(text: unit, style: .dim)], width: width) }
      return lines.map { align($0, column: column, width: width) }
    }
    let height = titles.map(\.count).max() ?? 0
    // Titles stand on the rule.
    let bottom = titles.map { Array(repeating: [], count: height - $0.count) + $0 }
    let total = layout.widths.reduce(hasEmphasis ? 2 : 0, +)
    let ruleWidth = total + TableLayout.gap * max(0, layout.widths.count - 1)
    let rule = String(repeating: inline.unicode ? "─" : "-", count: ruleWidth)
    return join(bottom, height: height, gutter: hasEmphasis ? "  " : "")
      + [[Span(text: rule, style: .dim)]]
  }

  private func row(_ row: Table.Row) -> [StyledLine] {
    let style: TextStyle = row.isEmphasized ? .bold : []
    let cells = layout.columns.enumerated().map { position, column -> [StyledLine] in
      let cell = row.cells[column]
      let spans = Self.spans(cell, inline, notes).adding(style)
      let width = layout.widths[position]
      // A number is one piece, whatever spaces are in it.
      let isWhole = spans.width <= width || cell.isNumber
      let lines = isWhole ? [spans] : WordWrap.wrap(spans, width: width)
      return lines.map { align($0, column: column, width: width, whole: isWhole ? cell : nil) }
    }
    let marker = row.isEmphasized ? (inline.unicode ? "▸ " : "> ") : "  "
    return join(cells, height: cells.map(\.count).max() ?? 0, gutter: hasEmphasis ? marker : "")
  }

  /// Puts the lines of cells side by side.
  private func join(_ cells: [[StyledLine]], height: Int, gutter: String) -> [StyledLine] {
    (0..<height).map { index in
      var line: StyledLine = []
      if !gutter.isEmpty {
        let text = index == 0 ? gutter : "  "
        line.append(Span(text: text, style: .bold))
      }
      for (position, cell) in cells.enumerated() {
        let part = index < cell.count ? cell[index] : []
        if position > 0 { line.append(Span(text: "  ")) }
        line += part.padded(left: 0, right: layout.widths[position] - part.width)
      }
      return line
    }
  }

  private func align(
    _ line: StyledLine, column: Int, width: Int, whole: Table.Cell? = nil
  ) -> StyledLine {
    let spare = max(0, width - line.width)
    switch alignments[column] {
    case .automatic, .leading: return line
    case .center: return line.padded(left: spare / 2, right: spare - spare / 2)
    case .trailing: return line.padded(left: spare, right: 0)
    case .decimal:
      let fraction = whole.flatMap { Self.point($0, line)?.fraction }
      let right = fraction.map { min(spare, max(0, points[column].fraction - $0)) } ?? 0
      return line.padded(left: spare - right, right: right)
    }
  }

  /// One line for each cell, for tables that are too wide in every other way.
  private func stacked() -> [StyledLine] {
    var lines: [StyledLine] = []
    for (index, row) in table.rows.enumerated() {
      if index > 0 { lines.append([]) }
      for column in layout.columns {
        let title = inline.safe(table.columns[column].fullTitle)
        let style: TextStyle = row.isEmphasized ? .bold : []
        let value = Self.spans(row.cells[column], inline, notes).adding(style)
        let label = title.isEmpty ? [] : [Span(text: title + ": ", style: .dim)]
        if (label + value).width > width, row.cells[column].isNumber {
          lines += WordWrap.wrap(label, width: width) + [value]
        } else {
          lines += WordWrap.wrap(label + value, width: width)
        }
      }
    }
    return lines
  }

  private func note(_ mark: String, _ reason: String) -> [StyledLine] {
    let hanging = DisplayWidth.of(mark) + 1
    let text = WordWrap.wrap([Span(text: inline.safe(reason), style: .dim)], width: width - hanging)
    return text.enumerated().map { index, line in
      let start = index == 0 ? mark + " " : String(repeating: " ", count: hanging)
      return [Span(text: start, style: .dim)] + line
    }
  }

  private func mark(_ number: Int) -> String { Self.mark(number, inline) }

  private static func mark(_ number: Int, _ inline: TerminalInline) -> String {
    inline.unicode ? TableNotes.superscript(number) : "[\(number)]"
  }

  private static func spans(
    _ cell: Table.Cell, _ inline: TerminalInline, _ notes: TableNotes
  ) -> [Span] {
    switch cell {
    case .text(let inlines), .number(let inlines, _), .interval(let inlines, _):
      return inline.spans(inlines)
    case .missing(let reason):
      let dash = inline.unicode ? "–" : "-"
      return [Span(text: dash + mark(notes.number(of: reason), inline), style: .dim)]
    }
  }

  /// The widths before and after the decimal point; nil when the cell is no number. The dash of a
  /// missing cell stands where the last whole digit would.
  private static func point(
    _ cell: Table.Cell, _ spans: [Span]
  ) -> (whole: Int, fraction: Int)? {
    switch cell {
    case .text: return nil
    case .missing: return (1, DisplayWidth.of(spans.text) - 1)
    case .number, .interval:
      let parts = NumberShape.split(spans.text)
      return (DisplayWidth.of(parts.whole), DisplayWidth.of(parts.fraction))
    }
  }

  private static func demand(
    _ column: Table.Column, _ cells: [[Span]], _ least: Int, _ inline: TerminalInline,
    _ pointWidth: Int
  ) -> TableLayout.Demand {
    let unit = column.unit.map { [Span(text: inline.safe($0))] } ?? []
    let heads = [inline.spans(column.title), unit]
    let natural = (cells + heads).map(\.width).max() ?? 0
    return TableLayout.Demand(
      natural: max(natural, pointWidth, 1),
      least: max(max(least, heads.map(longestPiece).max() ?? 0), pointWidth, 1),
      priority: column.priority)
  }

  private static func longestPiece(_ spans: [Span]) -> Int {
    WordWrap.words(spans).map { $0.isNumeric ? $0.width : min($0.width, longestWord) }.max() ?? 0
  }
}
