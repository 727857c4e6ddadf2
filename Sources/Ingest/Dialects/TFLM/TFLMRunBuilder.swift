import Support

/// Collects the blocks of one run and makes the `Run` of them.
///
/// Memory is bounded: the current block, and samples of the few sequences of operators seen.
struct TFLMRunBuilder: Sendable {
  /// Different sequences of operators that are kept apart.
  static let sequenceLimit = 8

  /// How a block came to its end.
  enum Ending: Sendable {
    case marked, reset, endOfLog

    /// "the log ends inside this block".
    func inside(block words: String) -> String {
      switch self {
      case .marked: "another block begins inside \(words)"
      case .reset: "a reset cuts off \(words)"
      case .endOfLog: "the log ends inside \(words)"
      }
    }
  }

  /// The line that must give the time of the whole inference.
  enum Required: Sendable {
    case nothing, invoke
  }

  let file: String
  let dialect: Dialect
  let required: Required
  var firstLine: Int?
  var lastLine = 0
  var tags = TFLMTags()
  var configuration = Configuration()
  var ticks = TFLMTickKnowledge()
  var ratePlace: TextPlace?
  /// The program prints something behind the operators of every inference.
  var closesBlocks: Bool
  /// Place of a rate that the events contradict.
  private(set) var contradictedRate: TextPlace?
  /// Observations of the run; those of a run that came to nothing pass on to the next.
  var observations: [Observation]

  var sequences: [TFLMSequence] = []
  private(set) var leader: Int?
  private(set) var unit: TFLMPrintedUnit?
  private(set) var latencyUnit: TimeUnit?
  private(set) var latencyKind = LatencyKind.inference
  private(set) var latencyQuantum = 1.0
  /// All times of the whole are in the same printed unit, per as many inferences.
  private(set) var hasOneScale = true
  /// The number of the block that is entered; one more than the last where that came just before.
  var number: UInt64 = 0
  private(set) var iterations: UInt64 = 1
  private(set) var sawBlocks = false
  private(set) var dropped: (count: Int, line: Int, reason: String)?
  private(set) var oddTicks = TFLMOddTicks()
  private var sumsBefore = TFLMEarlierSums()
  /// The first table of sums, which are more than its total, until the next one shows whether they grow.
  private(set) var suspect: (block: TFLMBlock, ending: Ending)?
  /// What blocks are compared by; it must be the same for all.
  private(set) var basis: Basis?

  enum Basis: Sendable { case invoke, instructions, cycles, whole, operators }

  init(
    file: String, dialect: Dialect, required: Required, carrying observations: [Observation] = []
  ) {
    self.file = file
    self.dialect = dialect
    self.required = required
    self.observations = observations
    closesBlocks = required == .invoke
  }

  /// A builder for another run of the same boot: all that is not a measurement stays.
  func successor() -> TFLMRunBuilder {
    var next = TFLMRunBuilder(file: file, dialect: dialect, required: required)
    (next.tags, next.configuration, next.ticks) = (tags, configuration, ticks)
    (next.ratePlace, next.closesBlocks) = (ratePlace, closesBlocks)
    next.sumsBefore = sumsBefore
    return next
  }

  /// The tag that most likely stands at `position`.
  func expectedTag(at position: Int) -> Int? {
    guard let leader, position < sequences[leader].kinds.count else { return nil }
    return sequences[leader].kinds[position]
  }

  /// True when `block` has all the operators of the run.
  func isWhole(_ block: TFLMBlock) -> Bool {
    guard let leader else { return false }
    return matches(block, sequences[leader])
  }

  /// True when the operators of `block` are so different that they are another model's.
  func isForeign(_ block: TFLMBlock) -> Bool {
    guard let leader, block.doubt == nil, !block.operators.isEmpty else { return false }
    let sequence = sequences[leader]
    if sequence.isOfKinds != block.isOfKinds { return !sequence.kinds.isEmpty }
    let kinds = block.operators.map(\.tag)
    return !sequence.isCut(kinds) && !kinds.starts(with: sequence.kinds)
      && sequence.difference(kinds) > max(3, sequence.kinds.count / 4)
  }

