import Support

/// What one tick of a log stands for.
public enum TickLength: Sendable, Equatable {
  /// So many ticks pass in a second.
  case perSecond(Double)
  /// One tick is so many cycles of the CPU clock.
  case cycles(Double)
  /// One tick is one instruction (an emulator that counts them).
  case instructions

  /// Reads `1us`, `2.5ms`, `25MHz`, `cycles`, `1024cycles`, `instructions`; nil for anything else.
  public init?(text: String) {
    let lower = text.lowercased().filter { $0 != " " }
    if lower == "instructions" || lower == "instruction" {
      self = .instructions
      return
    }
    for (suffix, make) in Self.forms where lower.hasSuffix(suffix) {
      let digits = lower.dropLast(suffix.count)
      guard let value = digits.isEmpty ? 1 : Double(digits), value.isFinite, value > 0 else {
        return nil
      }
      let length = make(value)
      guard length.isUsable else { return nil }
      self = length
      return
    }
    return nil
  }

  /// The canonical text, the same for the same length: `1000000Hz` for 1 us, `1024cycles`.
  public var text: String {
    switch self {
    case .perSecond(let number): "\(Format.shortest(number))Hz"
    case .cycles(let number): number == 1 ? "cycles" : "\(Format.shortest(number))cycles"
    case .instructions: "instructions"
    }
  }

  /// False where the unit's factor made the number infinite or zero.
  private var isUsable: Bool {
    switch self {
    case .perSecond(let number), .cycles(let number): number.isFinite && number > 0
    case .instructions: true
    }
  }

  private static let forms: [(String, @Sendable (Double) -> TickLength)] = [
    ("cycles", { .cycles($0) }), ("cycle", { .cycles($0) }),
    ("ghz", { .perSecond($0 * 1e9) }), ("mhz", { .perSecond($0 * 1e6) }),
    ("khz", { .perSecond($0 * 1e3) }), ("hz", { .perSecond($0) }),
    ("ns", { .perSecond(1e9 / $0) }), ("us", { .perSecond(1e6 / $0) }),
    ("ms", { .perSecond(1e3 / $0) }), ("s", { .perSecond(1 / $0) }),
  ]
}

/// The unit a run's raw values are in.
public enum TimeUnit: String, Sendable, Codable {
  case seconds
  case cycles
  case instructions
  /// Ticks whose length nobody has said: no time can be given.
  case ticks

  /// For tables.
  public var words: String {
    switch self {
    case .seconds: "s"
    case .cycles: "cycles"
    case .instructions: "instructions"
    case .ticks: "ticks"
    }
  }
}
