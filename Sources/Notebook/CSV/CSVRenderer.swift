import Support

/// Writes a table as comma-separated values (RFC 4180).
///
/// A cell with a number behind it gives that number to 15 significant digits, which every decimal of
/// that length survives. Missing cells are empty, units stand
/// in the header, control characters are made visible. A cell
/// that a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236); numbers do not.
public struct CSVRenderer: Sendable {
  /// Makes a renderer.
  public init() {}

  /// The table with its header; lines end with CR LF.
  public func render(_ table: Table) -> String {
    let header = table.columns.map { CSVText.field($0.fullTitle) }
    let rows = table.rows.map { row in
      row.cells.map { cell in
        switch cell {
        case .number(_, let value?): Self.number(value)
        case .number(let inlines, nil), .text(let inlines): CSVText.field(inlines.plainText)
        case .missing: ""
        }
      }
    }
    return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// 15 significant digits, written as the shortest decimal that reads back as the same number;
  /// whole numbers without a point.
  private static func number(_ value: Double) -> String {
    Format.shortest(SignificantDigits.rounded(value))
  }
}
