/// Reads pipe tables (GitHub Flavored Markdown 0.29, "Tables").
enum TableParser {
  /// Cells that rows shorter than the longest may lack, all together. Each costs no byte of the
  /// source, so that without a bound a small file could ask for any amount of memory.
  static let mostAbsentCells = 1 << 14

  /// Whether a header and a delimiter row of the same width begin at `index`.
  static func startsTable(_ lines: [SourceLine], at index: Int) -> Bool {
    header(lines, at: index) != nil
  }

  /// A table in a notebook.
  struct Found {
    var table: Table
    /// The index after its last line.
    var end: Int
    /// How many cells the header has.
    var titles: Int
    /// Rows that have more cells than the header.
    var surplus: [(line: SourceLine, cells: Int)]
    /// The line before which the table was ended for want of too many cells.
    var ragged: SourceLine?
  }

  /// The table that begins at `index`.
  static func table(_ lines: [SourceLine], at index: Int) -> Found? {
    guard let (titles, alignments) = header(lines, at: index) else { return nil }
    var end = index + 2
    var rows: [Table.Row] = []
    var surplus: [(line: SourceLine, cells: Int)] = []
    var ragged: SourceLine?
    var width = titles.count
    var present = titles.count
    while end < lines.count, !lines[end].isBlank, !endsTable(lines[end]) {
      let texts = cells(lines[end].trimmed.text)
      width = max(width, texts.count)
      present += texts.count
      guard width * (rows.count + 2) - present <= mostAbsentCells else {
        ragged = lines[end].trimmed
        break
      }
      var cells = texts.map(cell)
      if cells.count > titles.count { surplus.append((lines[end].trimmed, cells.count)) }
      while cells.count < titles.count { cells.append(.text([])) }
      rows.append(Table.Row(cells))
      end += 1
    }
    let columns = zip(titles, alignments).map { title, alignment in
      Table.Column(InlineParser.parse(title), alignment: alignment)
    }
    let table = Table(columns: columns, rows: rows)
    return Found(
      table: table, end: end, titles: titles.count, surplus: surplus, ragged: ragged)
  }

  /// All cells of Markdown are text; one that reads as a number is taken for one.
  private static func cell(_ text: String) -> Table.Cell {
    let inlines = InlineParser.parse(text)
    return NumberShape.isNumber(inlines.plainText)
      ? .number(inlines, sortValue: nil) : .text(inlines)
  }

  private static func endsTable(_ line: SourceLine) -> Bool {
    LineShape.isQuote(line) || LineShape.isRule(line) || LineShape.heading(line) != nil
      || Fence(opening: line) != nil || ListMarker(line) != nil || LineShape.startsComment(line)
  }

  private static func header(
    _ lines: [SourceLine], at index: Int
  ) -> (titles: [String], alignments: [Table.Alignment])? {
    guard index + 1 < lines.count, lines[index].indentation <= 3,
      lines[index].text.contains("|"), lines[index + 1].text.contains("|"),
      let alignments = alignments(lines[index + 1])
    else { return nil }
    let titles = cells(lines[index].trimmed.text)
    return titles.count == alignments.count ? (titles, alignments) : nil
  }

  private static func alignments(_ line: SourceLine) -> [Table.Alignment]? {
    guard line.indentation <= 3 else { return nil }
    var result: [Table.Alignment] = []
    for cell in cells(line.trimmed.text) {
      let isLeft = cell.hasPrefix(":")
      let isRight = cell.hasSuffix(":") && cell.count > 1
      let dashes = cell.dropFirst(isLeft ? 1 : 0).dropLast(isRight ? 1 : 0)
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == "-" }) else { return nil }
      switch (isLeft, isRight) {
      case (true, true): result.append(.center)
      case (true, false): result.append(.leading)
      case (false, true): result.append(.trailing)
      case (false, false): result.append(.automatic)
      }
    }
    return result.isEmpty ? nil : result
  }

  /// The cells of a row; `\|` is a pipe inside a cell, also in code.
  private static func cells(_ line: Substring) -> [String] {
    var row = LineShape.trim(line)
    if row.first == "|" { row.removeFirst() }
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    var endsWithPipe = false
    for character in row {
      endsWithPipe = false
      if isEscaped {
        cell += character == "|" ? "|" : "\\" + String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append(String(LineShape.trim(cell[...])))
        cell = ""
        endsWithPipe = true
      } else {
        cell.append(character)
      }
    }
    if isEscaped { cell += "\\" }
    if !endsWithPipe { cells.append(String(LineShape.trim(cell[...]))) }
    return cells
  }
}
