import Support

extension Diagnostic {
  static let overflowRule = "tick-overflow"

  /// A counter that overflowed or runs backwards.
  static func overflow(_ place: TextPlace, _ message: String, _ remedy: String) -> Diagnostic {
    Diagnostic(overflowRule, message, remedy: remedy, place: Place(place), severity: .warning)
  }

  /// Two readings of the same thing that differ.
  static func contradiction(_ place: TextPlace, _ message: String) -> Diagnostic {
    Diagnostic(
      "contradicting-readings", message,
      remedy: "The log is damaged here; record it again. What cannot be trusted is left out.",
      place: Place(place))
  }
}

/// What is known about the clock behind a run's ticks.
struct TFLMTickKnowledge: Sendable {
  /// Ticks per second as the log prints them, while nothing contradicts that.
  var rate: UInt64?
  /// Rates that the pairs of ticks and milliseconds read so far allow.
  var bounds = TFLMTickRate()
  /// Ticks are instructions of an emulator.
  var isEmulated = false
}

/// Compares everything a block says twice.
///
/// Where two readings differ, neither is believed unless a third one confirms the events.
struct TFLMBlockCheck: Sendable {
  /// How the sum of the operators relates to the time of the whole inference.
  enum Agreement: Sendable, Equatable {
    case unknown
    case agrees
    case contradicts(TFLMReading, factor: Double)
  }

  private let block: TFLMBlock
  private let names: [String]
  private let ticks: TFLMTickKnowledge
  /// The log ends, or the board resets, where the block does.
  private let isCutOff: Bool
  /// The operators of the block, or its sums over a kind.
  let operators: [TFLMEvent]
  /// Sum of the operators' ticks; nil when one never ended or overflowed.
  let sum: UInt64?

  private(set) var faults: [Diagnostic] = []
  /// Some other reading repeats all the events.
  private(set) var isConfirmed = false
  /// Positions of operators whose ticks cannot be trusted.
  private(set) var withheld: Set<Int> = []
  private(set) var isUsable = true
  private(set) var isLatencyTrusted = true
  /// The log's ticks per second fit none of the events.
  private(set) var isRateContradicted = false
  /// The rate's bounds after this block.
  private(set) var bounds: TFLMTickRate
  private(set) var staleSum: TFLMKindSums.Stale?
  /// The sums over a kind hold earlier inferences, too; only the total counts.
  private(set) var isStale = false
  /// The sums over a kind are more than the total, and nothing explains it.
  private(set) var sumsExceedTotal = false
  private(set) var agreement = Agreement.unknown

  init(
    _ block: TFLMBlock, names: [String], ticks: TFLMTickKnowledge,
    earlier: TFLMEarlierSums = TFLMEarlierSums(),
    isCutOff: Bool = false
  ) {
    self.block = block
    self.names = names
    self.ticks = ticks
    self.isCutOff = isCutOff
    bounds = ticks.bounds
    var contradictions: [Diagnostic] = []
    if block.isOfKinds {
      let table = TFLMKindSums(block, earlier: earlier)
      (operators, sum) = (table.operators, table.whole)
      (isConfirmed, isStale, staleSum) = (table.isConfirmed, table.isUnusable, table.stale)
      sumsExceedTotal = table.exceedsTotal
      contradictions = table.contradiction.map { [$0] } ?? []
    } else {
      operators = Self.completed(block)
      sum = operators.sum
    }
    contradictions += compareSums() + compareRows()
    noteOverflows()
    faults += contradictions
    if !contradictions.isEmpty, !isConfirmed { isUsable = false }
    compareMilliseconds()
    compareInstructions()
    if isUsable { compareWhole() }
  }

  /// True when no event took a single tick.
  var isAllZero: Bool { !operators.isEmpty && operators.allSatisfy { $0.ticks == 0 } }

