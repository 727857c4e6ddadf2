import Quantiles
import Support

/// One inference as a line tells it.
struct MeasuredSample: Sendable {
  /// In the series' unit.
  var value: Double
  /// In units of the last printed digit.
  var digits: Double
  var quantum: Double
  /// As it was printed.
  var unit: PrintedUnit?
  var decimals = 0
  /// The cycles printed beside a time.
  var cycles: Double?
  var place: TextPlace
}

/// Times of one name, and where they fall apart into results of several builds.
struct MeasuredSeries: Sendable {
  /// Times that belong together.
  struct Part: Sendable {
    var samples = Samples()
    var order = SuccessiveDifferences()
    /// The largest unit of a last digit; `order` counts these, and is kept while all are alike.
    var quantum = 0.0
    var cycles: Samples? = Samples()
    var clock = ClockInterval()
    var first = TextPlace(line: 0, column: 0)
    var last = TextPlace(line: 0, column: 0)
    private var unit: PrintedUnit?
    private var decimals = 0
    /// Where a number has another number of decimals than those before.
    var otherDecimals: TextPlace?
    /// So many times what was before, where it is kept apart from that.
    var times: Double?

    mutating func add(_ sample: MeasuredSample) {
      if samples.isEmpty { first = sample.place }
      if !samples.isEmpty, sample.quantum != quantum {
        order = SuccessiveDifferences()
        // Whole numbers have lost nothing.
        if sample.unit == unit, sample.decimals > 0, decimals > 0 {
          otherDecimals = otherDecimals ?? sample.place
        }
      }
      if samples.isEmpty || order.count == samples.count, sample.digits < 1e18 {
        order.add(UInt64(sample.digits))
      }
      quantum = max(quantum, sample.quantum)
      (unit, decimals) = (sample.unit, sample.decimals)
      samples.add(sample.value)
      if let cycles = sample.cycles {
        self.cycles?.add(cycles)
        clock.take(cycles: cycles, seconds: sample.value, quantum: sample.quantum)
      } else {
        cycles = nil
      }
      last = sample.place
    }
  }

  let name: String
  let unit: TimeUnit
  private(set) var rank: TimeWords.Rank
  /// The line of the first, for messages.
  let example: String
  private(set) var parts: [Part] = []
  private var levels = LevelChange<MeasuredSample>()
  private var times: Double?
  private(set) var firstPlace: TextPlace

  init(name: String, unit: TimeUnit, rank: TimeWords.Rank, example: String, at place: TextPlace) {
    (self.name, self.unit, self.rank, self.example) = (name, unit, rank, example)
    firstPlace = place
  }

  /// Whether nothing but zeros was printed.
  var isZero: Bool { parts.allSatisfy { $0.samples.maximum == 0 } }

  /// Times of 0, and where the first; they are taken only where the others are near 0, too.
  private(set) var zeros: UInt64 = 0
  private(set) var firstZero = TextPlace(line: 0, column: 0)
  private var zero: MeasuredSample?

  /// How many there are.
  var count: UInt64 { parts.reduce(0) { $0 + $1.samples.count } }

  mutating func take(_ sample: MeasuredSample, rank: TimeWords.Rank, isHeaded: Bool) {
    self.rank = min(self.rank, rank)
    if sample.value == 0 {
      if zeros == 0 { firstZero = sample.place }
      (zeros, zero) = (zeros + 1, sample)
      return
    }
    perform(levels.take(sample, sample.value, isHeaded: isHeaded))
  }

  mutating func finish() {
    perform(levels.finish())
    levels = LevelChange()
    guard let zero else { return }
    let isNear = parts.allSatisfy { $0.samples.median.map { $0 <= 10 * zero.quantum } ?? true }
    guard isNear else { return }
    if parts.isEmpty { parts.append(Part()) }
    for _ in 0..<min(zeros, 1 << 20) { parts[parts.count - 1].add(zero) }
    zeros = 0
  }

  private mutating func perform(_ steps: [LevelChange<MeasuredSample>.Step]) {
    for step in steps {
      switch step {
      case .separate(let factor): times = factor
      case .add(let sample):
        if parts.isEmpty || times != nil {
          parts.append(Part())
          parts[parts.count - 1].times = times
          times = nil
        }
        parts[parts.count - 1].add(sample)
      }
    }
  }

  /// Takes the cycles of another series for those of the same inferences; false where they are not as many.
  mutating func join(cycles other: MeasuredSeries) -> Bool {
    guard unit == .seconds, other.unit == .cycles, parts.count == 1, other.parts.count == 1,
      count == other.count, parts[0].cycles == nil
    else { return false }
    parts[0].cycles = other.parts[0].samples
    // Median beside median: which belong to which is not kept.
    if let cycles = other.parts[0].samples.median, let seconds = parts[0].samples.median {
      parts[0].clock.take(cycles: cycles, seconds: seconds, quantum: parts[0].quantum)
    }
    return true
  }

  /// Whether both hold the same values, one repeating the other.
  func repeats(_ other: MeasuredSeries) -> Bool {
    unit == other.unit && parts.map(\.samples) == other.parts.map(\.samples)
  }
}
