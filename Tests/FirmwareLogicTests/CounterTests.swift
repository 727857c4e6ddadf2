import RegisterModel
import Testing

/// The order in which the counters of the XIP cache are cleared and read, and the reset of the second core,
/// on the code that boards run.
/// The tests share one pair of counters.
@Suite(.serialized) struct CounterTests {
  /// What others do before one access of a register: nothing, a miss, hits, both.
  private static let habits = [
    others(accesses: 0, hits: 0), others(accesses: 1, hits: 0), others(accesses: 1, hits: 1),
    others(accesses: 2, hits: 1), others(accesses: 3, hits: 3),
  ]

  /// Whoever reads flash meanwhile, there are no fewer accesses than hits, and no more misses than those
  /// that happened and what others read on the way.
  @Test func missesNeverComeOutBelowZero() {
    let all = Self.habits.indices
    for (a, b) in all.flatMap({ a in all.map { (a, $0) } }) {
      for (c, d) in all.flatMap({ c in all.map { (c, $0) } }) {
        let steps = [a, b, c, d].map { Self.habits[$0] }
        model_start(1000, 700, steps)
        model_clear()
        let counters = model_read()
        // The first step is over before anything is cleared.
        let seen = steps.dropFirst()
        let missed = seen.reduce(0) { $0 + $1.accesses - $1.hits }
        let read = seen.reduce(0) { $0 + $1.accesses }
        #expect(counters.miss <= counters.access, "\(a) \(b) \(c) \(d)")
        #expect(counters.access <= read, "\(a) \(b) \(c) \(d)")
        #expect((missed...read).contains(counters.miss), "\(a) \(b) \(c) \(d)")
      }
    }
  }

  @Test func withoutOthersTheNumbersAreExact() {
    let nobody = [others](repeating: others(accesses: 0, hits: 0), count: 4)
    model_start(1000, 700, nobody)
    let counters = model_read()
    #expect(counters.access == 1000 && counters.miss == 300)
    model_clear()
    #expect(model_accesses() == 0 && model_hits() == 0)
  }

  /// Both counters stop at their largest value; the accesses get there first.
  @Test(arguments: [(UInt32.max, UInt32.max, UInt32(0)), (5, 6, 0), (.max, 7, .max - 7)])
  func aCounterThatStoppedGivesNoNegativeNumber(
    accesses: UInt32, hits: UInt32, misses: UInt32
  ) {
    let nobody = [others](repeating: others(accesses: 0, hits: 0), count: 4)
    model_start(accesses, hits, nobody)
    #expect(model_read().miss == misses)
  }

  /// The boot ROM starts no program while a bit is set.
  @Test func theSecondCoreIsResetAndNotHeld() {
    model_reset_second_core()
    #expect(model_psm_was_off() == 1 << 24)
    #expect(model_psm_off() == 0)
  }
}
