import Support

/// Writes a table as comma-separated values (RFC 4180).
///
/// A cell with a number behind it gives that number to 15 significant digits, which every decimal of
/// that length survives. Missing cells are empty, units stand
/// in the header, intervals have a column each for both ends, kind and level, control characters are made visible. A cell
/// that a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236); numbers do not.
public struct CSVRenderer: Sendable {
  /// Makes a renderer.
  public init() {}

  /// The table with its header; lines end with CR LF.
  public func render(_ table: Table) -> String {
    let header = table.columns.flatMap { column in
      guard column.holdsIntervals else { return [column.fullTitle] }
      let title = column.title.plainText
      return ["low", "high"].map(column.fullTitle(of:)) + ["\(title) kind", "\(title) level"]
    }
    let rows = table.every.lazy.map { row in
      zip(table.columns, row.cells).flatMap { column, cell in
        guard column.holdsIntervals else { return [Self.text(cell)] }
        guard case .interval(_, let one) = cell else { return [Self.text(cell), "", "", ""] }
        return [
          Self.number(one.low), Self.number(one.high), CSVText.field(one.kind),
          one.level.map(Self.number) ?? "",
        ]
      }
    }
    var text = header.map(CSVText.field).joined(separator: ",") + "\r\n"
    for row in rows { text += row.joined(separator: ",") + "\r\n" }
    return text
  }

  private static func text(_ cell: Table.Cell) -> String {
    switch cell {
    case .number(_, let value?): number(value)
    case .number(let inlines, nil), .text(let inlines), .interval(let inlines, _):
      CSVText.field(inlines.plainText)
    case .missing: ""
    }
  }

  /// 15 significant digits, written as the shortest decimal that reads back as the same number;
  /// whole numbers without a point.
  private static func number(_ value: Double) -> String {
    Format.shortest(SignificantDigits.rounded(value))
  }
}
