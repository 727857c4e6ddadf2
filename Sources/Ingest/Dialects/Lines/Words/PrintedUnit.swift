/// A unit that stands beside a number of a line.
enum PrintedUnit: Sendable, Hashable {
  /// So many of them are a second.
  case time(perSecond: Double)
  /// So many cycles of the CPU.
  case cycles(Double)
  case ticks
  /// So many Hz.
  case hertz(Double)
  case framesPerSecond

  /// The unit that a word names, in whatever case; nil for any other word.
  init?(word: String) {
    guard let unit = Self.words[word] else { return nil }
    self = unit
  }

  /// What a run's samples are in; nil for what is no amount of time.
  var timeUnit: TimeUnit? {
    switch self {
    case .time: .seconds
    case .cycles: .cycles
    case .ticks: .ticks
    case .hertz, .framesPerSecond: nil
    }
  }

  /// A number of these in `timeUnit`.
  ///
  /// It is divided: 12.3 / 1e3 is the nearest number to 0.0123, 12.3 x 1e-3 is not.
  func value(_ number: Double) -> Double {
    switch self {
    case .time(let perSecond): number / perSecond
    case .cycles(let each): number * each
    case .ticks, .framesPerSecond: number
    case .hertz(let each): number * each
    }
  }

  /// As users write it in a pattern.
  var name: String {
    switch self {
    case .time(let perSecond): Self.times.first { $0.perSecond == perSecond }?.names[0] ?? "s"
    case .cycles: "cycles"
    case .ticks: "ticks"
    case .hertz(let each): each == 1 ? "Hz" : each == 1e3 ? "kHz" : each == 1e6 ? "MHz" : "GHz"
    case .framesPerSecond: "fps"
    }
  }

  private static let times: [(perSecond: Double, names: [String])] = [
    (
      1e9, ["ns", "nsec", "nsecs", "nanos", "nanosec", "nanosecs", "nanosecond", "nanoseconds"]
    ),
    (
      1e6,
      [
        "us", "µs", "μs", "usec", "usecs", "micros", "microsec", "microsecs", "microsecond",
        "microseconds", "mikrosekunden", "microsegundos", "microssegundos", "microsecondes",
        "microsecondi", "微秒", "マイクロ秒",
      ]
    ),
    (
      1e3,
      [
        "ms", "msec", "msecs", "millis", "millisec", "millisecs", "millisecond", "milliseconds",
        "millisekunden", "milisegundos", "milissegundos", "millisecondes", "millisecondi", "毫秒",
        "ミリ秒",
      ]
    ),
    (
      1,
      [
        "s", "sec", "secs", "second", "seconds", "sekunden", "segundos", "secondes", "secondi", "초",
        "秒",
      ]
    ),
  ]

  private static let words: [String: PrintedUnit] = {
    var words: [String: PrintedUnit] = [:]
    for (perSecond, names) in times {
      for name in names { words[name] = .time(perSecond: perSecond) }
    }
    for (name, each) in [("cycle", 1.0), ("kcycle", 1e3), ("mcycle", 1e6), ("gcycle", 1e9)] {
      words[name] = .cycles(each)
      words[name + "s"] = .cycles(each)
    }
    words["tick"] = .ticks
    words["ticks"] = .ticks
    for (name, each) in [("hz", 1.0), ("khz", 1e3), ("mhz", 1e6), ("ghz", 1e9)] {
      words[name] = .hertz(each)
    }
    words["fps"] = .framesPerSecond
    return words
  }()
}
