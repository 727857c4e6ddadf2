/// The unit of the times of a run or micro-benchmark, as `unit=us` says it.
struct BenchLogUnit {
  static let words = "ns, us, cycles and instructions"

  let unit: TimeUnit
  /// How many of the log's unit are one of `unit`.
  let divisor: Double

  /// nil when the word is not known.
  init?(_ word: String?) {
    switch word {
    case "ns": (unit, divisor) = (.seconds, 1e9)
    case "us": (unit, divisor) = (.seconds, 1e6)
    case "cycles": (unit, divisor) = (.cycles, 1)
    case "instructions": (unit, divisor) = (.instructions, 1)
    default: return nil
    }
  }

  /// Microseconds and the like become seconds by one correctly rounded division, so that 58950 us
  /// is the same number as 0.05895 s. Order is kept.
  func time(_ raw: UInt64) -> Double { Double(raw) / divisor }
}
