/// Follows the numbers of the lines, so that lost and repeated lines are noticed.
struct BenchLogSequence {
  enum Step: Equatable {
    case next
    /// The board booted again.
    case restart
    case repeated
    /// Lines `from` to `to` never came and were not among the damaged ones.
    case gap(UInt32, UInt32)
  }

  private(set) var lastNumber: UInt32?
  private var damaged: UInt32 = 0

  /// A line came that could not be read; it had a number of its own.
  mutating func damagedLine() { damaged &+= 1 }

  /// An intact line came; `isStart` when it is one that only stands at the start of a log.
  mutating func take(_ number: UInt32, isStart: Bool) -> Step {
    defer { damaged = 0 }
    guard let last = lastNumber else {
      lastNumber = number
      // A capture that starts late has lost what came before its first line.
      return number > damaged ? .gap(0, number - 1) : .next
    }
    if number > last {
      lastNumber = number
      let missing = number - last - 1
      return missing > damaged ? .gap(last + 1, number - 1) : .next
    }
    if isStart && number == 0 && last > 0 || number == 0 && last > 2 {
      lastNumber = number
      return .restart
    }
    return .repeated
  }
}