  private func matches(_ block: TFLMBlock, _ sequence: TFLMSequence) -> Bool {
    let operators = block.operators
    guard operators.count == sequence.kinds.count, block.isOfKinds == sequence.isOfKinds else {
      return false
    }
    for i in operators.indices where operators[i].tag != sequence.kinds[i] { return false }
    return true
  }

  /// How much `block` took, in a unit that is the same for all blocks of the run; nil where that is not
  /// known or the operators are not those of the run.
  mutating func amount(of block: TFLMBlock) -> Double? {
    guard leader == nil || isWhole(block) else { return nil }
    let found: (basis: Basis, amount: Double?)
    if let whole = block.invokeInstructions, ticks.isEmulated {
      found = (.instructions, Double(whole.value))
    } else if let cycles = block.cycles {
      found = (.cycles, Double(cycles.value))
    } else if let time = block.invokeTime, !ticks.isEmulated {
      found = (.invoke, Double(time.value))
    } else if let whole = block.whole {
      found = (.whole, Double(whole.reading.value) / Double(whole.iterations))
    } else {
      let check = TFLMBlockCheck(block, names: tags.names, ticks: ticks, earlier: sumsBefore)
      found = (.operators, check.wholeTicks.map { Double($0) })
    }
    guard let amount = found.amount, basis == nil || basis == found.basis else { return nil }
    basis = found.basis
    return amount
  }

  /// Leaves `block` out, and says why.
  mutating func drop(
    _ block: TFLMBlock, at place: TextPlace, _ severity: Severity, rule: String, _ reason: String,
    remedy: String, into sink: inout Sink
  ) {
    sink.report(severity, at: place, rule: rule, reason, remedy: remedy)
    count(dropped: 1, lines: block.readLines, line: place.line, reason, into: &sink)
  }

  mutating func count(
    dropped blocks: Int, lines: Int, line: Int, _ reason: String, into sink: inout Sink
  ) {
    sink.retract(lines: lines)
    number += 1
    dropped = (blocks + (dropped?.count ?? 0), dropped?.line ?? line, dropped?.reason ?? reason)
  }

  // MARK: closing a block

  /// Checks `block` and takes what can be trusted.
  mutating func close(_ block: TFLMBlock, _ ending: Ending, into sink: inout Sink) {
    sawBlocks = true
    if firstLine == nil { firstLine = block.first.line }
    lastLine = max(lastLine, block.last.line)
    guard !block.isTooLong else {
      drop(
        block, at: block.first, .error, rule: "too-many-events",
        "a block has more than \(TFLMBlock.limit) events or tags, and is left out",
        remedy: "MicroProfiler holds 4096 events; record the log again.", into: &sink)
      return
    }
    let check = TFLMBlockCheck(
      block, names: tags.names, ticks: ticks, earlier: sumsBefore, isCutOff: ending != .marked)
    let isFirst = sumsBefore.rows.isEmpty
    for row in block.sums { sumsBefore.rows[row.tag] = row.ticks }
    if isFirst, check.sumsExceedTotal {
      suspect = (block, ending)
      return
    }
    if block.isOfKinds, check.isConfirmed, !isFirst {
      sumsBefore.isGrowing = check.staleSum != nil
    }
    settleSuspect(into: &sink)
    accept(block, check, ending, into: &sink)
  }

  /// Decides about the first table of sums; the one behind it has shown whether they grow.
  mutating func settleSuspect(into sink: inout Sink) {
    guard let (block, ending) = suspect else { return }
    suspect = nil
    let earlier = TFLMEarlierSums(isGrowing: sumsBefore.isGrowing)
    let check = TFLMBlockCheck(
      block, names: tags.names, ticks: ticks, earlier: earlier, isCutOff: ending != .marked)
    accept(block, check, ending, into: &sink)
  }

  /// `block`, without its total where the log ends in the middle of that number.
  func withoutCutTotal(_ block: TFLMBlock, _ ending: Ending) -> TFLMBlock {
    guard ending == .endOfLog, TFLMKindSums.hasCutTotal(block, earlier: sumsBefore) else {
      return block
    }
    var rest = block
    rest.total = nil
    return rest
  }

