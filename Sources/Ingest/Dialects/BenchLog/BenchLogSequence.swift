import BenchLog

/// Follows the numbers of the lines, so that lost and repeated lines are noticed.
struct BenchLogSequence {
  enum Step: Equatable {
    case next
    /// The board booted again; `lost` are the lines of that boot that never came.
    case restart(lost: ClosedRange<UInt32>?)
    /// An echo of a line that came just before.
    case repeated
    /// Lines that never came and were not among the damaged ones.
    case gap(ClosedRange<UInt32>)
  }

  /// How far back an echo is looked for, in lines: short, since the first lines of a new boot may
  /// well be the same as those of the last.
  static let echoReach = 4

  private var last: UInt32?
  private var damaged: UInt32 = 0
  private var recent: [(number: UInt32, checksum: UInt32)] = []
  /// The one of them that came first, once there are enough.
  private var oldest = 0

  /// A line came that could not be read; it had a number of its own.
  mutating func damagedLine() { damaged &+= 1 }

  /// Whether the line of this number follows the last one.
  func isNext(_ number: UInt32) -> Bool { number > 0 && number &- 1 == last }

  /// An intact line came.
  mutating func take(_ line: DecodedLine) -> Step {
    let number = line.sequence
    let isEcho = recent.contains { $0.number == number && $0.checksum == line.checksum }
    guard let last, number <= last else {
      let lost = lost(last.map { $0 + 1 } ?? 0, number)
      note(number, line.checksum)
      return lost.map { .gap($0) } ?? .next
    }
    // The start of a log that comes again behind other lines is a boot, even if it says the same.
    if isEcho, !(line.record == .log && number < last) {
      damaged = 0
      return .repeated
    }
    recent = []
    oldest = 0
    let lost = lost(0, number)
    note(number, line.checksum)
    return .restart(lost: lost)
  }

  /// That line is the last one now.
  mutating func note(_ number: UInt32, _ checksum: UInt32) {
    last = number
    damaged = 0
    guard recent.count == Self.echoReach else { return recent.append((number, checksum)) }
    recent[oldest] = (number, checksum)
    oldest = (oldest + 1) % Self.echoReach
  }

  /// The lines from `first` to the one before `number`, unless damaged ones account for them.
  private func lost(_ first: UInt32, _ number: UInt32) -> ClosedRange<UInt32>? {
    number > first && number - first > damaged ? first...number - 1 : nil
  }
}
