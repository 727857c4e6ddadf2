// Measured values in bounded memory: exact while few are distinct, in narrow buckets past that,
// and two of them merge. Knows nothing of units, benchmarks and GSL.

/// Measured values in bounded memory, none of them negative: a mergeable multiset.
///
/// Ticks repeat, so counting distinct values keeps millions of inferences exact. Past
/// `distinctLimit` distinct values it keeps counts of logarithmic buckets (see `LogLinearBucket`): a
/// quantile is then within `relativeAccuracy` of the true one. Count, minimum and maximum stay
/// exact. What it holds depends only on the samples, not on their order nor on how they were spread
/// over multisets that were merged.
///
/// Buckets reach 64 octaves below the greatest value; what is smaller still is counted in the
/// lowest bucket, so that no input takes more than 65 536 buckets.
public struct Samples: Sendable, Hashable {
  /// Distinct values that are kept as they are, unless said otherwise.
  public static let distinctLimit = 4096
  /// Largest relative error of a quantile once buckets are used: 0.05 %.
  public static let relativeAccuracy = 0.0005
  static let bucketSpan = 64 * LogLinearBucket.partsPerOctave

  private enum Storage: Hashable {
    /// No sample, or all of one value: count and extremes say everything. Most runs of a long log are so.
    case one
    /// At least two values.
    case exact([Double: UInt64])
    indirect case buckets(LogLinearHistogram)
  }

  /// How many distinct values are kept as they are.
  private var limit: Int
  /// The number of samples.
  public private(set) var count: UInt64 = 0
  private var least = Double.infinity
  private var greatest = -Double.infinity
  private var total = CompensatedSum()
  private var storage = Storage.one

  /// The least sample, nil when there is none.
  public var minimum: Double? { isEmpty ? nil : least }
  /// The greatest sample, nil when there is none.
  public var maximum: Double? { isEmpty ? nil : greatest }

  /// No samples.
  public init() { self.init(distinctLimit: Self.distinctLimit) }

  /// No samples, and another limit.
  init(distinctLimit: Int) { limit = max(distinctLimit, 0) }

  /// The given values; those that are not finite or negative are left out.
  public init(_ values: some Sequence<Double>) {
    self.init()
    for value in values { add(value) }
  }

  /// Whether every sample is kept as it was.
  public var isExact: Bool {
    if case .buckets = storage { false } else { true }
  }

  /// Whether there is no sample.
  public var isEmpty: Bool { count == 0 }

  /// Whether there are at least two samples and all are equal: exact data.
  public var areIdentical: Bool { count >= 2 && minimum == maximum }

  /// The sum of the samples: exact for whole numbers, good to some 30 digits for fractions.
  var sum: Double { total.value }

  /// Adds a value a number of times.
  ///
  /// - Returns: false, and nothing is added, when the value is negative or not finite, when `times`
  ///   is 0, or when the count or the sum would overflow.
  @discardableResult
  public mutating func add(_ value: Double, times: UInt64 = 1) -> Bool {
    guard times > 0, value >= 0, value.isFinite else { return false }
    let (sum, overflow) = count.addingReportingOverflow(times)
    var grown = total
    grown.add(value, count: times)
    guard !overflow, grown.value.isFinite else { return false }
    let value = value == 0 ? 0 : value  // Negative zero is zero.
    store(value, times)
    count = sum
    total = grown
    least = min(least, value)
    greatest = max(greatest, value)
    return true
  }

  /// Adds all samples of another multiset. The lower of the two limits holds from then on.
  ///
  /// - Returns: false, and nothing is added, when the count or the sum would overflow.
  @discardableResult
  public mutating func merge(_ other: Samples) -> Bool {
    let (sum, overflow) = count.addingReportingOverflow(other.count)
    var grown = total
    grown.add(other.total)
    guard !overflow, grown.value.isFinite else { return false }
    limit = min(limit, other.limit)
    if case .buckets(let histogram) = other.storage {
      toBuckets { $0.merge(histogram) }
    } else if isEmpty {
      storage = other.storage
    } else if !other.isEmpty {
      if case .one = storage, other.least != least || other.greatest != least {
        storage = .exact([least: count])
      }
      for (value, times) in other.pairs { store(value, times) }
    }
    count = sum
    total = grown
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    if isExact, distinct > limit { toBuckets { _ in } }
    return true
  }

  /// Puts a value into the storage, while count and extremes are those before it.
  private mutating func store(_ value: Double, _ times: UInt64) {
    var counts: [Double: UInt64] = [:]
    switch storage {
    case .one:
      if limit > 0, isEmpty || value == least { return }
      counts = isEmpty ? [:] : [least: count]
    case .exact(let held): counts = held
    case .buckets: return toBuckets { $0.add(value, times) }
    }
    // Let go of the stored copy, or the dictionary would be copied at every sample.
    storage = .one
    counts[value, default: 0] += times
    storage = .exact(counts)
    if counts.count > limit { toBuckets { _ in } }
  }

  /// Changes the histogram in place, making it from the exact counts first where necessary.
  private mutating func toBuckets(_ change: (inout LogLinearHistogram) -> Void) {
    var histogram = LogLinearHistogram(span: Self.bucketSpan)
    if case .buckets(let stored) = storage {
      histogram = stored
    } else {
      for (value, times) in pairs { histogram.add(value, times) }
    }
    storage = .one
    change(&histogram)
    storage = .buckets(histogram)
  }

