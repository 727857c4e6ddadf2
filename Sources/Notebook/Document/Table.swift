/// A table of cells that arrive as they are to be shown, and say whether they are numbers.
///
/// People are shown the first `mostShown` rows and how many more there are; CSV has all. What comes behind those
/// is made when it is asked for, so that a table of a million rows takes no memory for them.
public struct Table: Sendable {
  /// So many rows are shown to people, who read no more.
  public static let mostShown = 1000

  /// Where the text of a column stands.
  public enum Alignment: Sendable, Equatable {
    /// At the decimal point or right when every cell is a number, else left.
    case automatic
    /// Left.
    case leading
    /// In the middle.
    case center
    /// Right.
    case trailing
    /// At the decimal point.
    case decimal
  }

  /// A column.
  public struct Column: Sendable, Equatable {
    /// What stands at the head of the column.
    public var title: [Inline]
    /// The unit of all its cells.
    public var unit: String?
    /// Where its text stands.
    public var alignment: Alignment
    /// 0 keeps the column always; of the others the highest is left out first where space is short.
    public var priority: Int
    /// Whether its cells are intervals: CSV has a column each for both ends, kind and level.
    var holdsIntervals = false

    /// Makes a column.
    public init(
      _ title: [Inline], unit: String? = nil, alignment: Alignment = .automatic, priority: Int = 0
    ) {
      self.title = title
      self.unit = unit
      self.alignment = alignment
      self.priority = priority
    }

    /// The title with the unit in parentheses.
    var fullTitle: String { fullTitle(of: "") }

    /// The title of a part of the column, as in "interval low (ms)".
    func fullTitle(of part: String) -> String {
      let words = [title.plainText, part].filter { !$0.isEmpty }.joined(separator: " ")
      guard let unit, !unit.isEmpty else { return words }
      return words.isEmpty ? unit : "\(words) (\(unit))"
    }
  }

  /// What stands in one column of one row.
  public enum Cell: Sendable, Equatable {
    /// Text.
    case text([Inline])
    /// A number as it is shown, and the value to sort by: nil where it is not one value.
    case number([Inline], sortValue: Double?)
    /// An interval as it is shown with its mark, and what is behind it.
    case interval([Inline], Interval)
    /// Nothing, and why.
    case missing(reason: String)

    /// A cell of plain text.
    public static func text(_ text: String) -> Cell { .text([.text(text)]) }

    /// A number as plain text.
    public static func number(_ text: String, sortValue: Double? = nil) -> Cell {
      .number([.text(text)], sortValue: sortValue)
    }

    /// What is shown of a number or an interval.
    var number: [Inline]? {
      switch self {
      case .number(let inlines, _), .interval(let inlines, _): inlines
      case .text, .missing: nil
      }
    }

    var isNumber: Bool { number != nil }
  }

  /// A row.
  public struct Row: Sendable, Equatable {
    /// The cells, in the order of the columns.
    public var cells: [Cell]
    /// Whether the row is to stand out.
    public var isEmphasized: Bool

    /// Makes a row.
    public init(_ cells: [Cell], isEmphasized: Bool = false) {
      self.cells = cells
      self.isEmphasized = isEmphasized
    }
  }

  /// What the table shows.
  public let caption: [Inline]
  /// The columns; as many as the longest row has cells.
  public let columns: [Column]
  /// The first rows; all as long as `columns`.
  public let rows: [Row]
  /// How many rows there are.
  public let count: Int
  private let row: @Sendable (Int) -> Row

  /// How many rows are not among the first.
  var hidden: Int { count - rows.count }

  /// All rows, each made anew behind the first.
  public var every: some Sequence<Row> {
    (0..<count).lazy.map { [rows, row] in $0 < rows.count ? rows[$0] : row($0) }
  }

  /// Makes a table with a row for each item, which has as many cells as there are columns.
  public init<Item: Sendable>(
    columns: [Column], of items: [Item], caption: [Inline] = [],
    row: @escaping @Sendable (Item) -> Row
  ) {
    let first = Table(
      columns: columns, rows: items.prefix(Self.mostShown).map(row), caption: caption)
    self.caption = caption
    self.columns = first.columns
    rows = first.rows
    count = items.count
    self.row = { row(items[$0]) }
  }

  /// Makes a table.
  ///
  /// Short rows are filled with missing cells that say so; cells beyond the last column get a column
  /// without a title: nothing is dropped.
  public init(columns: [Column], rows: [Row], caption: [Inline] = []) {
    let width = max(columns.count, rows.map(\.cells.count).max() ?? 0)
    self.columns = columns + Array(repeating: Column([]), count: width - columns.count)
    let filled = rows.map { row in
      let gap = width - row.cells.count
      let filler = Cell.missing(reason: "the row ends before this column")
      return Row(
        row.cells + Array(repeating: filler, count: gap), isEmphasized: row.isEmphasized)
    }
    self.rows = Array(filled.prefix(Self.mostShown))
    count = filled.count
    row = { filled[$0] }
    self.caption = caption
  }

  /// The same rows under another caption.
  func captioned(_ caption: [Inline]) -> Table {
    Table(columns: columns, of: Array(0..<count), caption: caption) { [rows, row] in
      $0 < rows.count ? rows[$0] : row($0)
    }
  }

  /// The same rows with these columns alone.
  public func keeping(_ kept: [Int]) -> Table {
    Table(columns: kept.map { columns[$0] }, of: Array(0..<count), caption: caption) {
      [rows, row] in
      let whole = $0 < rows.count ? rows[$0] : row($0)
      return Row(kept.map { whole.cells[$0] }, isEmphasized: whole.isEmphasized)
    }
  }

  /// The alignment of a column with `.automatic` decided by its cells.
  func alignment(ofColumn index: Int) -> Alignment {
    let declared = columns[index].alignment
    guard declared == .automatic else { return declared }
    var hasNumber = false
    var hasPoint = false
    var isSingle = true
    for row in rows {
      guard let inlines = row.cells[index].number else {
        if case .text(let inlines) = row.cells[index], !inlines.plainText.isEmpty {
          return .leading
        }
        continue
      }
      hasNumber = true
      let fraction = NumberShape.split(inlines.plainText).fraction
      hasPoint = hasPoint || fraction.hasPrefix(".")
      // An interval has several points: none of them can be the one to align at.
      let rest = fraction.dropFirst().drop(while: \.isNumber)
      isSingle = isSingle && !rest.contains(where: \.isNumber)
    }
    guard hasNumber else { return .leading }
    return hasPoint && isSingle ? .decimal : .trailing
  }
}

extension Table: Equatable {
  /// Whether both are shown alike and have the same rows.
  public static func == (a: Table, b: Table) -> Bool {
    a.caption == b.caption && a.columns == b.columns && a.rows == b.rows && a.count == b.count
      && (a.hidden == 0 || a.every.elementsEqual(b.every))
  }
}
