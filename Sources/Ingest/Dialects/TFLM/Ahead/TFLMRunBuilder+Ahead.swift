import Quantiles
import Support

extension TFLMRunBuilder {
  /// Pairs of ticks and milliseconds of one operator whose bounds of the rate are in those of the run.
  struct KnownPairs: Sendable {
    var milliseconds: UInt32
    var ticks: ClosedRange<UInt32>
  }

  /// What was taken in at once.
  struct Taken {
    var times = 0
    var end: Int
    /// The last inference's amount.
    var level: Double
    /// The bytes ended before anything differed.
    var isUnfinished = false
  }

  /// Whether an inference like `shape` is one more of the run, whose reading changes nothing but samples.
  func goesOn(as shape: TFLMShape) -> Bool {
    guard let leader, suspect == nil, sequences[leader].agreeing.blocks >= 2,
      !sequences[leader].isOfKinds, sequences[leader].kinds == shape.kinds, unit == shape.unit,
      !ticks.isEmulated, basis == (shape.hasTime ? .invoke : .operators)
    else { return false }
    return shape.hasTime
      ? latencyUnit == .seconds && latencyQuantum == 1 / 1e6 : required == .nothing
  }

  /// Takes in inferences like `shape` as `close` would, one after the other, up to the first of which
  /// anything odd must be said.
  mutating func take(
    _ shape: TFLMShape, _ bytes: Span<UInt8>, from start: Int, firstLine: Int, level: Double,
    numbers: inout [UInt32]
  ) -> Taken {
    var taken = Taken(end: start, level: level)
    guard let leader else { return taken }
    var headNumbers = [UInt32](repeating: 0, count: shape.head.count)
    // Moved out and back, so that nothing is copied.
    var tally = sequences[leader].agreeing
    sequences[leader].agreeing = TFLMTally(operators: 0)
    defer { sequences[leader].agreeing = tally }
    let perUnit = shape.unit.perSecond ?? 1
    let divisor = ticks.rate.map { Double(max($0, 1)) }
    let tick =
      shape.unit.perSecond.map { 1 / $0 }
      ?? ticks.rate.flatMap { $0 > 0 ? 1 / Double($0) : nil }
    let compares = shape.unit == .ticks && shape.hasMilliseconds
    let count = shape.kinds.count
    if compares, knownPairs.count != count {
      knownPairs = [KnownPairs?](repeating: nil, count: count)
    }
    guard !compares || divisor != nil || ticks.bounds.isPossible else { return taken }
    let first = shape.hasTime ? 1 : 0
    let step = shape.hasMilliseconds ? 2 : 1
    while true {
      switch shape.match(bytes, at: taken.end, numbers: &numbers) {
      case .different: return taken
      case .unfinished:
        taken.isUnfinished = true
        return taken
      case .same(let end):
        // Whatever stands behind its lines may still belong to it.
        switch shape.matchHead(bytes, at: end, numbers: &headNumbers) {
        case .same: break
        case .different: return taken
        case .unfinished:
          taken.isUnfinished = true
          return taken
        }
        var sum: UInt64 = 0
        for i in 0..<count { sum += UInt64(numbers[first + step * i]) }
        let amount = shape.hasTime ? Double(numbers[0]) : Double(sum)
        guard sum > 0, amount > 0, LevelChange<Int>.isNear(amount, taken.level) else {
          return taken
        }
        if shape.hasTime, let tick {
          let operators = Double(sum) * tick
          guard
            TFLMBlockCheck.fits(
              Double(numbers[0]) / 1e6, operators, allowance: 1e-3, slack: 2 * tick + 1e-6)
          else { return taken }
        }
        if compares {
          var bounds = ticks.bounds
          for i in 0..<count {
            guard
              isKnown(
                numbers[first + 2 * i], numbers[first + 2 * i + 1], of: i, divisor, &bounds)
            else { return taken }
          }
          ticks.bounds = bounds
        }
        number += 1
        let line = firstLine + taken.times * shape.lineCount
        lastLine = max(lastLine, line + shape.lastOperatorLine)
        tally.enter(lines: shape.fates.read, at: TextPlace(line: line, column: 1))
        if shape.hasTime { tally.latency.add(UInt64(numbers[0]), per: 1e6, block: number) }
        for i in 0..<count {
          tally.operators[i].add(UInt64(numbers[first + step * i]), per: perUnit)
        }
        tally.sums.add(sum, per: perUnit, block: number)
        taken.times += 1
        taken.end = end
        taken.level = amount
      }
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
