extension Table {
  /// The interval behind a cell: its ends and what it says, for CSV, and how a table marks that.
  public struct Interval: Sendable, Equatable {
    /// The ends, in the unit of the column.
    public var low, high: Double
    /// What it says, in a word.
    public var kind: String
    /// The confidence level; nil where the kind has none.
    public var level: Double?
    /// Stands behind the interval in the cell.
    public var mark: String
    /// What the mark means; stands once below the table.
    public var meaning: String

    /// Makes an interval.
    public init(
      low: Double, high: Double, kind: String, level: Double?, mark: String, meaning: String
    ) {
      self.low = low
      self.high = high
      self.kind = kind
      self.level = level
      self.mark = mark
      self.meaning = meaning
    }
  }
}

extension Table.Cell {
  /// An interval as plain text, with its mark.
  public static func interval(_ text: String, _ interval: Table.Interval) -> Table.Cell {
    .interval([.text(text + interval.mark)], interval)
  }
}

extension Table.Column {
  /// A column of intervals.
  public static func interval(
    _ title: [Inline] = ["interval"], unit: String? = nil, priority: Int = 0
  ) -> Table.Column {
    var column = Table.Column(title, unit: unit, priority: priority)
    column.holdsIntervals = true
    return column
  }
}
