/// Counts of logarithmic buckets, at most `span` indices below the highest one in use.
struct LogLinearHistogram: Hashable, Sendable {
  private let span: Int
  private(set) var zeros: UInt64 = 0
  private(set) var counts: [Int: UInt64] = [:]
  private var lowest = Int.max
  private var highest = Int.min

  init(span: Int) { self.span = span }

  /// Adds a value that is finite and not negative. The caller keeps the total below 2^64.
  mutating func add(_ value: Double, _ times: UInt64) {
    if value == 0 {
      zeros += times
    } else {
      add(index: LogLinearBucket(of: value).index, times)
    }
  }

  mutating func merge(_ other: LogLinearHistogram) {
    zeros += other.zeros
    for (index, count) in other.counts { add(index: index, count) }
  }

  /// Adds values of a bucket. The caller keeps the total below 2^64.
  mutating func add(index: Int, _ times: UInt64) {
    highest = max(highest, index)
    let bottom = highest - span + 1
    if lowest < bottom { collapse(below: bottom) }
    let kept = max(index, bottom)
    lowest = min(lowest, kept)
    counts[kept, default: 0] += times
  }

  private mutating func collapse(below bottom: Int) {
    var moved: UInt64 = 0
    for index in counts.keys.filter({ $0 < bottom }) {
      moved += counts.removeValue(forKey: index) ?? 0
    }
    counts[bottom, default: 0] += moved
    lowest = bottom
  }

  /// Ascending values with counts: bucket middles, the extremes as given.
  func pairs(least: Double, greatest: Double) -> [(value: Double, count: UInt64)] {
    var pairs: [(value: Double, count: UInt64)] = zeros > 0 ? [(0, zeros)] : []
    for (index, count) in counts.sorted(by: { $0.key < $1.key }) {
      let middle = LogLinearBucket(index: index).middle
      pairs.append((min(max(middle, least), greatest), count))
    }
    // There are at least two samples when the extremes differ, so no count falls below zero.
    if let first = pairs.first, least < first.value {
      pairs[0].count -= 1
      pairs.insert((least, 1), at: 0)
    }
    if let last = pairs.last, last.value < greatest {
      pairs[pairs.count - 1].count -= 1
      pairs.append((greatest, 1))
    }
    return pairs.filter { $0.count > 0 }
  }
}
