/// The exact expectation of a two-way cache with random replacement, for one sequence of reads.
///
/// No random number is drawn. After line x was read, its set holds x and one other line. When y is read
/// next, it is that other line with probability q(y), and then x becomes the other line. Else y evicts
/// x or the other line, each with probability 1/2. So every line's probability of being "the other"
/// halves with each read of its set that is not its own, and the line read just before starts at
/// 1/2 + q/2, q being the probability that the read after it hit. Sets do not touch each other. In the
/// steady state of a loop over k lines of one set this gives a share of misses of
/// (2^(k-1) - 2) / (2^(k-1) - 1).
///
/// The choice of the way is taken as independent and uniform, as "random eviction" says (RP2350 data
/// sheet, 4.4); a seeded simulation of the same cache agrees within its own spread (tests).
public struct ExpectedCache: LineCache, Sendable {
  private let mask: Int
  private var sets: [CacheSet]
  private var lines: [Line]

  private struct CacheSet {
    /// Reads so far; repeated reads of one line count once.
    var clock: Int32 = 0
    /// The line read last; -1 before the first.
    var current: Int32 = -1
  }

  private struct Line {
    /// At which count of its set it was read; 0 for never.
    var lastRead: Int32 = 0
    /// Probability that the read after it hit.
    var nextHit: Float = 0
  }

  /// An empty cache, for lines 0 ..< `lines`; nil unless it has two ways and replaces at random.
  public init?(_ geometry: CacheGeometry, lines: Int) {
    guard geometry.ways == 2, geometry.replacement == .random, (0...1 << 26).contains(lines) else {
      return nil
    }
    mask = geometry.sets - 1
    sets = Array(repeating: CacheSet(), count: geometry.sets)
    self.lines = Array(repeating: Line(), count: lines)
  }

  /// The probability of a miss. A line outside the range that was announced always misses.
  public mutating func read(line: Int) -> Double {
    guard lines.indices.contains(line) else { return 1 }
    let index = line & mask
    let set = sets[index]
    if Int(set.current) == line { return 0 }
    let now = set.clock &+ 1
    let state = lines[line]
    var hit: Float = 0
    if state.lastRead > 0 {
      // Halved once per read of the set since the one that followed; past 30 nothing is left.
      let others = now &- state.lastRead
      if others <= 30 { hit = (0.5 + 0.5 * state.nextHit) * Self.halvings[Int(others)] }
    }
    if set.current >= 0 { lines[Int(set.current)].nextHit = hit }
    sets[index] = CacheSet(clock: now, current: Int32(truncatingIfNeeded: line))
    lines[line].lastRead = now
    return Double(1 - hit)
  }

  /// 2^(2 - n): `others` counts from 2, the read right after the line's own having been the first.
  private static let halvings: [Float] = (0...30).map { n in
    n < 2 ? 1 : 1 / Float(1 << (n - 2))
  }
}
