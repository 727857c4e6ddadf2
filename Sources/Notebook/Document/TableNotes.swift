import Support

/// What stands below a table: numbered reasons, of which identical ones share a number, in reading order, how
/// many rows are not shown, and what the marks of its intervals mean.
struct TableNotes {
  /// The reasons; the first has number 1.
  private(set) var reasons: [String] = []
  /// Each mark once with its meaning.
  private(set) var marks: [(mark: String, meaning: String)] = []
  private var numbers: [String: Int] = [:]
  private let hidden: Int

  /// Collects them from the given columns.
  init(_ table: Table, columns: [Int]) {
    hidden = table.hidden
    for row in table.rows {
      for column in columns {
        switch row.cells[column] {
        case .missing(let reason) where numbers[reason] == nil:
          reasons.append(reason)
          numbers[reason] = reasons.count
        case .interval(_, let one) where !marks.contains { $0 == (one.mark, one.meaning) }:
          marks.append((one.mark, one.meaning))
        default: break
        }
      }
    }
  }

  /// Collects them from all columns.
  init(_ table: Table) {
    self.init(table, columns: Array(table.columns.indices))
  }

  /// The rows that are not shown and the marks with their meanings on one line; nil without any.
  var legend: String? {
    let more =
      hidden > 0
      ? ["\(counted(hidden, "more row", grouped: true)) not shown here, CSV has every row"] : []
    let parts = more + marks.map { "\($0.mark) \($0.meaning)" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The number of a reason.
  func number(of reason: String) -> Int {
    numbers[reason] ?? 0
  }

  /// A number as superscript digits.
  static func superscript(_ number: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return String(String(number).compactMap { $0.wholeNumberValue }.map { digits[$0] })
  }
}