  private mutating func accept(
    _ block: TFLMBlock, _ check: TFLMBlockCheck, _ ending: Ending, into sink: inout Sink
  ) {
    // What stands behind a heading or a boot does not follow what stood before.
    number += block.isHeaded ? 2 : 1
    guard isComplete(block, check, ending, into: &sink) else { return }
    let cut = cutOff(block, check, ending)
    if let cut, let leader, sequences[leader].cut == nil {
      drop(
        block, at: cut, .warning, rule: "log-ends-in-block",
        ending.inside(block: "this block") + "; it is left out",
        remedy: "Let the capture run until the block is whole.", into: &sink)
      return
    }
    for fault in check.faults {
      sink.report(fault)
    }
    if check.isRateContradicted { contradictRate(into: &sink) }
    guard check.isUsable else {
      count(
        dropped: 1, lines: block.readLines, line: block.first.line,
        "two readings of the same ticks differ", into: &sink)
      return
    }
    guard unit == nil || unit == block.unit || block.operators.isEmpty else {
      drop(
        block, at: block.first, .error, rule: "differing-units",
        "the block's times are in another unit than those of the blocks before",
        remedy: "The log is damaged here; record it again.", into: &sink)
      return
    }
    guard let index = sequence(for: block, check, into: &sink) else { return }
    if !block.operators.isEmpty { unit = block.unit }
    if ending != .marked, block.hasCutRepetition, cut == nil {
      reportCutTable(block, ending, into: &sink)
    }
    enter(block, check, index, cut: cut, into: &sink)
  }

  private mutating func isComplete(
    _ block: TFLMBlock, _ check: TFLMBlockCheck, _ ending: Ending, into sink: inout Sink
  ) -> Bool {
    let whole = isWhole(block)
    if ending == .reset, !check.isConfirmed, !whole, block.paused == nil {
      drop(
        block, at: block.first, .warning, rule: "reset-in-block",
        "a reset cuts this block off; it is left out",
        remedy: "Nothing need be done if the blocks around it suffice.", into: &sink)
      return false
    }
    // An emulator's microseconds are no time.
    let time = ticks.isEmulated ? block.invokeInstructions : block.invokeTime
    let isHeaderOnly = block.operators.isEmpty && time == nil && block.whole == nil
    if isHeaderOnly, block.total == nil {
      drop(
        block, at: block.first, .warning, rule: "empty-block",
        "a block has no operators and no time", remedy: "Record the log again.", into: &sink)
      return false
    }
    if let leader, ending == .endOfLog, !whole, !check.isConfirmed,
      sequences[leader].kinds.starts(with: block.operators.map(\.tag)),
      block.operators.count < sequences[leader].kinds.count
    {
      drop(
        block, at: block.last, .warning, rule: "log-ends-in-block",
        "the log ends inside this block; it is left out",
        remedy: "Let the capture run until the block is whole.", into: &sink)
      return false
    }
    return true
  }

  private mutating func contradictRate(into sink: inout Sink) {
    sink.report(
      .error, at: ratePlace, rule: "contradicting-readings",
      "\(ticks.rate ?? 0) ticks per second do not fit the ticks and milliseconds of the events",
      remedy: "The line is damaged; say the length of a tick with --set tick=1us.")
    if ratePlace != nil { sink.retract(lines: 1) }
    contradictedRate = ratePlace
    ticks.rate = nil
    configuration.remove(.tick)
  }

  // MARK: sequences

  /// Index of the sequence that `block` belongs to; nil when the block was dropped for it.
  private mutating func sequence(
    for block: TFLMBlock, _ check: TFLMBlockCheck, into sink: inout Sink
  ) -> Int? {
    if let leader, matches(block, sequences[leader]) { return leader }
    if let known = sequences.firstIndex(where: { matches(block, $0) }) { return known }
    if let leader, sequences[leader].blocks >= 2 || sequences.count >= Self.sequenceLimit {
      let kinds = block.operators.map(\.tag)
      let position = sequences[leader].firstDifference(kinds)
      let place = position < kinds.count ? block.operators[position].place : block.last
      drop(
        block, at: place, .warning, rule: "differing-operators",
        differing(kinds, from: sequences[leader], at: position)
          + "; a line is missing, extra or damaged, and the block is left out",
        remedy: "Nothing need be done if the other blocks suffice.", into: &sink)
      return nil
    }
    sequences.append(
      TFLMSequence(block.operators, isOfKinds: block.isOfKinds, names: tags.names))
    return sequences.count - 1
  }

