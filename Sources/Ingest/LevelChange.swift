/// Tells two results in one stream apart while they are read: another build, another input.
///
/// A result more than twofold away from the one before it waits. If the next is near it, there are
/// two of them in a row and they are another series. If it stands alone under a heading of its own,
/// up to the next heading or the end, it is one, too. Otherwise it was an outlier and belongs to
/// what was before. The series before must have two in a row or its own heading as well, so a slow
/// first inference stays with those behind it. At most one result waits, whatever the length.
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
  private var unheaded = 0

  /// Takes the next result; nil for one that cannot be compared. `isHeaded` says that a heading stands
  /// between it and the one before.
  mutating func take(_ item: Item, _ amount: Double?, isHeaded: Bool) -> [Step] {
    guard let amount, amount > 0 else { return [.add(item)] }
    guard let level else {
      begin(amount, isHeaded: isHeaded)
      return [.add(item)]
    }
    guard let held = waiting else {
      guard isNear(amount, level) else {
        waiting = Waiting(item: item, amount: amount, isHeaded: isHeaded)
        return []
      }
      stay(amount)
      return [.add(item)]
    }
    waiting = nil
    if isNear(amount, held.amount) {
      let steps = close(held, isSeries: true)
      stay(amount)
      return steps + [.add(item)]
    }
    return close(held, isSeries: isHeaded && held.isHeaded) + take(item, amount, isHeaded: isHeaded)
  }

  /// The end of the log or of what may belong together.
  mutating func finish() -> [Step] {
    guard let held = waiting else { return [] }
    waiting = nil
    return close(held, isSeries: held.isHeaded)
  }

  /// Decides about the result that waits.
  private mutating func close(_ held: Waiting, isSeries: Bool) -> [Step] {
    guard isSeries else {
      if row < 2 { row = 0 }
      if !held.isHeaded { isHeaded = false }
      return [.add(held.item)]
    }
    let isApart = (row >= 2 || isHeaded && held.isHeaded) && mayBegin(held)
    let times = held.amount / (level ?? held.amount)
    begin(held.amount, isHeaded: held.isHeaded)
    return isApart ? [.separate(times: times), .add(held.item)] : [.add(held.item)]
  }

  private mutating func mayBegin(_ held: Waiting) -> Bool {
    if !held.isHeaded { unheaded += 1 }
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

  private func isNear(_ a: Double, _ b: Double) -> Bool {
    max(a, b) <= Self.factor * min(a, b)
  }
}