  /// Ticks of the whole inference by its operators; nil unless all of them can be trusted.
  var wholeTicks: UInt64? {
    guard withheld.isEmpty else { return nil }
    return operators.isEmpty ? block.total?.count.ticks : sum
  }

  /// False for an operator whose ticks stand for something else, or for nothing sure.
  func isTrusted(_ position: Int) -> Bool { !isStale && !withheld.contains(position) }

  /// The events; where one overflowed the table may give the same number as it is.
  private static func completed(_ block: TFLMBlock) -> [TFLMEvent] {
    var events = block.operators
    guard !block.events.isEmpty else { return events }
    for (i, row) in block.rows.enumerated() where i < events.count {
      if events[i].count.overflow != nil, row.ticks != nil, events[i].count.agrees(with: row.count)
      {
        events[i].count = row.count
      }
    }
    return events
  }

  // MARK: sums

  private mutating func compareSums() -> [Diagnostic] {
    guard !operators.isEmpty else { return [] }
    guard let sum else {
      confirmOverflowed()
      return []
    }
    var contradictions: [Diagnostic] = []
    if let total = block.operatorTotal {
      if total.value == sum {
        isConfirmed = true
      } else {
        contradictions.append(Self.wrongTotal(total.place, "\(total.value) ticks", sum))
      }
    }
    if let total = block.total, !block.isOfKinds {
      if total.count.isSum(sum) {
        isConfirmed = true
      } else {
        contradictions.append(Self.wrongTotal(total.place, total.count.words, sum))
      }
    }
    if let whole = block.whole, whole.iterations == 1, whole.unit == block.unit,
      whole.reading.value == sum
    {
      isConfirmed = true
    }
    guard !block.isOfKinds else { return contradictions }
    return contradictions + compareTags(sum, totalHolds: contradictions.isEmpty)
  }

  private static func wrongTotal(_ place: TextPlace, _ total: String, _ sum: UInt64) -> Diagnostic {
    .contradiction(place, "the total is \(total), but the operators add up to \(sum)")
  }

  /// Ticks that overflowed still add up to the total, of 32 bits.
  private mutating func confirmOverflowed() {
    guard let total = block.total?.count.low, !block.isOfKinds else { return }
    var low: UInt32 = 0
    for event in operators {
      guard let ticks = event.count.low else { return }
      low &+= ticks
    }
    if low == total { isConfirmed = true }
  }

  private mutating func compareTags(_ sum: UInt64, totalHolds: Bool) -> [Diagnostic] {
    guard !block.sums.isEmpty else { return [] }
    var own: [Int: UInt64] = [:]
    for event in operators { own[event.tag, default: 0] &+= event.ticks ?? 0 }
    var contradictions: [Diagnostic] = []
    var same = 0
    for printed in block.sums {
      let expected = own[printed.tag] ?? 0
      if printed.count.isSum(expected) {
        same += 1
      } else if printed.ticks.map({ $0 > expected }) ?? true, own[printed.tag] != nil, totalHolds {
        // Older copies of MicroProfiler clear the tags but not their ticks.
        if staleSum == nil {
          staleSum = TFLMKindSums.Stale(
            tag: printed.tag, printed: TFLMPrinted(count: printed.count, place: printed.place),
            own: expected)
        }
      } else if printed.ticks.map({ $0 < expected }) ?? true || own[printed.tag] == nil {
        contradictions.append(
          .contradiction(
            printed.place,
            "the sum for \(names[printed.tag]) is \(printed.count.words), but its operators add up "
              + "to \(expected)"))
      }
    }
    if isCutOff, block.hasCutRepetition { return contradictions }
    let listed = Set(block.sums.map(\.tag))
    for (tag, _) in own.sorted(by: { $0.key < $1.key }) where !listed.contains(tag) {
      contradictions.append(
        .contradiction(
          block.sums[0].place, "the table of sums has no row for \(names[tag])"))
    }
    if same == block.sums.count, contradictions.isEmpty { isConfirmed = true }
    return contradictions
  }

