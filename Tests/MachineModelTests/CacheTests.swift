import TestSupport
import Testing

@testable import MachineModel

@Suite struct CacheTests {
  /// Share of misses of a loop over so many lines once it repeats itself.
  static func missShare(loop lines: Int, passes: Int = 40) -> Double {
    var cache = expectedCache(geometry(), lines: lines)
    var last = 0.0
    for _ in 0..<passes { last = (0..<lines).reduce(0) { $0 + cache.read(line: $1) } }
    return last / Double(lines)
  }

  @Test(arguments: 2...20) func closedFormOfALoop(k: Int) {
    let power = Double(1 << (k - 1))
    #expect(isClose(Self.missShare(loop: k * 1024), (power - 2) / (power - 1), within: 1e-6))
  }

  /// Shares of weight reads that miss, of a loop over so many KiB.
  @Test(arguments: [
    (16, 0.0), (17, 0.12), (18, 0.22), (20, 0.40), (24, 0.67), (28, 0.78), (32, 0.86), (48, 0.97),
  ])
  func rampBeyondTheCache(kibibytes: Int, share: Double) {
    #expect(abs(Self.missShare(loop: kibibytes * 128) - share) < 0.0075)
  }

  /// The ramp from the closed form: sets with two lines miss never, with three 2/3, with four 6/7.
  @Test(arguments: Array(stride(from: 2048, through: 4096, by: 128)))
  func rampFromTheClosedForm(lines: Int) {
    let extra = lines % 1024
    let (low, high) = lines < 3072 ? (0.0, 2.0 / 3) : (2.0 / 3, 6.0 / 7)
    let k = lines / 1024
    let expected =
      lines == 4096
      ? 6.0 / 7
      : (Double((1024 - extra) * k) * low + Double(extra * (k + 1)) * high) / Double(lines)
    #expect(isClose(Self.missShare(loop: lines), expected, within: 1e-6))
  }

  @Test func leastRecentlyUsedByHand() {
    // Two ways, one set: 0 1 fit; 2 evicts 0, the oldest; 1 is found; 0 evicts 2.
    var cache = SeededCache(geometry(bytes: 16, .leastRecentlyUsed), seed: 1)
    let misses = [0, 1, 0, 2, 0, 1, 1, 0, 2].map { cache.read(line: $0) }
    #expect(misses == [1, 1, 0, 1, 0, 1, 0, 0, 1])
    #expect(!cache.drawsLots)
  }

  @Test func leastRecentlyUsedWithTwoSets() {
    var cache = SeededCache(geometry(bytes: 32, .leastRecentlyUsed), seed: 1)
    // Even and odd lines do not meet: 0 2 fill one set, 1 3 the other, 4 evicts 0, then 0 evicts 2.
    let misses = [0, 1, 2, 3, 4, 1, 0, 3, 4, 2].map { cache.read(line: $0) }
    #expect(misses == [1, 1, 1, 1, 1, 0, 1, 0, 0, 1])
  }

  @Test(arguments: [Replacement.random, .leastRecentlyUsed])
  func oneWayByHand(replacement: Replacement) {
    var cache = SeededCache(geometry(bytes: 16, ways: 1, replacement), seed: 9)
    let misses = [0, 0, 1, 0, 2, 0, 1, 3, 1].map { cache.read(line: $0) }
    #expect(misses == [1, 0, 1, 0, 1, 1, 0, 1, 1])
    #expect(!cache.drawsLots)
  }

  @Test func noCacheForgetsAllButTheLineBefore() {
    var cache = NoCache()
    #expect([3, 3, 4, 3, 3].map { cache.read(line: $0) } == [1, 0, 1, 1, 0])
  }

  @Test func twoWaysAreExpectedByHand() {
    // One set. 0 and 1 are new; 1 has evicted 0 with 1/2; then 0 stays with 1/2 + 1/2 x 1/2 when 1 comes.
    var cache = expectedCache(geometry(bytes: 16), lines: 4)
    #expect([0, 1, 0, 1, 1, 2, 0].map { cache.read(line: $0) } == [1, 1, 0.5, 0.25, 0, 1, 0.5625])
  }

  @Test func linesOutsideAlwaysMiss() {
    var cache = expectedCache(geometry(), lines: 2)
    #expect([2, 2, -1, Int.max, Int.min].map { cache.read(line: $0) } == [1, 1, 1, 1, 1])
  }

  @Test func onlyTwoRandomWaysAreExpected() {
    func exists(_ geometry: CacheGeometry, _ lines: Int) -> Bool {
      if ExpectedCache(geometry, lines: lines) != nil { return true }
      return false
    }
    #expect(!exists(geometry(ways: 1), 1))
    #expect(!exists(geometry(ways: 4), 1))
    #expect(!exists(geometry(.leastRecentlyUsed), 1))
    #expect(!exists(geometry(), -1))
    #expect(!exists(geometry(), .max))
    #expect(exists(geometry(), 0))
  }

  @Test func geometryRules() {
    func make(_ bytes: Int, _ ways: Int, _ line: Int) -> CacheGeometry? {
      CacheGeometry(bytes: bytes, ways: ways, lineBytes: line, replacement: .random)
    }
    #expect(make(16384, 2, 8)?.sets == 1024)
    #expect(make(24576, 3, 8)?.sets == 1024)
    for (bytes, ways, line) in [
      (0, 2, 8), (16384, 0, 8), (16384, 2, 0), (-16384, 2, 8), (16384, -2, 8), (16384, 2, 12),
      (16383, 2, 8), (24576, 2, 8), (.max, 2, 8), (16384, .max, 8), (16384, 2, .max),
    ] {
      #expect(make(bytes, ways, line) == nil, "\(bytes) \(ways) \(line)")
    }
  }
}
