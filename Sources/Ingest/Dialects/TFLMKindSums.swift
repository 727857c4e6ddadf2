/// What a table of sums per tag says where nothing lists the events: the operators by kind.
///
/// The total is of this inference alone. The sums are not in older copies of MicroProfiler, which
/// clear the tags but not their ticks: there each table holds the one before as well, and what it
/// has more is this inference, if that adds up to the total.
struct TFLMKindSums: Sendable {
  /// A row that does not stand for this inference alone.
  struct Stale: Sendable {
    var tag: Int
    var printed: TFLMPrinted
    /// What this inference took of it; nil where nothing tells.
    var own: UInt64?
  }

  /// One for each kind, with what this inference took.
  private(set) var operators: [TFLMEvent]
  /// Ticks of the whole inference; nil where neither total nor sums give it.
  private(set) var whole: UInt64?
  /// Sums and total agree.
  private(set) var isConfirmed = false
  /// The rows hold earlier inferences, and nothing tells how much.
  private(set) var isUnusable = false
  private(set) var stale: Stale?
  /// The sums exceed the total or it exceeds them, so that a row or a digit is lost.
  private(set) var contradiction: TFLMFault?

  /// The table of `block`; `earlier` are the sums of the table before it.
  init(_ block: TFLMBlock, earlier: [Int: UInt64]) {
    operators = block.sums
    guard let total = block.total else { return }
    whole = total.count.ticks
    guard let sum = Self.sum(operators) else {
      // A row overflowed. Of 32 bits the rows still add up.
      let low = operators.reduce(UInt32?(0)) { low, row in
        low.flatMap { low in row.count.low.map { low &+ $0 } }
      }
      isConfirmed = low != nil && low == total.count.low
      return
    }
    if total.count.isSum(sum) {
      (isConfirmed, whole) = (true, sum)
    } else if let own = Self.difference(operators, earlier), let sum = Self.sum(own),
      total.count.isSum(sum)
    {
      note(own)
      (operators, isConfirmed, whole) = (own, true, sum)
    } else if let ticks = total.count.ticks, sum > ticks {
      stale = Stale(tag: operators[0].tag, printed: Self.printed(operators[0]), own: nil)
      isUnusable = true
    } else {
      contradiction = .contradiction(
        total.place, "the total is \(total.count.words), but the sums add up to \(sum)")
    }
  }

  private static func sum(_ rows: [TFLMEvent]) -> UInt64? {
    var sum: UInt64 = 0
    for row in rows {
      guard let ticks = row.ticks else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(ticks)
      if overflow { return nil }
      sum = next
    }
    return sum
  }

  /// What `rows` have more than `earlier`; nil where one has less.
  private static func difference(
    _ rows: [TFLMEvent], _ earlier: [Int: UInt64]
  ) -> [TFLMEvent]? {
    guard !earlier.isEmpty else { return nil }
    var result = rows
    for i in rows.indices {
      let before = earlier[rows[i].tag] ?? 0
      guard let ticks = rows[i].ticks, ticks >= before else { return nil }
      result[i].count = .finished(ticks - before)
    }
    return result
  }

  private static func printed(_ row: TFLMEvent) -> TFLMPrinted {
    TFLMPrinted(count: row.count, place: row.place)
  }

  private mutating func note(_ own: [TFLMEvent]) {
    for (row, one) in zip(operators, own) where row.count != one.count {
      stale = Stale(tag: row.tag, printed: Self.printed(row), own: one.ticks)
      return
    }
  }
}
