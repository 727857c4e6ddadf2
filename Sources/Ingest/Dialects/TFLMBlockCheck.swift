/// Something to report about a block.
struct TFLMFault: Sendable, Equatable {
  var severity: Severity
  var place: Place
  var rule: String
  var message: String
  var remedy: String

  /// Two readings of the same thing that differ.
  static func contradiction(_ place: Place, _ message: String) -> TFLMFault {
    TFLMFault(
      severity: .error, place: place, rule: "contradicting-readings", message: message,
      remedy: "The log is damaged here; record it again. What cannot be trusted is left out.")
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
  /// The operators of the block.
  let operators: [TFLMEvent]
  /// Sum of the operators' ticks; nil when one never ended.
  let sum: UInt64?

  private(set) var faults: [TFLMFault] = []
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
  private(set) var staleSum: (tag: String, printed: TFLMReading, sum: UInt64)?
  private(set) var agreement = Agreement.unknown

  init(_ block: TFLMBlock, names: [String], ticks: TFLMTickKnowledge) {
    self.block = block
    self.names = names
    self.ticks = ticks
    bounds = ticks.bounds
    operators = block.operators
    sum = Self.sum(operators)
    let contradictions = compareSums() + compareRows()
    faults += contradictions
    if !contradictions.isEmpty, !isConfirmed { isUsable = false }
    compareMilliseconds()
    compareInstructions()
    if isUsable { compareWhole() }
  }

  /// True when no event took a single tick.
  var isAllZero: Bool { !operators.isEmpty && operators.allSatisfy { $0.ticks == 0 } }

  private static func sum(_ events: [TFLMEvent]) -> UInt64? {
    var sum: UInt64 = 0
    for event in events {
      guard let ticks = event.ticks else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(ticks)
      if overflow { return nil }
      sum = next
    }
    return sum
  }

  // MARK: sums

  private mutating func compareSums() -> [TFLMFault] {
    guard let sum, !operators.isEmpty else { return [] }
    var contradictions: [TFLMFault] = []
    for total in [block.operatorTotal, block.total].compactMap({ $0 }) {
      if total.value == sum {
        isConfirmed = true
      } else {
        contradictions.append(
          .contradiction(
            total.place, "the total is \(total.value) ticks, but the operators add up to \(sum)"))
      }
    }
    if let whole = block.whole, whole.iterations == 1, whole.unit == block.unit,
      whole.reading.value == sum
    {
      isConfirmed = true
    }
    return contradictions + compareTags(totalHolds: contradictions.isEmpty)
  }

  private mutating func compareTags(totalHolds: Bool) -> [TFLMFault] {
    guard !block.sums.isEmpty else { return [] }
    var own: [Int: UInt64] = [:]
    for event in operators { own[event.tag, default: 0] &+= event.ticks ?? 0 }
    var contradictions: [TFLMFault] = []
    var same = 0
    for (tag, printed) in block.sums {
      let expected = own[tag] ?? 0
      if printed.value == expected {
        same += 1
      } else if printed.value > expected, own[tag] != nil, totalHolds {
        // Older copies of MicroProfiler clear the tags but not their ticks.
        if staleSum == nil { staleSum = (names[tag], printed, expected) }
      } else if printed.value < expected || own[tag] == nil {
        contradictions.append(
          .contradiction(
            printed.place,
            "the sum for \(names[tag]) is \(printed.value) ticks, but its operators add up to "
              + "\(expected)"))
      }
    }
    let listed = Set(block.sums.map(\.tag))
    for (tag, _) in own.sorted(by: { $0.key < $1.key }) where !listed.contains(tag) {
      contradictions.append(
        .contradiction(
          block.sums[0].reading.place, "the table of sums has no row for \(names[tag])"))
    }
    if same == block.sums.count, contradictions.isEmpty { isConfirmed = true }
    return contradictions
  }

  // MARK: the table of events

  private mutating func compareRows() -> [TFLMFault] {
    guard !block.rows.isEmpty, !block.events.isEmpty else { return [] }
    var contradictions: [TFLMFault] = []
    for (event, row) in zip(block.events, block.rows)
    where event.tag != row.tag || event.count != row.count {
      contradictions.append(
        .contradiction(
          row.place,
          "the table says \(words(row)), but line \(event.place.line) says \(words(event))"))
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
    "\(names[event.tag]) \(event.ticks.map { "\($0) ticks" } ?? "never ended")"
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
            TFLMFault(
              severity: .note, place: whole.reading.place, rule: "sum-differs-from-total",
              message: "the whole took \(whole.reading.value), the operators add up to \(sum)",
              remedy: "Time between operators explains it, or a damaged digit; compare a new log."))
        }
      } else if let tick, let perSecond = whole.unit.perSecond {
        judge(one / perSecond, operators * tick, allowance: 1e-3, slack: 2 * tick, whole.reading)
      }
    }
  }

  /// The operators are part of the whole, and little else is.
  private mutating func judge(
    _ whole: Double, _ operators: Double, allowance: Double, slack: Double, _ reading: TFLMReading
  ) {
    let fits = operators <= whole + slack && whole <= 1.2 * operators + allowance
    agreement = fits ? .agrees : .contradicts(reading, factor: operators / max(whole, slack))
  }
}
