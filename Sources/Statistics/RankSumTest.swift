import Quantiles
import Support

/// The result of a significance test.
public struct TestResult: Sendable, Hashable {
  /// The two-sided p-value, in 0 ... 1; 0 when it is below the least double.
  public var pValue: Double
  /// How it was computed, in words for a reader.
  public var method: String

  /// A result from its parts.
  public init(pValue: Double, method: String) {
    self.pValue = pValue
    self.method = method
  }
}

/// The two-sided rank-sum test that neither of two samples tends to be larger, that is, that their
/// ratio is 1: Wilcoxon, Biometrics Bull. 1 (1945); Mann and Whitney, Ann. Math. Stat. 18 (1947).
///
/// Up to 30 samples in all the permutation distribution is enumerated, ties included. Above that
/// it is the normal approximation with continuity and tie corrections, which needs 8 samples a
/// side: the size from which Mann and Whitney found it good.
///
/// - Returns: missing when a side is empty or too small.
public func rankSumTest(_ first: Samples, _ second: Samples) -> Outcome<TestResult> {
  guard !first.isEmpty, !second.isEmpty else {
    return .missing(reason: "the rank-sum test needs samples on both sides; one has none")
  }
  let ranks = PooledRanks(first.ordered, second.ordered)
  if ranks.total <= exactRankSumLimit {
    return .known(TestResult(pValue: ranks.exactPValue, method: "rank-sum test, exact"))
  }
  let smaller = min(first.count, second.count)
  guard smaller >= 8 else {
    return .missing(
      reason: "the rank-sum test needs at least 8 samples on each side, or at most "
        + "\(exactRankSumLimit) in all; \(Wording.thereAre(smaller)) against "
        + "\(max(first.count, second.count))")
  }
  return .known(
    TestResult(
      pValue: ranks.normalPValue,
      method: "rank-sum test, normal approximation with tie correction"))
}

/// Largest number of samples whose permutations are enumerated.
private let exactRankSumLimit = 30.0

/// The tie groups of two samples pooled, in ascending order, and the first sample's rank sum.
private struct PooledRanks {
  /// Samples in a group: of the first side, of both.
  private var groups: [(first: Double, both: Double)] = []
  private var firstTotal = 0.0
  private(set) var total = 0.0
  /// Twice the first side's rank sum: mid-ranks are halves.
  private var doubledRankSum = 0.0

  init(_ first: OrderedSamples, _ second: OrderedSamples) {
    var i = 0
    var j = 0
    while i < first.values.count || j < second.values.count {
      let a = i < first.values.count ? first.values[i] : .infinity
      let b = j < second.values.count ? second.values[j] : .infinity
      let mine = a <= b ? Double(first.counts[i]) : 0
      let theirs = b <= a ? Double(second.counts[j]) : 0
      if a <= b { i += 1 }
      if b <= a { j += 1 }
      let both = mine + theirs
      doubledRankSum += mine * (2 * total + both + 1)
      groups.append((mine, both))
      firstTotal += mine
      total += both
    }
  }

  private var doubledExpectation: Double { firstTotal * (total + 1) }

  /// Two-sided tail of the normal approximation.
  var normalPValue: Double {
    let ties = groups.reduce(0.0) { $0 + ($1.both * $1.both * $1.both - $1.both) }
    let others = total - firstTotal
    let variance = firstTotal * others / 12 * (total + 1 - ties / (total * (total - 1)))
    let deviation = abs(doubledRankSum - doubledExpectation) / 2 - 0.5
    guard variance > 0, deviation > 0 else { return 1 }
    return min(2 * GSL.normalUpperTail(deviation / variance.squareRoot()), 1)
  }

  /// The share of all ways to deal the pooled samples to the two sides whose rank sum lies at
  /// least as far from its expectation. All numbers are whole and far below 2^53.
  var exactPValue: Double {
    let size = Int(firstTotal)
    let sums = Int(total * (total + 1)) + 1
    // ways[taken][doubled rank sum]
    var ways = [[Double]](repeating: [Double](repeating: 0, count: sums), count: size + 1)
    ways[0][0] = 1
    var before = 0
    for group in groups {
      let both = Int(group.both)
      let doubledRank = 2 * before + both + 1
      before += both
      // From above, so that a group is dealt once.
      for taken in stride(from: size, through: 1, by: -1) {
        var choices = 1.0
        for mine in 1...min(taken, both) {
          choices = choices * Double(both - mine + 1) / Double(mine)
          let shift = mine * doubledRank
          guard shift < sums else { break }
          for sum in shift..<sums where ways[taken - mine][sum - shift] != 0 {
            ways[taken][sum] += choices * ways[taken - mine][sum - shift]
          }
        }
      }
    }
    let observed = abs(doubledRankSum - doubledExpectation)
    var asFar = 0.0
    var all = 0.0
    for (sum, count) in ways[size].enumerated() where count > 0 {
      all += count
      if abs(Double(sum) - doubledExpectation) >= observed { asFar += count }
    }
    return asFar / all
  }
}
