/// The ranks whose order statistics enclose the median, and how surely.
struct MedianRanks: Equatable {
  /// The lower rank, 1 being the least sample; the upper one is count + 1 - lower.
  var lower: UInt64
  var upper: UInt64
  /// The probability that a continuous distribution's median lies between them.
  var coverage: Double
}

/// The sign test behind the interval of a median: the number of samples below the true median is
/// binomial(n, 1/2) whatever their distribution (Thompson, Ann. Math. Stat. 7, 1936). Ties can
/// only raise the coverage.
enum SignTest {
  /// GSL's binomial distribution loses digits as the count grows (a few 1e-6 of the tail at 1e9);
  /// the expansion below gains them. At this count both agree to 1e-8 of the tail.
  static let expansionFrom: UInt64 = 100_000

  /// The narrowest symmetric ranks that cover the median at least at a level, nil if none do.
  static func ranks(count: UInt64, level: Double) -> MedianRanks? {
    // A tail computed a few units in the last place too large must not cost a rank.
    let tail = (1 - level) / 2 * (1 + 1e-12)
    guard count >= 2, below(0, of: count) <= tail else { return nil }
    // Invariant: below(low) <= tail < below(high).
    var low: UInt64 = 0
    var high = count / 2
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if below(middle, of: count) <= tail { low = middle } else { high = middle }
    }
    return MedianRanks(
      lower: low + 1, upper: count - low, coverage: 1 - 2 * below(low, of: count))
  }

  /// The same for samples that say no more than `effective` independent ones: as far apart in
  /// probability as the ranks of so many are, by the normal approximation; at most all samples.
  static func ranks(count: UInt64, level: Double, effective: Double?) -> MedianRanks? {
    guard var ranks = ranks(count: count, level: level), let effective else {
      return ranks(count: count, level: level)
    }
    let reach = GSL.normalQuantile(level: level) / effective.squareRoot()
    let position = (Double(count) + 1) * (1 - reach) / 2
    ranks.lower = min(ranks.lower, UInt64(max(position, 1)))
    ranks.upper = count + 1 - ranks.lower
    ranks.coverage = level
    return ranks
  }

  /// The least number of samples that has an interval at a level.
  static func minimumCount(level: Double) -> UInt64 {
    var count: UInt64 = 2
    // 2^(1 - n) falls below the spacing of doubles under 1 before n is 64.
    while count < 64, ranks(count: count, level: level) == nil { count += 1 }
    return count
  }

  /// P(X <= successes) for X binomial(count, 1/2).
  static func below(_ successes: UInt64, of count: UInt64) -> Double {
    if count <= expansionFrom, let k = UInt32(exactly: successes), let n = UInt32(exactly: count) {
      return GSL.binomialCDF(k, probability: 0.5, trials: n)
    }
    return expansion(successes, of: count)
  }

  /// The Edgeworth expansion to order 1/n with continuity and Sheppard's corrections: variance
  /// n/4 - 1/12, excess kurtosis -2/n (Kolassa and McCullagh, Ann. Stat. 18, 1990).
  static func expansion(_ successes: UInt64, of count: UInt64) -> Double {
    let n = Double(count)
    let deviation = Double(successes) + 0.5 - n / 2
    let z = deviation / (n / 4 - 1.0 / 12).squareRoot()
    return GSL.normalCDF(z) + GSL.normalDensity(z) * (z * z * z - 3 * z) / (12 * n)
  }
}

/// The least number of samples for which a median has an interval at a confidence level: 6 at 95 %.
/// Nil when the level is not between 0 and 1.
func minimumSampleCount(level: Double) -> UInt64? {
  Wording.objection(toLevel: level) == nil ? SignTest.minimumCount(level: level) : nil
}
