import Quantiles
import TestSupport
import Testing

@testable import Statistics

@Suite struct KruskalWallisTests {
  private func p(_ groups: [[Double]], _ effective: [Double]? = nil) -> Double? {
    kruskalWallis(groups.map { Samples($0) }, effectiveCounts: effective).value?.pValue
  }

  /// Made by scipy.stats.kruskal 1.x: H = 5.88303 and 0.17102.
  @Test func matchesAnotherProgram() throws {
    let three = try #require(p([[1, 2, 3, 4, 5.5], [2, 3, 4, 5, 6], [10, 11, 12, 13, 3]]))
    #expect(isClose(three, 0.05278563205417756, within: 1e-12))
    let two = try #require(p([[7, 7, 8, 9, 9, 9], [7, 8, 8, 8, 10, 11]]))
    #expect(isClose(two, 0.6792069760240367, within: 1e-12))
  }

  @Test func whatCannotBeTestedHasNoProbability() {
    #expect(p([[1, 2, 3]]) == nil)
    #expect(p([[1, 2, 3], [4]]) == nil)
    #expect(p([[5, 5, 5], [5, 5, 5]]) == nil)
  }

  @Test func fewerEffectiveSamplesSayLess() throws {
    let groups: [[Double]] = [
      Array(stride(from: 0, to: 20, by: 1)), (0..<20).map { 12.5 + Double($0) },
    ]
    let all = try #require(p(groups))
    let half = try #require(p(groups, [10, 10]))
    #expect(all < 0.001 && half > all)
    #expect(try #require(p(groups, [100, 100])) == all)
  }

  /// Of groups of one distribution one in a hundred looks different.
  @Test func equalGroupsRarelyDiffer() {
    var random = SplitMix(5)
    let found = (0..<1000).count { _ in
      let groups = (0..<5).map { _ in
        (0..<20).map { _ in Double.random(in: 0...100, using: &random).rounded() }
      }
      return (p(groups) ?? 1) <= 0.01
    }
    #expect((2...20).contains(found), "\(found)")
  }
}
