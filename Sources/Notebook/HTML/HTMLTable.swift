import Support

/// Writes a table with its caption and footnotes.
struct HTMLTable {
  /// Cells with more text than this are kept wide enough to read on a phone.
  private static let longText = 24

  private let table: Table
  private let name: String
  private let alignments: [Table.Alignment]
  private let notes: TableNotes
  /// Most digits after the decimal point, for columns of plain decimal numbers.
  private let fractionDigits: [Int?]

  init(_ table: Table, name: String) {
    self.table = table
    self.name = name
    alignments = table.columns.indices.map(table.alignment(ofColumn:))
    notes = TableNotes(table)
    fractionDigits = table.columns.indices.map { column in
      guard table.alignment(ofColumn: column) == .decimal else { return nil }
      return table.rows.compactMap { Self.fraction($0.cells[column])?.count }.max()
    }
  }

  func html() -> String {
    let label = table.caption.isEmpty ? "Table" : HTMLText.escape(table.caption.plainText)
    var lines = [
      "<div class=\"table\">",
      "<div class=\"scroll\" role=\"region\" aria-label=\"\(label)\" tabindex=\"0\">", "<table>",
    ]
    if !table.caption.isEmpty {
      lines.append("<caption><span>\(HTMLBlocks.inline(table.caption))</span></caption>")
    }
    lines.append("<thead><tr>\(table.columns.indices.map(header).joined())</tr></thead>")
    lines.append("<tbody>")
    var seen: Set<String> = []
    for row in table.rows {
      let cells = row.cells.indices.map { cell(row.cells[$0], column: $0, seen: &seen) }
      lines.append("<tr\(row.isEmphasized ? " class=\"key\"" : "")>\(cells.joined())</tr>")
    }
    lines += ["</tbody>", "</table>", "</div>"]
    if !notes.reasons.isEmpty {
      lines.append("<ol class=\"notes\">")
      for (index, reason) in notes.reasons.enumerated() {
        let number = index + 1
        lines.append(
          "<li id=\"\(name).note\(number)\">\(HTMLText.escape(reason)) "
            + "<a href=\"#\(name).cell\(number)\" aria-label=\"Back to the table\">↩</a></li>")
      }
      lines.append("</ol>")
    }
    if let legend = notes.legend {
      lines.append("<p class=\"marks\">\(HTMLText.escape(legend))</p>")
    }
    return (lines + ["</div>"]).joined(separator: "\n")
  }

  private func header(_ index: Int) -> String {
    let column = table.columns[index]
    let unit = column.unit.map {
      $0.isEmpty ? "" : " <span class=\"unit\">\(HTMLText.escape($0))</span>"
    }
    return
      "<th scope=\"col\"\(classes(index))>\(HTMLBlocks.inline(column.title))\(unit ?? "")</th>"
  }

  private func cell(_ cell: Table.Cell, column: Int, seen: inout Set<String>) -> String {
    let isLabel = column == 0 && table.columns.count > 1 && alignments[0] == .leading
    let tag = isLabel ? "th" : "td"
    let scope = isLabel ? " scope=\"row\"" : ""
    switch cell {
    case .text(let inlines), .number(let inlines, _), .interval(let inlines, _):
      // The number behind the text, for scripts that read the page.
      var value = ""
      if case .number(_, let number?) = cell, number.isFinite {
        value = " data-value=\"\(number)\""
      }
      let text = HTMLBlocks.inline(inlines) + padding(cell, column: column)
      let isLong = inlines.plainText.unicodeScalars.count > Self.longText
      return "<\(tag)\(scope)\(classes(column, isLong ? "long" : nil))\(value)>\(text)</\(tag)>"
    case .missing(let reason):
      let number = notes.number(of: reason)
      // Only the first cell with a reason can be linked back to.
      let anchor = seen.insert(reason).inserted ? " id=\"\(name).cell\(number)\"" : ""
      let link = "<a href=\"#\(name).note\(number)\" aria-label=\"Note \(number)\">\(number)</a>"
      return "<\(tag)\(scope)\(classes(column, "missing"))\(anchor)>"
        + "–<sup>\(link)</sup></\(tag)>"
    }
  }

  private func classes(_ index: Int, _ extra: String? = nil) -> String {
    var classes = extra.map { [$0] } ?? []
    switch alignments[index] {
    case .automatic, .leading: break
    case .center: classes.append("center")
    case .trailing, .decimal: classes.append("number")
    }
    return classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
  }

  /// Spaces as wide as the digits that would make the fraction as long as the column's longest.
  private func padding(_ cell: Table.Cell, column: Int) -> String {
    guard let most = fractionDigits[column], let fraction = Self.fraction(cell),
      fraction.count < most
    else { return "" }
    let point = fraction.isEmpty ? "\u{2008}" : ""
    let digits = most - max(1, fraction.count)
    return "<span class=\"pad\" aria-hidden=\"true\">\(point)"
      + String(repeating: "\u{2007}", count: digits) + "</span>"
  }

  /// The decimal point and what follows; nil when that is not digits only.
  private static func fraction(_ cell: Table.Cell) -> String? {
    guard let inlines = cell.number else { return nil }
    let fraction = NumberShape.split(inlines.plainText).fraction
    let isDecimal = fraction.isEmpty || fraction.first == "."
    return isDecimal && fraction.dropFirst().unicodeScalars.allSatisfy(NumberShape.isDigit)
      ? fraction : nil
  }
}
