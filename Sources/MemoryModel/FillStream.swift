/// Reads through a cache, counted as fills and as transfers.
struct FillStream<Cache: LineCache> {
  private var cache: Cache
  private let lineShift: Int
  private let cooldown: Double
  private let pageMask: Int
  /// CPU cycles of work so far; waiting for flash is not counted.
  private var time = 0.0
  /// What was fetched so far.
  private(set) var traffic = LineTraffic()

  /// Lines that may be the last one fetched, the newest first: how likely, and when.
  private var recent: (Candidate, Candidate, Candidate)

  /// At most so many passes are walked one by one; the rest is multiplied.
  var walkedPasses = Int.max

  private struct Candidate {
    var line = -2
    var probability = 0.0
    var time = 0.0
  }

  init(_ cache: Cache, lineBytes: Int, interface: FlashInterface) {
    self.cache = cache
    let shift = lineBytes.trailingZeroBitCount
    lineShift = shift
    cooldown = interface.cooldownCycles ?? .infinity
    pageMask = interface.pageBreakBytes.map { max($0 >> shift, 1) - 1 } ?? 0
    recent = (Candidate(), Candidate(), Candidate())
  }

  /// Work between reads, CPU cycles.
  mutating func work(_ cycles: Double) { time += cycles }

  /// Reads every line of `bytes` from `address` on, with `cycles` of work after each.
  mutating func read(address: Int, bytes: Int, cyclesPerLine cycles: Double = 0) {
    guard bytes > 0 else { return }
    for line in address >> lineShift...(address + bytes - 1) >> lineShift {
      read(line: line)
      time += cycles
    }
  }

  /// The line of an address.
  func line(of address: Int) -> Int { address >> lineShift }

  mutating func read(line: Int) {
    let miss = cache.read(line: line)
    guard miss > 0 else { return }
    var goesOn = 0.0
    if pageMask == 0 || line & pageMask != 0 {
      if recent.0.line == line - 1, time - recent.0.time <= cooldown {
        goesOn = recent.0.probability
      } else if recent.1.line == line - 1, time - recent.1.time <= cooldown {
        goesOn = recent.1.probability
      } else if recent.2.line == line - 1, time - recent.2.time <= cooldown {
        goesOn = recent.2.probability
      }
    }
    traffic.fills += miss
    traffic.newTransfers += miss * (1 - goesOn)
    if time - recent.0.time <= cooldown { traffic.cutTransfers += miss * (1 - goesOn) }
    let kept = 1 - miss
    recent.2 = recent.1
    recent.1 = recent.0
    recent.1.probability *= kept
    recent.2.probability *= kept
    recent.0 = Candidate(line: line, probability: miss, time: time)
  }

  /// Runs `pass` `count` times; once two passes in a row fetch the same, the rest is multiplied.
  mutating func times(_ count: Int, _ pass: (inout Self) -> Void) {
    var previous: LineTraffic?
    for done in 0..<max(count, 0) {
      let before = traffic
      pass(&self)
      let delta = traffic - before
      if done + 1 >= walkedPasses || previous.map(delta.matches) ?? false {
        traffic = traffic + delta * Double(count - done - 1)
        return
      }
      previous = delta
    }
  }
}