  func differing(
    _ kinds: [Int], from sequence: TFLMSequence, at position: Int
  ) -> String {
    func name(_ list: [Int]) -> String {
      position < list.count ? tags.names[list[position]] : "nothing"
    }
    return "operator \(position) is \(name(kinds)) where other blocks have \(name(sequence.kinds))"
  }

  // MARK: samples

  private mutating func enter(
    _ block: TFLMBlock, _ check: TFLMBlockCheck, _ index: Int, cut: TextPlace?,
    into sink: inout Sink
  ) {
    if check.isConfirmed { sequences[index].confirmed += 1 }
    // What stands behind the last operator is where it was cut off.
    let doubt = cut != nil && cut == block.doubt ? nil : block.doubt
    sequences[index].weigh(
      doubt: check.isConfirmed ? nil : doubt, cut: cut,
      isOpenEnded: !check.isConfirmed && !block.isClosed)
    if block.whole != nil || !block.rows.isEmpty { sequences[index].isMarked = true }
    ticks.bounds = check.bounds
    oddTicks.note(block, check, tags)
    var contradicts = false
    var place = block.first
    if cut == nil, case .contradicts(let reading, let factor) = check.agreement {
      contradicts = true
      place = reading.place
      sequences[index].contradicting.factor = max(
        sequences[index].contradicting.factor, factor)
    }
    let time = latency(block, check, isCut: cut != nil, into: &sink)
    let number = number
    // These lines are taken back now, so not once more should the block be left out later.
    let withheld = (check.isAllZero ? 0 : check.withheld.count) + check.overflowedLines
    sequences[index].update(contradicting: contradicts) { tally in
      tally.enter(lines: block.readLines - withheld, at: place)
      if let time { tally.latency.add(time.value, per: time.divisor, block: number) }
      if !check.isAllZero { tally.enter(block, check, isWhole: cut == nil, number: number) }
    }
    sink.retract(lines: withheld)
    if let leader, !sequences[index].outweighs(sequences[leader]) { return }
    leader = index
  }

  /// The time of the whole inference, and how many of the number printed there are in one of its unit,
  /// which is the same in every block of a run.
  private mutating func latency(
    _ block: TFLMBlock, _ check: TFLMBlockCheck, isCut: Bool, into sink: inout Sink
  ) -> (value: UInt64, divisor: Double)? {
    guard check.isLatencyTrusted else { return nil }
    let found: (value: UInt64, unit: TimeUnit, divisor: Double)?
    if ticks.isEmulated {
      found = block.invokeInstructions.map { ($0.value, .instructions, 1) }
    } else if let cycles = block.cycles {
      found = (cycles.value, .cycles, 1)
    } else if let time = block.invokeTime {
      found = (time.value, .seconds, 1e6)
    } else if let whole = block.whole {
      let divisor = (whole.unit.perSecond ?? 1) * Double(whole.iterations)
      found =
        whole.reading.value > 0
        ? (whole.reading.value, whole.unit == .ticks ? .ticks : .seconds, divisor) : nil
      iterations = whole.iterations
      latencyKind = whole.iterations == 1 ? .inference : .window
    } else {
      found = nil
    }
    guard let found else {
      if required == .invoke, !isCut, block.overflowedWhole == nil {
        let name = ticks.isEmulated ? "invoke_insns" : "invoke_time"
        sink.report(
          .warning, at: block.first, rule: "missing-line",
          "the block has no readable '\(name)' line; only its operators count",
          remedy: "Nothing need be done if the other blocks suffice.")
      }
      return nil
    }
    guard latencyUnit == nil || latencyUnit == found.unit else { return nil }
    hasOneScale = hasOneScale && (latencyUnit == nil || latencyQuantum == 1 / found.divisor)
    latencyUnit = found.unit
    latencyQuantum = 1 / found.divisor
    return (found.value, found.divisor)
  }
}