  /// The values that are kept as they are, in no order, with their counts.
  private var pairs: [(key: Double, value: UInt64)] {
    switch storage {
    case .one: isEmpty ? [] : [(least, count)]
    case .exact(let counts): Array(counts)
    case .buckets: []
    }
  }

  /// How many different values are kept as they are.
  private var distinct: Int {
    switch storage {
    case .one: isEmpty ? 0 : 1
    case .exact(let counts): counts.count
    case .buckets: 0
    }
  }

  /// Distinct values, ascending, with how often each came. When not exact, bucket middles stand for
  /// the samples, except that the least and the greatest are themselves.
  public var sorted: [(value: Double, count: UInt64)] {
    if case .buckets(let histogram) = storage {
      return histogram.pairs(least: least, greatest: greatest)
    }
    return pairs.map { (value: $0.key, count: $0.value) }.sorted { $0.value < $1.value }
  }

  /// The same with ranks. It is made anew each time: ask once.
  public var ordered: OrderedSamples { OrderedSamples(sorted) }

  /// The middle sample, or the mean of the two middle ones; nil when there is none.
  public var median: Double? { ordered.median }

  /// The quantile of a probability in 0 ... 1; nil when there is no sample or no such probability.
  public func quantile(_ probability: Double) -> Double? { ordered.quantile(probability) }
}

/// Samples are stored as values, or numbers of buckets, in ascending order with their counts, so equal ones
/// are stored alike. What follows from these is left out.
extension Samples: Codable {
  private struct Stored: Codable {
    var counts: [UInt64]
    var values: [Double]?
    var buckets: [Int]?
    var zeros: UInt64?
    var minimum: Double?
    var maximum: Double?
    var sum: CompensatedSum?
    var limit: Int?
  }

  /// Stores everything that they hold.
  public func encode(to encoder: any Encoder) throws {
    var stored = Stored(counts: [], limit: limit == Self.distinctLimit ? nil : limit)
    if case .buckets(let histogram) = storage {
      let sorted = histogram.counts.sorted { $0.key < $1.key }
      (stored.buckets, stored.counts) = (sorted.map(\.key), sorted.map(\.value))
      (stored.zeros, stored.sum) = (histogram.zeros, total)
      (stored.minimum, stored.maximum) = (minimum, maximum)
    } else {
      let sorted = sorted
      (stored.values, stored.counts) = (sorted.map(\.value), sorted.map(\.count))
      if !Self.sum(sorted.lazy.map { ($0.value, $0.count) }).isIdentical(to: total) {
        stored.sum = total
      }
    }
    try stored.encode(to: encoder)
  }

  /// What was stored; an error where no samples are stored so.
  public init(from decoder: any Decoder) throws {
    let stored = try Stored(from: decoder)
    self.init(distinctLimit: stored.limit ?? Self.distinctLimit)
    guard let samples = Self.restored(stored, distinctLimit: limit) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no samples are stored so"))
    }
    self = samples
  }

  private static func restored(_ stored: Stored, distinctLimit limit: Int) -> Samples? {
    var samples = Samples(distinctLimit: limit)
    samples.count = stored.zeros ?? 0
    for times in stored.counts {
      let (sum, overflow) = samples.count.addingReportingOverflow(times)
      guard times > 0, !overflow else { return nil }
      samples.count = sum
    }
    if let values = stored.values {
      let ascends = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
      guard ascends, values.count == stored.counts.count, values.count <= limit else { return nil }
      let pairs = zip(values, stored.counts)
      if values.count > 1 { samples.storage = .exact(Dictionary(uniqueKeysWithValues: pairs)) }
      samples.least = values.first ?? samples.least
      samples.greatest = values.last ?? samples.greatest
      samples.total = stored.sum ?? sum(pairs.lazy.map { ($0, $1) })
    } else if let buckets = stored.buckets, let sum = stored.sum {
      guard buckets.count == stored.counts.count,
        buckets.allSatisfy(LogLinearBucket.indices.contains)
      else { return nil }
      var histogram = LogLinearHistogram(span: bucketSpan)
      histogram.add(0, stored.zeros ?? 0)
      for (bucket, times) in zip(buckets, stored.counts) { histogram.add(index: bucket, times) }
      samples.storage = .buckets(histogram)
      guard samples.isEmpty == (stored.minimum == nil),
        samples.isEmpty == (stored.maximum == nil)
      else { return nil }
      samples.least = stored.minimum ?? samples.least
      samples.greatest = stored.maximum ?? samples.greatest
      samples.total = sum
    } else {
      return nil
    }
    return samples.isPossible ? samples : nil
  }

  private static func sum(_ pairs: some Sequence<(Double, UInt64)>) -> CompensatedSum {
    var sum = CompensatedSum()
    for (value, count) in pairs { sum.add(value, count: count) }
    return sum
  }

  /// Whether so many samples can have these extremes and this sum.
  private var isPossible: Bool {
    guard let minimum, let maximum else { return true }
    return minimum >= 0 && minimum <= maximum && maximum.isFinite && total.value.isFinite
      && count >= (minimum < maximum ? 2 : 1)
  }
}
