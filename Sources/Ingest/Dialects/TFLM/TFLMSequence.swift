import Quantiles
import Support

/// Times of whole inferences, one for a block at most.
struct TFLMTimes: Sendable {
  private var counts = TickCounts()
  private(set) var order = SuccessiveDifferences()
  /// The block that would follow the last one.
  private var following: UInt64 = 0

  /// All of them, in the unit of the samples.
  var samples: Samples { counts.multiset }

  /// Adds the time of a block: so many printed units, of `divisor` in one of the samples' unit.
  mutating func add(_ value: UInt64, per divisor: Double, block number: UInt64) {
    counts.add(value, per: divisor)
    if number != following { order.break() }
    order.add(value)
    following = number + 1
  }

  /// The same windows without any time.
  var emptied: TFLMTimes {
    var empty = TFLMTimes()
    empty.counts = counts.emptied
    return empty
  }

  /// Appends the times of as many blocks from `number` on, which were numbered from 0.
  mutating func append(_ next: TFLMTimes, from number: UInt64) {
    guard next.order.count > 0 else { return }
    counts.append(next.counts)
    if number != following { order.break() }
    order.append(next.order)
    following = number + next.order.count
  }
}

/// Samples of the blocks that share one sequence of operators.
struct TFLMTally: Sendable {
  /// Places kept for diagnostics; more blocks are only counted.
  static let placeLimit = 32

  var blocks = 0
  var lines = 0
  var latency = TFLMTimes()
  /// Sums of the operators, for logs without a time for the whole.
  var sums = TFLMTimes()
  var operators: [TickCounts]
  /// Why an operator has fewer samples than there are blocks: the first of its ticks that say nothing.
  var refused: [TFLMCount?]
  var places: [TextPlace] = []
  /// Largest factor by which the operators' sum exceeds the whole.
  var factor = 0.0

  init(operators count: Int) {
    operators = [TickCounts](repeating: TickCounts(), count: count)
    refused = [TFLMCount?](repeating: nil, count: count)
  }

  /// Enters a block of `lines` lines, reported at `place` should it not count.
  mutating func enter(lines: Int, at place: TextPlace) {
    blocks += 1
    self.lines += lines
    if places.count < Self.placeLimit { places.append(place) }
  }

  /// Enters blocks of `lines` lines each from `line` on, of which so many are read.
  mutating func enter(blocks count: Int, of lines: Int, reading read: Int, from line: Int) {
    for i in 0..<max(min(count, Self.placeLimit - places.count), 0) {
      places.append(TextPlace(line: line + i * lines, column: 1))
    }
    blocks += count
    self.lines += count * read
  }

  /// Appends the times of as many blocks from `number` on, which were numbered from 0.
  mutating func append(_ next: TFLMTally, from number: UInt64) {
    latency.append(next.latency, from: number)
    sums.append(next.sums, from: number)
    for i in operators.indices { operators[i].append(next.operators[i]) }
  }

  /// The same windows without any time.
  var emptied: TFLMTally {
    var empty = TFLMTally(operators: operators.count)
    (empty.latency, empty.sums) = (latency.emptied, sums.emptied)
    empty.operators = operators.map(\.emptied)
    return empty
  }

  /// Enters the operators that can be trusted, and their sum when all of them can and `isWhole`, of block
  /// `number`.
  mutating func enter(
    _ block: TFLMBlock, _ check: TFLMBlockCheck, isWhole: Bool, number: UInt64
  ) {
    let divisor = block.unit.perSecond ?? 1
    for (i, event) in check.operators.enumerated() where check.isTrusted(i) {
      if let ticks = event.ticks {
        operators[i].add(ticks, per: divisor)
      } else if refused[i] == nil {
        refused[i] = event.count
      }
    }
    if isWhole, let sum = check.wholeTicks { sums.add(sum, per: divisor, block: number) }
  }
}

