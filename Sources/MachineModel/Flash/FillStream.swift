/// Reads through a cache, counted as fills and as transfers.
///
/// A fill goes on with a transfer if the line before it is the one that was fetched last. Which line
/// that was is uncertain, as every miss is: the three likeliest are kept with their probabilities, which
/// shrink with each later line by the probability that it hits. Misses of different sets are
/// taken as independent, which they are: replacement draws per set. Two lines of one set among the
/// candidates are not; that needs a distance of 8 KiB between lines read in turn.
struct FillStream<Cache: LineCache & ~Copyable>: ~Copyable {
  private(set) var cache: Cache
  /// Bytes of one line, a power of two.
  let lineBytes: Int
  private let lineShift: Int
  private let cooldown: Double
  private let pageMask: Int
  /// CPU cycles of work so far; waiting for flash is not counted.
  private var time = 0.0
  /// What was fetched so far.
  private(set) var traffic = LineTraffic()

  /// Lines that may be the last one fetched.
  private var newest = Candidate()
  private var second = Candidate()
  private var third = Candidate()
  /// All others together, with the time of the likeliest.
  private var rest = Candidate()

  /// Walks every pass of `times`, to check its short cut.
  var walksAllPasses = false

  private struct Candidate {
    var line = -2
    /// How likely it is the last one fetched.
    var probability = 0.0
    var time = 0.0
  }

  /// `lineBytes` is rounded down to a power of two.
  init(_ cache: consuming Cache, lineBytes: Int, interface: FlashInterface) {
    self.cache = cache
    lineShift = Int.bitWidth - 1 - max(lineBytes, 1).leadingZeroBitCount
    self.lineBytes = 1 << lineShift
    cooldown = interface.cooldownCycles ?? .infinity
    pageMask = interface.pageMask(lineBytes: 1 << lineShift)
  }

  /// Work between reads, CPU cycles.
  mutating func work(_ cycles: Double) { time += cycles }

  /// Ends the transfer: whatever is read next begins a new one.
  mutating func endTransfer() {
    (newest, second, third, rest) = (Candidate(), Candidate(), Candidate(), Candidate())
  }

  /// Reads every line of `bytes` from `address` on, with so much work after each byte.
  mutating func read(address: Int, bytes: Int, cyclesPerByte cycles: Double = 0) {
    guard bytes > 0 else { return }
    let first = address >> lineShift
    let last = (address + bytes - 1) >> lineShift
    // What the lines before the last do not hold, it does.
    var left = cycles * Double(bytes)
    let whole = cycles * Double(lineBytes)
    if first < last {
      read(line: first)
      let head = cycles * Double(lineBytes - (address & (lineBytes - 1)))
      time += head
      left -= head
      for line in first + 1..<last {
        read(line: line)
        time += whole
        left -= whole
      }
    }
    read(line: last)
    time += left
  }

  /// Reads one line.
  @inline(__always)
  mutating func read(line: Int) {
    let miss = cache.read(line: line)
    if miss > 0 { fetch(line, miss) }
  }

  @inline(__always)
  private mutating func fetch(_ line: Int, _ miss: Double) {
    let first = time - newest.time <= cooldown ? newest.probability : 0
    if newest.probability == 1 {
      // The others are impossible, the common case of a stream.
      count(miss, goesOn: newest.line == line - 1 && line & pageMask != 0 ? first : 0, low: first)
    } else {
      let other = time - second.time <= cooldown ? second.probability : 0
      let last = time - third.time <= cooldown ? third.probability : 0
      let older = time - rest.time <= cooldown ? rest.probability : 0
      var goesOn = 0.0
      if line & pageMask != 0 {
        goesOn =
          newest.line == line - 1
          ? first : second.line == line - 1 ? other : third.line == line - 1 ? last : 0
      }
      count(miss, goesOn: goesOn, low: first + other + last + older)
      second.probability *= 1 - miss
      third.probability *= 1 - miss
      rest.probability *= 1 - miss
    }
    newest.probability *= 1 - miss
    let candidate = Candidate(line: line, probability: miss, time: time)
    guard miss >= Self.leastProbability else { return drop(candidate) }
    // The least likely of the old ones makes room.
    if newest.probability <= second.probability, newest.probability <= third.probability {
      if newest.probability > 0 { drop(newest) }
    } else if second.probability < third.probability {
      drop(second)
      second = newest
    } else {
      drop(third)
      third = second
      second = newest
    }
    newest = candidate
  }

  /// Counts a fill; `low` is the chance that chip select is low, `goesOn` that the fill can use that.
  @inline(__always)
  private mutating func count(_ miss: Double, goesOn: Double, low: Double) {
    traffic.fills += miss
    traffic.newTransfers += miss * (1 - goesOn)
    traffic.cutTransfers += miss * (low - goesOn)
  }

  private mutating func drop(_ candidate: Candidate) {
    if candidate.probability > rest.probability { rest.time = candidate.time }
    rest.probability += candidate.probability
  }

  /// A line that is fetched less often is no candidate: taken as new what follows it in a thousandth of
  /// cases, and no crowd of resident lines pushes out those that count.
  private static var leastProbability: Double { 1e-3 }

  /// At most so many passes are walked; the rest is the mean of the later half of them. Enough for an
  /// expectation, which settles long before; for lots that are drawn, a sample.
  private static var mostPasses: Int { 64 }

  /// Runs `pass` `count` times; once two passes in a row fetch the same, the rest is multiplied.
  mutating func times(_ count: Int, _ pass: (inout Self) -> Void) {
    var previous: LineTraffic?
    var half = traffic
    for done in 0..<max(count, 0) {
      let before = traffic
      if done == Self.mostPasses / 2 { half = before }
      pass(&self)
      if walksAllPasses { continue }
      let delta = traffic - before
      // Hits evict nothing: once all are, all remain.
      if delta.fills == 0 { return }
      let rest = Double(count - done - 1)
      if !cache.drawsLots, let previous, delta.matches(previous) {
        traffic = traffic + delta * rest
        return
      }
      if done + 1 == Self.mostPasses {
        traffic = traffic + (traffic - half) * (rest / Double(Self.mostPasses / 2))
        return
      }
      previous = delta
    }
  }
}
