import Quantiles
import Support

/// Inferences of one shape in a row, and what they add to a run.
///
/// They are the same wherever they are read: behind what stands before them, or on another core before that
/// is known. What needs that is checked when they are appended to the run.
struct TFLMStretch: Sendable {
  /// Pairs of ticks and milliseconds of one operator whose bounds of the rate are known.
  private struct KnownPairs: Sendable {
    var milliseconds: UInt32
    var ticks: ClosedRange<UInt32>
  }

  let shape: TFLMShape
  /// The ticks per second that the log stated before them.
  let rate: UInt64?
  let start: Int
  private(set) var end: Int
  private(set) var times = 0
  /// What the first and the last of them took.
  private(set) var amounts: (first: Double, last: Double)?
  /// The bytes ended before anything differed.
  private(set) var isUnfinished = false
  /// What their ticks and milliseconds say of the rate.
  private(set) var bounds = TFLMTickRate()
  var tally: TFLMTally
  /// The number of the next block in the tally.
  private var number: UInt64
  private var knownPairs: [KnownPairs?]

  /// None yet, at `start`, to be added to a tally whose next block has that number.
  init(
    _ shape: TFLMShape, rate: UInt64?, at start: Int, into tally: consuming TFLMTally,
    number: UInt64 = 0
  ) {
    (self.shape, self.rate, self.start, end) = (shape, rate, start, start)
    (self.tally, self.number) = (tally, number)
    knownPairs = [KnownPairs?](repeating: nil, count: shape.names.count)
  }

  /// Takes in what follows, up to the first inference that must be looked at closely, or to `limit`.
  ///
  /// - Parameters:
  ///   - level: what the inference before took.
  ///   - known: what is known of the rate.
  mutating func read(
    _ bytes: Span<UInt8>, after level: Double? = nil, within known: TFLMTickRate = TFLMTickRate(),
    upTo limit: Int? = nil
  ) {
    var level = level
    bounds = known
    var storage = [UInt32](repeating: 0, count: shape.numberCount)
    var numbers = storage.mutableSpan
    let perUnit = shape.unit.perSecond ?? 1
    let divisor = rate.map { Double(max($0, 1)) }
    let tick =
      shape.unit.perSecond.map { 1 / $0 } ?? rate.flatMap { $0 > 0 ? 1 / Double($0) : nil }
    let compares = shape.unit == .ticks && shape.hasMilliseconds
    guard !compares || divisor != nil || bounds.isPossible else { return }
    let count = shape.names.count
    let first = shape.hasTime ? 1 : 0
    let step = shape.hasMilliseconds ? 2 : 1
    while end != limit {
      let match = shape.match(bytes, at: end, numbers: &numbers)
      guard case .same(let end) = match else {
        if case .unfinished = match { isUnfinished = true }
        return
      }
      var sum: UInt64 = 0
      for i in 0..<count { sum += UInt64(numbers[first + step * i]) }
      let amount = shape.hasTime ? Double(numbers[0]) : Double(sum)
      guard sum > 0, amount > 0, level.map({ LevelChange<Int>.isNear(amount, $0) }) ?? true else {
        return
      }
      if shape.hasTime, let tick {
        guard
          TFLMBlockCheck.fits(
            Double(numbers[0]) / 1e6, Double(sum) * tick, allowance: 1e-3, slack: 2 * tick + 1e-6)
        else { return }
      }
      if compares {
        var bounds = self.bounds
        for i in 0..<count {
          guard
            isKnown(numbers[first + 2 * i], numbers[first + 2 * i + 1], of: i, divisor, &bounds)
          else { return }
        }
        self.bounds = bounds
      }
      if shape.hasTime { tally.latency.add(UInt64(numbers[0]), per: 1e6, block: number) }
      for i in 0..<count {
        tally.operators[i].add(UInt64(numbers[first + step * i]), per: perUnit)
      }
      tally.sums.add(sum, per: perUnit, block: number)
      number += 1
      times += 1
      self.end = end
      level = amount
      amounts = (amounts?.first ?? amount, amount)
    }
  }

  /// Whether a pair of ticks and milliseconds fits the rate and all pairs before; `bounds` take it in.
  ///
  /// Both bounds grow with the ticks, so those between two that are known, with the same milliseconds,
  /// say nothing new.
  private mutating func isKnown(
    _ amount: UInt32, _ milliseconds: UInt32, of position: Int, _ divisor: Double?,
    _ bounds: inout TFLMTickRate
  ) -> Bool {
    let known = knownPairs[position]
    let hasSame = known?.milliseconds == milliseconds
    if hasSame, known?.ticks.contains(amount) == true { return true }
    let pair = TFLMTickRate(ticks: UInt64(amount), milliseconds: UInt64(milliseconds))
    let both = bounds.intersection(pair)
    guard divisor.map(pair.contains) ?? (pair.isPossible && both.isPossible) else { return false }
    bounds = both
    var range = amount...amount
    if hasSame, let known {
      range = min(known.ticks.lowerBound, amount)...max(known.ticks.upperBound, amount)
    }
    knownPairs[position] = KnownPairs(milliseconds: milliseconds, ticks: range)
    return true
  }
}
