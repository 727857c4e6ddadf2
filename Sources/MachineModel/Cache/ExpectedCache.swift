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
/// It begins full of lines that are never read, as a cache is that has run something else; which way an
/// empty one fills first does not matter. The choice of the way is taken as independent and uniform, as
/// "random eviction" says (RP2350 data sheet, 4.4); a seeded simulation of the same cache agrees within
/// its own spread (tests).
///
/// An error in the probability of one hit passes to one later hit, halved: a repeated sequence of reads
/// forgets where it began, at least by half each time, and by 2^(k-1) where k lines share a set.
public struct ExpectedCache: ~Copyable, LineCache {
  /// A set of the cache.
  private struct CacheSet {
    /// Reads so far, repeated reads of one line counted once.
    var clock: UInt32
    /// The line read last; the number of lines, one past the last, before the first.
    var current: UInt32
  }

  private struct Line {
    /// The clock of its set when it was read last and first; 0 for never.
    var lastRead: UInt32 = 0
    var firstRead: UInt32 = 0
    /// Probability that it outlived the read after its last.
    var outlives: Float = 0
  }

  /// Clocks start here, so that a line never read is as old as one that has certainly gone.
  private static let start: UInt32 = 128

  private let setMask: Int
  private let lineCount: Int
  /// `setMask + 1` sets.
  private let states: UnsafeMutablePointer<CacheSet>
  /// `lineCount + 1` lines; the last stands for "none" before the first read of a set.
  private let lines: UnsafeMutablePointer<Line>

  /// A cache that holds none of the lines 0 ..< `lines`; nil unless it has two ways and replaces at random,
  /// and for more than 2^24 lines.
  public init?(_ geometry: CacheGeometry, lines lineCount: Int) {
    guard geometry.ways == 2, geometry.replacement == .random, (0...1 << 24).contains(lineCount)
    else { return nil }
    self.lineCount = lineCount
    setMask = geometry.sets - 1
    states = .allocate(capacity: geometry.sets)
    states.initialize(
      repeating: CacheSet(clock: Self.start, current: UInt32(lineCount)), count: geometry.sets)
    lines = .allocate(capacity: lineCount + 1)
    lines.initialize(repeating: Line(), count: lineCount + 1)
  }

  deinit {
    states.deallocate()
    lines.deallocate()
  }

  /// The probability of a miss. A line outside the range that was announced always misses.
  @inline(__always)
  public mutating func read(line: Int) -> Double {
    guard line >= 0, line < lineCount else { return 1 }
    // UNSAFE: no bounds are checked below. 0 <= line < lineCount by the guard; line & setMask lies in
    // 0 ... setMask, as setMask >= 0; `current` is lineCount or a line that passed the guard.
    let set = states + (line & setMask)
    let previous = Int(set.pointee.current)
    if previous == line { return 0 }
    let state = lines + line
    let now = set.pointee.clock &+ 1
    // Halved once per read of the set since the one after its own: 2^(2 - others), others >= 2, as the
    // exponent of a Float. Past 100 nothing is left that a Float could tell.
    let others = now &- state.pointee.lastRead
    let hit =
      state.pointee.outlives * Float(bitPattern: (129 &- min(others, 127)) << 23)
    lines[previous].outlives = 0.5 + 0.5 * hit
    if state.pointee.lastRead == 0 { state.pointee.firstRead = now }
    state.pointee.lastRead = now
    set.pointee = CacheSet(clock: now, current: UInt32(truncatingIfNeeded: line))
    return Double(1 - hit)
  }

  /// Number of sets.
  public var sets: Int { setMask + 1 }
  /// Nothing is drawn.
  public var drawsLots: Bool { false }

  /// For each line, its probability at its first read if the sequence were read again: it was halved
  /// since its last read, and would be until its first.
  public func linesKeptAtMost(_ range: Range<Int>) -> Double {
    var sum = 0.0
    for line in range.clamped(to: 0..<lineCount) where lines[line].lastRead > 0 {
      let before = lines[line].firstRead - Self.start
      let after = states[line & setMask].clock - lines[line].lastRead
      let others = Int(min(before, 500) + min(after, 500))
      sum += Double(sign: .plus, exponent: min(2 - others, 0), significand: 1)
    }
    return sum
  }
}
