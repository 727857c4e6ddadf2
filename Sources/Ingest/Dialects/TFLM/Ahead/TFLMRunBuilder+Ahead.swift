import Support

extension TFLMRunBuilder {
  /// Whether an inference like `shape` is one more of the run, whose reading changes nothing but samples.
  func goesOn(as shape: TFLMShape) -> Bool {
    guard let leader, suspect == nil, sequences[leader].agreeing.blocks >= 2,
      !sequences[leader].isOfKinds, unit == shape.unit, !ticks.isEmulated,
      basis == (shape.hasTime ? .invoke : .operators), hasNames(shape.names, sequences[leader])
    else { return false }
    return shape.hasTime
      ? latencyUnit == .seconds && latencyQuantum == 1 / 1e6 : required == .nothing
  }

  private func hasNames(_ names: [String], _ sequence: TFLMSequence) -> Bool {
    sequence.kinds.count == names.count
      && sequence.kinds.indices.allSatisfy { tags.names[sequence.kinds[$0]] == names[$0] }
  }

  /// No inferences yet, for other places of a log whose inferences are like those of this run.
  func stretch(_ shape: TFLMShape, at start: Int) -> TFLMStretch? {
    guard goesOn(as: shape), let leader else { return nil }
    return TFLMStretch(
      shape, rate: ticks.rate, at: start, into: sequences[leader].agreeing.emptied)
  }

  /// Takes in inferences like `shape` as `close` would, one after the other, up to the first of which
  /// anything odd must be said, or to `limit`.
  mutating func take(
    _ shape: TFLMShape, _ bytes: Span<UInt8>, from start: Int, firstLine: Int, level: Double,
    upTo limit: Int?
  ) -> TFLMStretch? {
    guard let leader else { return nil }
    // Moved out and back, so that nothing is copied.
    let tally = sequences[leader].agreeing
    sequences[leader].agreeing = TFLMTally(operators: 0)
    var stretch = TFLMStretch(
      shape, rate: ticks.rate, at: start, into: consume tally, number: number + 1)
    stretch.read(bytes, after: level, within: ticks.bounds, upTo: limit)
    swap(&sequences[leader].agreeing, &stretch.tally)
    enter(stretch, firstLine: firstLine)
    return stretch
  }

  /// Appends inferences that were read before it was known what stands in front of them; false, and nothing is
  /// changed, where they do not go on as the run did.
  mutating func append(_ stretch: TFLMStretch, firstLine: Int, level: Double) -> Bool {
    let bounds = ticks.bounds.intersection(stretch.bounds)
    guard let leader, goesOn(as: stretch.shape), ticks.rate == stretch.rate,
      let first = stretch.amounts?.first, LevelChange<Int>.isNear(first, level),
      ticks.rate != nil || bounds.isPossible
    else { return false }
    sequences[leader].agreeing.append(stretch.tally, from: number + 1)
    enter(stretch, firstLine: firstLine)
    return true
  }

  /// Counts inferences whose times are in the tally.
  private mutating func enter(_ stretch: TFLMStretch, firstLine: Int) {
    guard let leader, stretch.times > 0 else { return }
    let shape = stretch.shape
    ticks.bounds = ticks.bounds.intersection(stretch.bounds)
    number += UInt64(stretch.times)
    let last = firstLine + (stretch.times - 1) * shape.lineCount
    lastLine = max(lastLine, last + shape.lastOperatorLine)
    sequences[leader].agreeing.enter(
      blocks: stretch.times, of: shape.lineCount, reading: shape.fates.read, from: firstLine)
  }
}
