import Support

/// Number of ticks as printed; an event that never ended shows the counter's -1.
enum TFLMCount: Sendable, Equatable {
  case finished(UInt64)
  case unfinished
  case overflowed(TFLMOverflow)

  /// The count that stands there as `magnitude` with or without a minus sign.
  ///
  /// - Parameter isEvent: whether -1 can mean that it never ended; a whole inference has no such mark.
  init(_ magnitude: UInt64, isNegative: Bool, isEvent: Bool = true) {
    let isMinusOne = isNegative ? magnitude == 1 : Self.minusOnes.contains(magnitude)
    if isMinusOne, isEvent {
      self = .unfinished
    } else if let overflow = TFLMOverflow(magnitude, isNegative: isNegative) {
      self = .overflowed(overflow)
    } else {
      self = .finished(magnitude)
    }
  }

  /// -1 of 32 and of 64 bits, printed without its sign.
  private static let minusOnes: Set<UInt64> = [UInt64(UInt32.max), UInt64.max]

  /// The ticks; nil where they cannot be taken for what they say.
  var ticks: UInt64? {
    if case .finished(let ticks) = self { ticks } else { nil }
  }

  var overflow: TFLMOverflow? {
    if case .overflowed(let overflow) = self { overflow } else { nil }
  }

  /// What 32 bits keep of the number; nil for an event that never ended.
  var low: UInt32? {
    switch self {
    case .finished(let ticks): UInt32(truncatingIfNeeded: ticks)
    case .overflowed(let overflow): overflow.low
    case .unfinished: nil
    }
  }

  /// True when both stand for the same number: where one of them overflowed, of 32 bits.
  func agrees(with other: TFLMCount) -> Bool {
    if self == other { return true }
    guard overflow != nil || other.overflow != nil, let low else { return false }
    return low == other.low
  }

  /// True when this is `sum`, or what 32 bits keep of it where they do not hold it.
  func isSum(_ sum: UInt64) -> Bool {
    if let ticks, ticks == sum { return true }
    return (overflow != nil || sum > UInt64(UInt32.max)) && low == UInt32(truncatingIfNeeded: sum)
  }

  /// "40123 ticks", "-1500000000 ticks".
  var words: String {
    switch self {
    case .finished(let ticks): "\(ticks) ticks"
    case .unfinished: "never ended"
    case .overflowed(let overflow): "\(overflow.printed) ticks"
    }
  }
}

/// Ticks that no counter gives that runs forward and holds them.
///
/// Ticks are the difference of two readings of a counter, mostly of 32 bits, printed with a sign or
/// without. A difference of 2^31 or more, printed with a sign, is negative. So is a small one when
/// the counter runs down, as SysTick does, or when start and end are swapped; printed without a sign
/// it is just below 2^32.
struct TFLMOverflow: Sendable, Equatable {
  /// So near below 2^32 (or, negative, so near below 0) a count is a small difference of the wrong
  /// sign. To be true it would have to exceed 4.0e9 ticks, which is 27 s at 150 MHz and 67 minutes
  /// at 1 us for one operator, and an operator that took 7 % longer would have wrapped unseen. A
  /// counter that runs down gives it for all that takes up to 2.7e8 ticks, 1.8 s at 150 MHz.
  static let window: UInt64 = 1 << 28

  private let magnitude: UInt64
  private let isNegative: Bool
  /// The lower 32 bits of the number.
  let low: UInt32
  /// What it most likely should be.
  let candidate: UInt64
  /// The difference has the wrong sign; otherwise it was too large for its format.
  let isBackwards: Bool

  /// nil when the number is one that a counter gives.
  init?(_ magnitude: UInt64, isNegative: Bool) {
    (self.magnitude, self.isNegative) = (magnitude, isNegative)
    let half: UInt64 = 1 << 31
    let full: UInt64 = 1 << 32
    if isNegative {
      guard magnitude > 0 else { return nil }
      isBackwards = magnitude <= Self.window || magnitude > half
      candidate = isBackwards ? magnitude : full - magnitude
      low = 0 &- UInt32(truncatingIfNeeded: magnitude)
    } else {
      let is64 = magnitude > UInt64(Int64.max)
      guard is64 || magnitude < full && magnitude >= full - Self.window else { return nil }
      isBackwards = true
      candidate = is64 ? 0 &- magnitude : full - magnitude
      low = UInt32(truncatingIfNeeded: magnitude)
    }
  }

  /// As it stands in the log.
  var printed: String { (isNegative ? "-" : "") + "\(magnitude)" }

  /// "-1500000000 ticks of CONV_2D are negative: the tick counter ran over 2^31".
  func fact(of what: String, unit: String) -> String {
    let problem =
      isNegative
      ? "are negative"
      : "are \(Format.grouped(candidate)) below 2^\(magnitude > UInt32.max ? 64 : 32)"
    let cause =
      isBackwards
      ? "the tick counter runs backwards, or start and end are swapped"
      : "the tick counter ran over 2^31"
    return "\(printed) \(unit) of \(what) \(problem): \(cause)"
  }

  /// What to do, with the number that it most likely should be.
  var remedy: String {
    (isBackwards
      ? "Subtract the other way round (\(Format.grouped(candidate)))"
      : "Use a slower tick, or read it as unsigned (\(Format.grouped(candidate)))")
      + "; a new recording would show the same."
  }

  /// "read as unsigned they are 2,794,967,296".
  var guess: String {
    isBackwards
      ? "the other way round they are \(Format.grouped(candidate))"
      : "read as unsigned they are \(Format.grouped(candidate))"
  }
}