/// One sequence of operators that blocks of a run have shown.
///
/// A block with a missing, doubled or misspelt operator has a sequence of its own; the sequence of
/// most blocks is the run's.
struct TFLMSequence: Sendable {
  let kinds: [Int]
  /// They are sums over a kind each, no single operators.
  let isOfKinds: Bool
  /// Lines of the operators of the first block.
  let lines: [Int]
  let misprints: Int
  /// Blocks whose operators fit the time of the whole, or have nothing to be compared with.
  var agreeing: TFLMTally
  /// Blocks whose operators do not fit.
  var contradicting: TFLMTally
  var confirmed = 0
  /// Where something else stood inside the only block so far, so that an operator may be missing.
  private(set) var doubt: TextPlace?
  /// Where the only block so far was cut off, so that operators are missing.
  private(set) var cut: TextPlace?
  /// Nothing stands behind the operators of the only block so far.
  private(set) var isOpenEnded = false
  /// The log itself says where an inference begins.
  var isMarked = false

  init(_ events: [TFLMEvent], isOfKinds: Bool, names: [String]) {
    self.isOfKinds = isOfKinds
    kinds = events.map(\.tag)
    lines = events.map(\.place.line)
    misprints = Set(kinds).count { TFLMKinds.misprint(names[$0]) != nil }
    agreeing = TFLMTally(operators: events.count)
    contradicting = TFLMTally(operators: events.count)
  }

  /// Takes the doubt about a block, or where it was cut off; a second block with the same operators
  /// lifts both.
  mutating func weigh(doubt: TextPlace?, cut: TextPlace?, isOpenEnded: Bool) {
    self.doubt = blocks == 0 ? doubt : nil
    self.cut = blocks == 0 ? cut : nil
    self.isOpenEnded = blocks == 0 && isOpenEnded
  }

  /// Changes one of the two tallies in place.
  mutating func update(contradicting: Bool, _ body: (inout TFLMTally) -> Void) {
    if contradicting { body(&self.contradicting) } else { body(&agreeing) }
  }

  /// "1 operator", "4 sums over a kind".
  var countWords: String {
    let noun = isOfKinds ? "sum" : "operator"
    return "\(counted(kinds.count, noun))\(isOfKinds ? " over a kind" : "")"
  }

  var blocks: Int { agreeing.blocks + contradicting.blocks }

  /// True when this one is the more credible: more blocks, then not cut off, then nothing strange
  /// inside, then confirmed by other readings, then fewer tags unlike any known kind, then more operators (lines get lost more often than made).
  func outweighs(_ other: TFLMSequence) -> Bool {
    if blocks != other.blocks { return blocks > other.blocks }
    if (cut == nil) != (other.cut == nil) { return cut == nil }
    if (doubt == nil) != (other.doubt == nil) { return doubt == nil }
    if (confirmed > 0) != (other.confirmed > 0) { return confirmed > 0 }
    if misprints != other.misprints { return misprints < other.misprints }
    return kinds.count > other.kinds.count
  }

  /// True when `kinds` are the first or the last of this sequence, not all of it.
  func isCut(_ kinds: [Int]) -> Bool {
    kinds.count < self.kinds.count
      && (self.kinds.starts(with: kinds) || self.kinds.suffix(kinds.count).elementsEqual(kinds))
  }

  /// How many positions lie between the common beginning and the common end.
  func difference(_ other: [Int]) -> Int {
    let shorter = min(kinds.count, other.count)
    var head = 0
    while head < shorter, kinds[head] == other[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, kinds[kinds.count - 1 - tail] == other[other.count - 1 - tail] {
      tail += 1
    }
    return max(kinds.count, other.count) - head - tail
  }

  /// First position at which `other` differs.
  func firstDifference(_ other: [Int]) -> Int {
    zip(kinds, other).enumerated().first { $1.0 != $1.1 }?.offset ?? min(kinds.count, other.count)
  }

  /// The shortest period, of two operators or more, in which kinds and ticks (within a tenth)
  /// repeat from the first operator to the last; nil when there is none.
  var period: Int? {
    let ticks = agreeing.operators.map { $0.multiset.median ?? 0 }
    let count = kinds.count
    guard count >= 4 else { return nil }
    return (2...count / 2).first { period in
      count % period == 0
        && (period..<count).allSatisfy { i in
          let first = ticks[i - period]
          return kinds[i] == kinds[i - period] && abs(ticks[i] - first) <= 0.1 * first + 2
        }
    }
  }
}
