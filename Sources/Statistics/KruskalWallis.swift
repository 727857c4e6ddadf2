import Quantiles
import Support

/// The test that several groups of samples have one distribution: Kruskal and Wallis, "Use of ranks in
/// one-criterion variance analysis", J. Am. Stat. Assoc. 47 (1952), with their correction for ties and the
/// approximation by chi-squared.
///
/// - Parameter effectiveCounts: how many independent samples each group says as much as; fewer than it has
///   lower the statistic in proportion.
/// - Returns: missing below two groups, where all samples are equal and where a group has fewer than 2. Up to
///   5 samples in a group the approximation gives too high a probability (their table 6.1): it errs on the
///   side of no difference.
public func kruskalWallis(
  _ groups: [Samples], effectiveCounts: [Double]? = nil
) -> Outcome<TestResult> {
  guard groups.count >= 2, groups.allSatisfy({ $0.count >= 2 }) else {
    return .missing(reason: "the test of several groups needs two groups of 2 samples at least")
  }
  var counts: [Double: [(group: Int, count: Double)]] = [:]
  for (group, samples) in groups.enumerated() {
    for (value, count) in samples.sorted {
      counts[value, default: []].append((group, Double(count)))
    }
  }
  var rankSums = [Double](repeating: 0, count: groups.count)
  var (below, ties) = (0.0, 0.0)
  for (_, shares) in counts.sorted(by: { $0.key < $1.key }) {
    let equal = shares.reduce(0) { $0 + $1.count }
    for share in shares { rankSums[share.group] += share.count * (below + (equal + 1) / 2) }
    below += equal
    ties += equal * equal * equal - equal
  }
  let total = below
  let correction = 1 - ties / (total * total * total - total)
  guard correction > 0 else { return .missing(reason: "all samples are equal") }
  let mean = (total + 1) / 2
  let between = zip(rankSums, groups).reduce(0) { sum, group in
    let deviation = group.0 / Double(group.1.count) - mean
    return sum + Double(group.1.count) * deviation * deviation
  }
  let statistic = 12 / (total * (total + 1)) * between / correction
  let share = effectiveCounts.map { $0.reduce(0, +) / total } ?? 1
  return .known(
    TestResult(
      pValue: GSL.chiSquaredUpperTail(
        statistic * min(share, 1), degreesOfFreedom: Double(groups.count - 1)),
      method: "Kruskal-Wallis test with tie correction, chi-squared approximation"))
}
