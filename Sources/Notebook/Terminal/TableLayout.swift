/// Decides which columns of a table are shown on a terminal, and how wide.
///
/// Columns that may go are left out first, then text is wrapped; numbers stay in one piece. When not
/// even that fits, the rows are stacked: one line for each cell.
struct TableLayout {
  /// What a column asks for.
  struct Demand {
    /// Wide enough for every cell on one line.
    var natural: Int
    /// The narrowest width that cuts no number and no word a reader would miss.
    var least: Int
    var priority: Int

    /// What counts when deciding whether a column has to go: long text can be wrapped.
    var comfortable: Int { min(natural, max(least, TableLayout.comfortableText)) }
  }

  /// Text columns are wrapped to this before a column is left out.
  static let comfortableText = 28
  /// Spaces between two columns.
  static let gap = 2

  private(set) var columns: [Int]
  private(set) var widths: [Int] = []
  private(set) var dropped: [Int] = []
  private(set) var isStacked = false
  /// The width at which no column is left out.
  let fullWidth: Int

  init(_ demands: [Demand], width: Int) {
    columns = Array(demands.indices)
    fullWidth = Self.total(demands.map(\.comfortable))
    while Self.total(columns.map { demands[$0].comfortable }) > width {
      let candidates = columns.filter { demands[$0].priority > 0 }
      let highest = candidates.map { demands[$0].priority }.max()
      guard let last = candidates.last(where: { demands[$0].priority == highest }) else { break }
      columns.removeAll { $0 == last }
      dropped.append(last)
    }
    dropped.sort()
    let shown = columns.map { demands[$0] }
    guard Self.total(shown.map(\.least)) <= width else {
      isStacked = true
      columns = Array(demands.indices)
      dropped = []
      return
    }
    widths = Self.fill(shown, width: width)
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// Gives every column its least width, then shares the rest among those that ask for more.
  private static func fill(_ demands: [Demand], width: Int) -> [Int] {
    var widths = demands.map(\.least)
    var spare = width - total(widths)
    while spare > 0 {
      let hungry = widths.indices.filter { widths[$0] < demands[$0].natural }
      guard !hungry.isEmpty else { break }
      let share = max(1, spare / hungry.count)
      for index in hungry where spare > 0 {
        let added = min(share, demands[index].natural - widths[index], spare)
        widths[index] += added
        spare -= added
      }
    }
    return widths
  }
}
