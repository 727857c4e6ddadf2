/// What the order of samples says: exact sums over values and over the squares of their successive
/// differences, in constant memory.
///
/// Values are whole multiples of one quantum (ticks, or units of the last printed digit), so every
/// sum is exact; a sum past 128 bits leaves the whole without an answer. They are counted from the
/// first value, which keeps the sums small. Parts of a log merge in its order.
///
/// A break ends a chain: the values before and behind it did not follow each other, because of a
/// reset or of something left out between them, and form no difference.
public struct SuccessiveDifferences: Sendable, Hashable, Codable {
  /// The number of values.
  public private(set) var count: UInt64 = 0
  private var first: UInt64 = 0
  private var last: UInt64 = 0
  /// Of all values.
  private var all = ExactMoments()
  /// Of the values on both sides of each break.
  private var ends = ExactMoments()
  /// Squared differences of values that follow each other.
  private var steps = ExactSum()
  /// Breaks between two values.
  private var breaks: UInt64 = 0
  /// There is a break before the first value.
  private var beginsAnew = false
  /// There is one behind the last value.
  private var isBroken = false

  /// No values.
  public init() {}

  /// Values that follow each other.
  public init(_ values: some Sequence<UInt64>) {
    self.init()
    for value in values { add(value) }
  }

  /// Adds the value that comes next.
  public mutating func add(_ value: UInt64) {
    if count == 0 {
      (first, beginsAnew, isBroken) = (value, isBroken, false)
    } else {
      join(with: value)
      all.add(fromFirst(value))
    }
    last = value
    count &+= 1
  }

  /// What comes next did not follow what came last.
  public mutating func `break`() { isBroken = true }

  /// Appends the part of the log behind this one.
  public mutating func append(_ next: SuccessiveDifferences) {
    if next.count == 0 {
      isBroken = isBroken || next.isBroken
    } else if count == 0 {
      let wasBroken = isBroken
      self = next
      beginsAnew = beginsAnew || wasBroken
    } else {
      isBroken = isBroken || next.beginsAnew
      join(with: next.first)
      let shift = fromFirst(next.first)
      all.add(next.all, count: Int128(next.count), shiftedBy: shift)
      ends.add(next.ends, count: 2 * Int128(next.breaks), shiftedBy: shift)
      steps.add(next.steps)
      (count, breaks) = (count &+ next.count, breaks &+ next.breaks)
      (last, isBroken) = (next.last, next.isBroken)
    }
  }

  /// The difference from the last value to the next, or the ends of two chains.
  private mutating func join(with value: UInt64) {
    if isBroken {
      ends.add(fromFirst(last))
      ends.add(fromFirst(value))
      breaks &+= 1
      isBroken = false
    } else {
      let step = Int128(value) - Int128(last)
      steps.add(step, times: step)
    }
  }

  private func fromFirst(_ value: UInt64) -> Int128 { Int128(value) - Int128(first) }
}

extension SuccessiveDifferences {
  /// The number of differences: of values that followed each other.
  public var differences: UInt64 { breaks < count ? count - 1 - breaks : 0 }

  /// The von Neumann ratio: the mean squared difference over the variance. Of independent values 2
  /// is expected, less where neighbours are alike. Nil where none followed another, where all are
  /// equal, and where a sum exceeded 128 bits.
  public var vonNeumannRatio: Double? {
    guard let spread, let steps = steps.value else { return nil }
    return Double(steps) / Double(differences) / (spread / Double(count - 1))
  }

  /// The autocorrelation at lag 1: over neighbours, the sum of the products of their deviations from
  /// the mean; over all, that of their squares. A first inference that is slow alone has one
  /// neighbour and adds nothing, while to the ratio above it would look like dependence. Nil as above.
  public var autocorrelation: Double? {
    guard let spread, let steps = steps.value, let sum = all.sum.value,
      let endSum = ends.sum.value, let endSquares = ends.squares.value
    else { return nil }
    let mean = Double(sum) / Double(count)
    let back = Double(fromFirst(last)) - mean
    // The values at the ends of chains, outermost and inner.
    let outer = mean * mean + back * back
    let inner = Double(endSquares) - 2 * mean * Double(endSum) + 2 * Double(breaks) * mean * mean
    // (a - b)^2 = a^2 + b^2 - 2ab, summed over neighbours.
    return (2 * spread - outer - inner - Double(steps)) / 2 / spread
  }

  /// The sum of squared deviations from the mean, in squared quanta.
  private var spread: Double? {
    guard differences > 0, let sum = all.sum.value, let squares = all.squares.value else {
      return nil
    }
    let n = Int128(count)
    let (scaled, a) = squares.multipliedReportingOverflow(by: n)
    let (squared, b) = sum.multipliedReportingOverflow(by: sum)
    let (difference, c) = scaled.subtractingReportingOverflow(squared)
    let spread = Double(difference) / Double(count)
    return a || b || c || spread <= 0 ? nil : spread
  }
}