  // MARK: overflows

  private mutating func noteOverflows() {
    for event in operators {
      guard let overflow = event.count.overflow else { continue }
      note(overflow, of: names[event.tag], at: event.place, unit: block.unit)
    }
    if let whole = block.overflowedWhole, let overflow = whole.count.overflow {
      note(
        overflow, of: "the whole inference", at: whole.place, unit: block.overflowedWholeUnit)
      isLatencyTrusted = false
    }
    guard let total = block.total, let overflow = total.count.overflow else { return }
    guard let sum, isConfirmed else {
      return note(overflow, of: "the total", at: total.place, unit: .ticks)
    }
    faults.append(
      .overflow(
        total.place,
        "the total of \(overflow.printed) ticks ran over 2^31; the operators add up to \(sum)",
        "Nothing need be done: the operators count. A slower tick keeps the total in its range."))
  }

  private mutating func note(
    _ overflow: TFLMOverflow, of what: String, at place: TextPlace, unit: TFLMPrintedUnit
  ) {
    faults.append(.overflow(place, overflow.fact(of: what, unit: unit.words), overflow.remedy))
  }

  /// Lines whose number overflowed; a diagnostic speaks of each.
  var overflowedLines: Int { faults.count { $0.rule == Diagnostic.overflowRule } }

  // MARK: the table of events

  private mutating func compareRows() -> [Diagnostic] {
    guard !block.rows.isEmpty, !block.events.isEmpty else { return [] }
    var contradictions: [Diagnostic] = []
    for (event, row) in zip(block.events, block.rows)
    where event.tag != row.tag || !event.count.agrees(with: row.count) {
      contradictions.append(
        .contradiction(
          row.place,
          "the table says \(words(row)), but line \(event.place.line) says \(words(event))"))
    }
    if isCutOff, block.hasCutRepetition, block.rows.count < block.events.count {
      return contradictions
    }
    if block.events.count != block.rows.count {
      contradictions.append(
        .contradiction(
          block.rows[block.rows.count - 1].place,
          "the table has \(block.rows.count) events, but \(block.events.count) were logged"))
    }
    if contradictions.isEmpty { isConfirmed = true }
    return contradictions
  }

  private func words(_ event: TFLMEvent) -> String {
    "\(names[event.tag]) \(event.count.words)"
  }

  // MARK: milliseconds

  private mutating func compareMilliseconds() {
    guard block.unit == .ticks else { return }
    var pairs: [TFLMTickRate.Pair] = []
    for (position, event) in operators.enumerated() {
      guard let ticks = event.ticks, let milliseconds = event.milliseconds else { continue }
      pairs.append(
        .init(position: position, bounds: TFLMTickRate(ticks: ticks, milliseconds: milliseconds)))
    }
    if let whole = block.whole, whole.unit == .ticks, let milliseconds = whole.milliseconds {
      let bounds = TFLMTickRate(ticks: whole.reading.value, milliseconds: milliseconds)
      pairs.append(.init(position: operators.count, bounds: bounds))
    }
    var known = ticks.bounds
    if let rate = ticks.rate {
      // A rate of 0 divides by 1 on the device.
      let divisor = Double(max(rate, 1))
      let off = pairs.count { !$0.bounds.contains(divisor) }
      let telling = pairs.count { $0.bounds.low > 0 }
      if off > 1, off * 2 > telling, TFLMTickRate.outliers(pairs, among: known).count < off {
        isRateContradicted = true
      } else {
        known.low = divisor
        known.high = divisor
      }
    }
    let outliers = TFLMTickRate.outliers(pairs, among: known)
    for position in outliers {
      let isWhole = position == operators.count
      let place = isWhole ? block.whole?.reading.place : operators[position].place
      guard let place else { continue }
      faults.append(
        .contradiction(
          place,
          "ticks and milliseconds on this line do not fit "
            + (ticks.rate == nil || isRateContradicted
              ? "those of the other lines" : "the log's ticks per second")))
      if isWhole { isLatencyTrusted = isConfirmed }
      if !isWhole, !isConfirmed { withheld.insert(position) }
    }
    for pair in pairs where !outliers.contains(pair.position) {
      bounds = bounds.intersection(pair.bounds)
    }
  }

