/// Tells two results in one stream apart while they are read: another build, another input.
///
/// A result more than twofold away from the one before it waits. If the next is near it, there are
/// two of them in a row and they are another series. If it stands alone under a heading of its own,
/// up to the next heading or the end, or if what follows is not at the level before either, it is one,
/// too. Otherwise it was an outlier and belongs to what was before. The series before must have two in
/// a row or its own heading as well, so a slow first inference stays with those behind it. A slow first
/// one below a heading may be near the level before: it waits, too, and goes with a series that follows.
/// At most two results wait, whatever the length.
struct LevelChange<Item: Sendable>: Sendable {
  /// Results within this factor of each other belong together.
  static var factor: Double { 2 }
  /// Series begun without a heading; in a log that goes to and fro between two levels all further ones
  /// stay together.
  static var unheadedLimit: Int { 16 }

  /// What is to be done with the results, in this order.
  enum Step {
    /// It belongs to the present series.
    case add(Item)
    /// What follows is a series of its own: so many times the time of what was before.
    case separate(times: Double)
  }

  private struct Waiting: Sendable {
    var item: Item
    var amount: Double
    var isHeaded: Bool
  }

  /// The last result at the present level.
  private var level: Double?
  /// Results in a row at that level; two are as good as more.
  private var row = 0
  /// The present level began behind a heading, and no other result stood below that.
  private var isHeaded = false
  private var waiting: Waiting?
  /// The last result before that which waits; it is near the level, but the first below a heading.
  private var lead: (item: Item, amount: Double)?
  private var unheaded = 0

  /// Takes the next result; nil for one that cannot be compared. `isHeaded` says that a heading stands
  /// between it and the one before.
  mutating func take(_ item: Item, _ amount: Double?, isHeaded: Bool) -> [Step] {
    guard let amount, amount > 0 else { return releaseLead() + [.add(item)] }
    guard let level else {
      begin(amount, isHeaded: isHeaded)
      return [.add(item)]
    }
    guard let held = waiting else {
      guard isNear(amount, level) else {
        waiting = Waiting(item: item, amount: amount, isHeaded: isHeaded)
        return isHeaded ? releaseLead() : []
      }
      let steps = releaseLead()
      if isHeaded {
        lead = (item, amount)
        return steps
      }
      stay(amount)
      return steps + [.add(item)]
    }
    waiting = nil
    if isNear(amount, held.amount) {
      let steps = close(held, isSeries: true)
      stay(amount)
      return steps + [.add(item)]
    }
    let isElsewhere = !isNear(amount, level)
    return close(held, isSeries: held.isHeaded && (isHeaded || isElsewhere))
      + take(item, amount, isHeaded: isHeaded)
  }

  /// The end of the log or of what may belong together.
  mutating func finish() -> [Step] {
    guard let held = waiting else { return releaseLead() }
    waiting = nil
    return close(held, isSeries: held.isHeaded)
  }

  /// Decides about the result that waits.
  private mutating func close(_ held: Waiting, isSeries: Bool) -> [Step] {
    // Where what was before is no series without it, the lead belongs there.
    let before = isSeries && (row >= 2 || isHeaded) ? [] : releaseLead()
    guard isSeries else {
      if row < 2 { row = 0 }
      if !held.isHeaded { isHeaded = false }
      return before + [.add(held.item)]
    }
    let first = lead
    lead = nil
    let isBelowHeading = held.isHeaded || first != nil
    let isApart = (row >= 2 || isHeaded && isBelowHeading) && mayBegin(isHeaded: isBelowHeading)
    let times = held.amount / (level ?? held.amount)
    begin(held.amount, isHeaded: isBelowHeading)
    return before + (isApart ? [.separate(times: times)] : [])
      + (first.map { [.add($0.item)] } ?? []) + [.add(held.item)]
  }

  /// The lead belongs to the present level.
  private mutating func releaseLead() -> [Step] {
    guard let first = lead else { return [] }
    lead = nil
    stay(first.amount)
    return [.add(first.item)]
  }

  private mutating func mayBegin(isHeaded: Bool) -> Bool {
    if !isHeaded { unheaded += 1 }
    return unheaded <= Self.unheadedLimit
  }

  private mutating func begin(_ amount: Double, isHeaded: Bool) {
    level = amount
    row = 1
    self.isHeaded = isHeaded
  }

  private mutating func stay(_ amount: Double) {
    level = amount
    row = min(row + 1, 2)
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool { Self.isNear(a, b) }

  /// Whether two results may be of one series.
  static func isNear(_ a: Double, _ b: Double) -> Bool { max(a, b) <= factor * min(a, b) }

  /// The present level, where nothing waits; nil before the first result and where something does.
  var settledLevel: Double? { waiting == nil && lead == nil ? level : nil }

  /// So many results without a heading came, each near the one before; the last took `amount`.
  mutating func stay(at amount: Double, _ count: Int) {
    level = amount
    row = min(row + min(count, 2), 2)
  }
}
