import Support

/// The clock that cycles and time of the same inferences allow.
///
/// A time is the difference of two readings of a timer, each cut off to a whole unit of its last digit, so it is
/// up to one unit off either way.
struct ClockInterval: Sendable, Equatable {
  /// In Hz.
  private(set) var low = 0.0
  private(set) var high = Double.infinity
  private(set) var count: UInt64 = 0

  /// Narrows it by an inference of so many `cycles` and `seconds`, printed to `quantum` seconds.
  mutating func take(cycles: Double, seconds: Double, quantum: Double) {
    guard cycles > 0 else { return }
    low = max(low, cycles / (seconds + quantum))
    if seconds > quantum { high = min(high, cycles / (seconds - quantum)) }
    count += 1
  }

  /// No clock makes all cycles and times agree.
  var isEmpty: Bool { count > 0 && low > high }

  /// "146 to 150.3 MHz".
  var words: String {
    guard high.isFinite else { return "at least \(Format.clock(low))" }
    let digits = (low / 1e6, high / 1e6)
    return
      "\(Format.significant(digits.0, digits: 4)) to \(Format.significant(digits.1, digits: 4)) MHz"
  }
}
