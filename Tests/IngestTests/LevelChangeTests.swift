import TestSupport
import Testing

@testable import Ingest

struct LevelChangeTests {
  /// Groups of the values; a value with a heading before it is negative.
  private func groups(_ values: [Double]) -> [[Double]] {
    var levels = LevelChange<Double>()
    var result: [[Double]] = [[]]
    func perform(_ steps: [LevelChange<Double>.Step]) {
      for step in steps {
        switch step {
        case .add(let value): result[result.count - 1].append(value)
        case .separate: result.append([])
        }
      }
    }
    for value in values { perform(levels.take(abs(value), abs(value), isHeaded: value < 0)) }
    perform(levels.finish())
    return result
  }

  @Test(
    arguments: [
      // two in a row on each side
      ([100, 101, 10, 11], [[100, 101], [10, 11]]),
      ([100, 101, 10, 11, 50, 51], [[100, 101], [10, 11], [50, 51]]),
      // each side alone below a heading of its own
      ([-100, -10], [[100], [10]]), ([-100, -10, -90], [[100], [10], [90]]),
      ([-100, -10, 11], [[100], [10, 11]]), ([100, 101, -10], [[100, 101], [10]]),
      // a slow first, an interrupted one, a slow last
      ([100, 10, 11, 10], [[100, 10, 11, 10]]), ([-100, 10, 11], [[100, 10, 11]]),
      ([10, 11, 100, 10], [[10, 11, 100, 10]]), ([10, 11, 100], [[10, 11, 100]]),
      ([-10, -100, 11, 10], [[10, 100, 11, 10]]),
      // one that is slow below a heading, and those behind it as before
      ([-10, 11, -100, 10, 11], [[10, 11, 100, 10, 11]]),
      // a slow first one below a heading: unlike both sides, near what was before
      ([-900, -100, 41, 42], [[900], [100, 41, 42]]),
      ([-900, 901, 902, -100, 41, 42], [[900, 901, 902], [100, 41, 42]]),
      ([-90, 31, 32, 33, -40, 9, 9.1], [[90, 31, 32, 33], [40, 9, 9.1]]),
      ([-90, -80, 9, 10], [[90], [80, 9, 10]]), ([90, -80, 9, 10], [[90, 80], [9, 10]]),
      ([-90, -80, 9, 85], [[90, 80, 9, 85]]), ([-90, -80, 85], [[90, 80, 85]]),
      ([-90, 91, -80, -9], [[90, 91, 80], [9]]), ([-90, -80, 9], [[90, 80, 9]]),
      // two alone
      ([100, 10], [[100, 10]]), ([100, -10], [[100, 10]]), ([-100, 10], [[100, 10]]),
      // no level lasts
      ([10, 100, 10, 100], [[10, 100, 10, 100]]), ([1, 10, 100], [[1, 10, 100]]),
      // a drift never jumps
      ([10, 15, 20, 30, 45], [[10, 15, 20, 30, 45]]),
    ] as [([Double], [[Double]])])
  func cases(_ values: [Double], _ expected: [[Double]]) { #expect(groups(values) == expected) }

  /// Within twofold nothing is held back, set apart or reordered, whatever the order and the headings.
  @Test func withinTwofoldNothingHappens() {
    var random = SplitMix(3)
    for _ in 0..<200 {
      let values = (0..<random.below(40) + 1).map { _ in
        Double(1000 + random.below(1001)) * (random.below(3) == 0 ? -1 : 1)
      }
      #expect(groups(values) == [values.map(abs)])
    }
  }

  /// Every result comes out once, and in order but for the one that waits.
  @Test func nothingIsLost() {
    var random = SplitMix(4)
    for _ in 0..<300 {
      let values = (0..<random.below(60) + 1).map { n in
        Double((random.below(4) + 1) * 1000 + n) * (random.below(4) == 0 ? -1 : 1)
      }
      #expect(groups(values).flatMap { $0 }.sorted() == values.map(abs).sorted())
    }
  }

  @Test func toAndFroIsBounded() {
    var values: [Double] = []
    for _ in 0..<500 { values += [10, 10, 100, 100] }
    #expect(groups(values).count == LevelChange<Double>.unheadedLimit + 1)
  }

  @Test func whatCannotBeComparedPassesThrough() {
    var levels = LevelChange<Int>()
    #expect(levels.take(1, 10, isHeaded: false).count == 1)
    #expect(levels.take(2, 100, isHeaded: false).isEmpty)
    #expect(levels.take(3, nil, isHeaded: false).count == 1)
    #expect(levels.finish().count == 1)
  }

  @Test func headings() {
    var headings = Headings()
    func take(_ text: String) -> Bool { headings.take([UInt8](text.utf8).span) != nil }
    for line in [
      "# -O0", "# -O3", "## Before", "**After**", "Before (reference kernels):", "=== fast ===",
      "```", "```", "~~~text", "*** Booting Zephyr OS build v3.7.0 ***", "GetModel...", "run 1:",
    ] {
      #expect(take(line), "\(line)")
    }
    for line in [
      "run 2:", "run 17:", "=====", "---", "CONV_2D, 41200", "17", "", "some words", ":",
    ] {
      #expect(!take(line), "\(line)")
    }
    for lines in [["run_1:", "run_2:"], ["Sample1:", "Sample17:"], ["== pass-1:", "== pass-2:"]] {
      #expect(lines.map(take) == [true, false], "\(lines)")
    }
    for lines in [["-O0:", "-O3:"], ["v1:", "v2:"], ["trunk_1:", "trunk_2:"]] {
      #expect(lines.map(take) == [true, true], "\(lines)")
    }
  }
}
