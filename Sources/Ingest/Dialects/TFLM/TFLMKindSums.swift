import Support

/// The sums per tag that were printed before.
struct TFLMEarlierSums: Sendable {
  /// Rows of the last table.
  var rows: [Int: UInt64] = [:]
  /// A table has shown whether it holds the one before; nil until then.
  var isGrowing: Bool?
}

/// What a table of sums per tag says where nothing lists the events: the operators by kind.
///
/// The total is of this inference alone. The sums are not in older copies of MicroProfiler, which
/// clear the tags but not their ticks: there each table holds the one before as well, and what it
/// has more is this inference, if that adds up to the total. The first table of a log may hold inferences
/// that nobody saw; but where one damaged digit explains it as well, neither sums nor total are believed.
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
  private(set) var contradiction: Diagnostic?
  /// The sums are more than the total.
  private(set) var exceedsTotal = false

  /// The table of `block`; `earlier` are the sums of the table before it.
  init(_ block: TFLMBlock, earlier: TFLMEarlierSums) {
    operators = block.sums
    guard let total = block.total else { return }
    whole = total.count.ticks
    guard let sum = operators.sum else {
      // A row overflowed. Of 32 bits the rows still add up.
      let low = operators.reduce(UInt32?(0)) { low, row in
        low.flatMap { low in row.count.low.map { low &+ $0 } }
      }
      isConfirmed = low != nil && low == total.count.low
      return
    }
    if total.count.isSum(sum) {
      (isConfirmed, whole) = (true, sum)
    } else if let own = Self.difference(operators, earlier.rows), let sum = own.sum,
      total.count.isSum(sum)
    {
      note(own)
      (operators, isConfirmed, whole) = (own, true, sum)
    } else if let ticks = total.count.ticks, sum > ticks,
      earlier.isGrowing ?? (earlier.rows.isEmpty && !mayBeDamaged(sum, total: ticks))
    {
      exceedsTotal = true
      stale = Stale(tag: operators[0].tag, printed: Self.printed(operators[0]), own: nil)
      isUnusable = true
    } else {
      exceedsTotal = total.count.ticks.map { sum > $0 } ?? false
      contradiction = .contradiction(
        total.place,
        "the total is \(total.count.words), but the sums add up to \(sum)"
          + (exceedsTotal ? ": one of them is damaged, or the sums hold earlier inferences" : ""))
    }
  }

  /// One digit of a row or of the total explains that they differ, or the total has lost its end.
  private func mayBeDamaged(_ sum: UInt64, total: UInt64) -> Bool {
    func isNear(_ a: UInt64, _ b: UInt64) -> Bool {
      Nearest.distance(Array(String(a)), Array(String(b))) <= 1
    }
    return String(sum).hasPrefix(String(total)) || isNear(sum, total)
      || operators.contains { row in
        row.ticks.map { $0 >= sum - total && isNear($0, $0 - (sum - total)) } ?? false
      }
  }

  /// True where the total is the beginning of what the sums add up to, as in a log that ends within it.
  static func hasCutTotal(_ block: TFLMBlock, earlier: TFLMEarlierSums) -> Bool {
    guard block.isOfKinds, let total = block.total?.count.ticks else { return false }
    let candidates = [block.sums.sum, difference(block.sums, earlier.rows)?.sum]
    guard !candidates.contains(total) else { return false }
    return candidates.contains { $0.map { String($0).hasPrefix(String(total)) } ?? false }
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
