import TestSupport
import Testing

@testable import Reference

@Suite struct AlignmentTests {
  /// Length of the longest common subsequence by trying every subsequence of the shorter list.
  private func bruteForce(_ a: [String], _ b: [String]) -> Int {
    var best = 0
    for mask in 0..<(1 << a.count) {
      let chosen = a.indices.filter { mask >> $0 & 1 == 1 }.map { a[$0] }
      var next = chosen[...]
      for kind in b where kind == next.first { next = next.dropFirst() }
      if next.isEmpty { best = max(best, chosen.count) }
    }
    return best
  }

  @Test func isALongestCommonSubsequence() {
    var generator = SplitMix(11)
    let kinds = ["CONV_2D", "ADD", "QUANTIZE"]
    for _ in 0..<300 {
      let a = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
        kinds[Int.random(in: 0..<3, using: &generator)]
      }
      let b = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
        kinds[Int.random(in: 0..<3, using: &generator)]
      }
      let pairs = Alignment.pairs(a, b)
      #expect(pairs.allSatisfy { a[$0.0] == b[$0.1] })
      #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.0 < $1.0 && $0.1 < $1.1 })
      #expect(pairs.count == bruteForce(a, b), "\(a) \(b)")
    }
  }

  @Test func anInsertedQuantizeIsLeftOut() {
    let pairs = Alignment.pairs(
      ["QUANTIZE", "CONV_2D", "SOFTMAX", "DEQUANTIZE"], ["CONV_2D", "SOFTMAX"])
    #expect(pairs.map(\.0) == [1, 2])
    #expect(pairs.map(\.1) == [0, 1])
  }

  @Test func equalGraphsOfAnyLengthAlign() {
    let kinds = (0..<4096).map { $0 % 3 == 0 ? "ADD" : "CONV_2D" }
    #expect(Alignment.pairs(kinds, kinds).count == 4096)
  }

  @Test func graphsTooLongToAlignDoNot() {
    let long = [String](repeating: "ADD", count: 4097)
    #expect(Alignment.pairs(long, ["ADD"]).isEmpty)
    #expect(Alignment.pairs([], ["ADD"]).isEmpty)
  }
}