  // MARK: the whole inference

  /// An emulator that counts instructions prints the same number as microseconds of virtual time.
  private mutating func compareInstructions() {
    guard let instructions = block.invokeInstructions, let time = block.invokeTime,
      let rate = ticks.rate, rate > 0, !isRateContradicted
    else { return }
    let nanoseconds = (1e9 / Double(rate)).rounded()
    let isExact = nanoseconds >= 1 && UInt64(1e9 / nanoseconds) == rate
    let period = isExact ? nanoseconds / 1000 : 1e6 / Double(rate)
    let expected = (Double(instructions.value) * period).rounded(.down)
    let slack = isExact ? 0 : 2 + expected / Double(rate)
    guard abs(Double(time.value) - expected) > slack else { return }
    isLatencyTrusted = false
    faults.append(
      .contradiction(
        instructions.place,
        "\(instructions.value) instructions do not fit \(time.value) us on line "
          + "\(time.place.line) at \(rate) ticks per second"))
  }

  private mutating func compareWhole() {
    guard let sum, sum > 0, isLatencyTrusted else { return }
    let operators = Double(sum)
    var tick: Double?  // seconds
    if let perSecond = block.unit.perSecond {
      tick = 1 / perSecond
    } else if let rate = ticks.rate, rate > 0, !isRateContradicted {
      tick = 1 / Double(rate)
    }
    if let cycles = block.cycles {
      // LiteX counts ticks of 1024 cycles.
      let ratio = Double(cycles.value) / operators / 1024
      agreement = abs(ratio - 1) <= 0.01 ? .agrees : .contradicts(cycles, factor: ratio)
    } else if let whole = block.invokeInstructions {
      judge(Double(whole.value), operators, allowance: 1000, slack: 0, whole)
    } else if let whole = block.invokeTime, let tick, !ticks.isEmulated {
      judge(
        Double(whole.value) / 1e6, operators * tick, allowance: 1e-3, slack: 2 * tick + 1e-6, whole
      )
    } else if let whole = block.whole, !self.operators.isEmpty {
      let one = Double(whole.reading.value) / Double(whole.iterations)
      if whole.unit == block.unit {
        // Where the length of a tick is open, its milliseconds bound it from above.
        let millisecond = tick.map { 1e-3 / $0 } ?? bounds.high / 1000
        judge(one, operators, allowance: millisecond, slack: 0, whole.reading)
        if agreement == .agrees, whole.iterations == 1, whole.reading.value != sum {
          faults.append(
            Diagnostic(
              "sum-differs-from-total",
              "the whole took \(whole.reading.value), the operators add up to \(sum)",
              remedy: "Time between operators explains it, or a damaged digit; compare a new log.",
              place: Place(whole.reading.place), severity: .note))
        }
      } else if let tick, let perSecond = whole.unit.perSecond {
        judge(one / perSecond, operators * tick, allowance: 1e-3, slack: 2 * tick, whole.reading)
      }
    }
  }

  /// The operators are part of the whole, and little else is.
  static func fits(
    _ whole: Double, _ operators: Double, allowance: Double, slack: Double
  ) -> Bool {
    operators <= whole + slack && whole <= 1.2 * operators + allowance
  }

  private mutating func judge(
    _ whole: Double, _ operators: Double, allowance: Double, slack: Double, _ reading: TFLMReading
  ) {
    let fits = Self.fits(whole, operators, allowance: allowance, slack: slack)
    agreement = fits ? .agrees : .contradicts(reading, factor: operators / max(whole, slack))
  }
}
