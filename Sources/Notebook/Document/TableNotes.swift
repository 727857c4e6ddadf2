/// The numbered reasons below a table: identical reasons share a number, in reading order.
struct TableNotes {
  /// The reasons; the first has number 1.
  private(set) var reasons: [String] = []
  private var numbers: [String: Int] = [:]

  /// Collects the reasons of the missing cells in the given columns.
  init(_ table: Table, columns: [Int]) {
    for row in table.rows {
      for column in columns {
        guard case .missing(let reason) = row.cells[column], numbers[reason] == nil else {
          continue
        }
        reasons.append(reason)
        numbers[reason] = reasons.count
      }
    }
  }

  /// Collects the reasons of all missing cells.
  init(_ table: Table) {
    self.init(table, columns: Array(table.columns.indices))
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
