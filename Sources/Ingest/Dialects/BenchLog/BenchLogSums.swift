import BenchLog
import Quantiles
import Support

/// One `sum` line, in the log's own numbers.
struct BenchLogSum {
  var place: TextPlace
  var count: UInt64
  var minimum: UInt64
  var maximum: UInt64
  var total: UInt64
  var accesses: UInt64?
  var misses: UInt64?

  /// nil when no times give these numbers.
  init?(_ values: BenchLogValues, at place: TextPlace) {
    guard let count = values.whole("n"), count > 0, let minimum = values.whole("min"),
      let maximum = values.whole("max"), let total = values.whole("total"),
      BenchLogCounters.canBe(values.whole("access"), values.whole("miss"))
    else { return nil }
    // The total of so many times lies between that of the shortest and that of the longest.
    let least = count.multipliedFullWidth(by: minimum)
    let most = count.multipliedFullWidth(by: maximum)
    guard minimum <= maximum, least.high == 0, least.low <= total,
      most.high > 0 || total <= most.low
    else { return nil }
    self.place = place
    self.count = count
    self.minimum = minimum
    self.maximum = maximum
    self.total = total
    accesses = values.whole("access")
    misses = values.whole("miss")
  }

  func statistics(_ unit: BenchLogUnit) -> TimeStatistics {
    TimeStatistics(
      count: count, minimum: unit.time(minimum), maximum: unit.time(maximum),
      total: unit.time(total))
  }

  /// Why what came as lines of its own cannot be among what this sums up; nil when it can.
  func contradiction(
    _ printed: Samples, _ counters: BenchLogCounters, _ unit: BenchLogUnit
  ) -> String? {
    if printed.count > count {
      return "sums up \(count) inferences, and \(printed.count) came as lines"
    }
    if let least = printed.minimum, least < unit.time(minimum) {
      return
        "says that none was shorter than \(minimum), and one of \(least) \(unit.unit.words) came"
    }
    if let most = printed.maximum, most > unit.time(maximum) {
      return "says that none was longer than \(maximum), and one of \(most) \(unit.unit.words) came"
    }
    if let accesses, counters.accesses.total > accesses {
      return "counts \(accesses) cache accesses, and lines with \(counters.accesses.total) came"
    }
    if let misses, counters.misses.total > misses {
      return "counts \(misses) cache misses, and lines with \(counters.misses.total) came"
    }
    return nil
  }
}

/// The counters that the lines of an operator's inferences give.
struct BenchLogCounters {
  private(set) var accesses = CounterTotal(total: 0, inferences: 0)
  private(set) var misses = CounterTotal(total: 0, inferences: 0)

  /// False when more reads missed the cache than went to it.
  static func canBe(_ accesses: UInt64?, _ misses: UInt64?) -> Bool {
    guard let accesses, let misses else { return true }
    return misses <= accesses
  }

  /// Takes those of one inference; false, and nothing taken, when they cannot be.
  mutating func take(_ accesses: UInt64?, _ misses: UInt64?) -> Bool {
    var grown = self
    guard Self.canBe(accesses, misses), grown.accesses.add(accesses), grown.misses.add(misses)
    else { return false }
    self = grown
    return true
  }

  /// What is known of all inferences: the sum's counters where it has them.
  func counters(_ sum: BenchLogSum?) -> CacheCounters {
    func best(_ summed: UInt64?, _ printed: CounterTotal) -> CounterTotal? {
      if let sum, let summed { return CounterTotal(total: summed, inferences: sum.count) }
      return printed.inferences > 0 ? printed : nil
    }
    return CacheCounters(
      accesses: best(sum?.accesses, accesses), misses: best(sum?.misses, misses))
  }
}

extension CounterTotal {
  /// Adds the count of one more inference; false when the total would not fit.
  fileprivate mutating func add(_ count: UInt64?) -> Bool {
    guard let count else { return true }
    let (sum, overflow) = total.addingReportingOverflow(count)
    if overflow { return false }
    total = sum
    inferences += 1
    return true
  }
}
