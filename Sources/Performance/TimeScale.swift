import Ingest
import Statistics
import Support

/// Converts a run's raw values: each factor turns a value in `unit` into the wanted quantity.
struct TimeScale {
  /// CPU clock, Hz.
  var clockHz: Double?
  var tick: TickLength?

  init(_ configuration: Configuration) {
    clockHz = configuration.number(.clock).flatMap { $0 > 0 ? $0 : nil }
    tick = configuration.text(.tick).flatMap { TickLength(text: $0) }
  }

  private static let noTick = "nothing says how long a tick is; give it with --set tick=1us"
  static let noClock = noClock("--set")

  static func noClock(_ option: String) -> String {
    "the CPU clock is not known; give it with \(option) clock=150MHz"
  }
  private static let counted = "an emulator counted instructions; it has no time"

  func seconds(from unit: TimeUnit) -> Outcome<Double> {
    switch unit {
    case .seconds: .known(1)
    case .cycles: perCycle(1)
    case .instructions: .missing(reason: Self.counted)
    case .ticks:
      switch tick {
      case .perSecond(let rate): .known(1 / rate)
      case .cycles(let cycles): perCycle(cycles)
      case .instructions: .missing(reason: Self.counted)
      case nil: .missing(reason: Self.noTick)
      }
    }
  }

  func cycles(from unit: TimeUnit) -> Outcome<Double> {
    switch unit {
    case .seconds: clockHz.map { .known($0) } ?? .missing(reason: Self.noClock)
    case .cycles: .known(1)
    case .instructions: .missing(reason: Self.counted)
    case .ticks:
      switch tick {
      case .perSecond(let rate):
        clockHz.map { .known($0 / rate) } ?? .missing(reason: Self.noClock)
      case .cycles(let cycles): .known(cycles)
      case .instructions: .missing(reason: Self.counted)
      case nil: .missing(reason: Self.noTick)
      }
    }
  }

  func instructions(from unit: TimeUnit) -> Outcome<Double> {
    let measured = "the run was timed, its instructions were not counted"
    switch unit {
    case .instructions: return .known(1)
    case .ticks where tick == .instructions: return .known(1)
    default: return .missing(reason: measured)
    }
  }

  /// Ticks are kept as printed, whether or not somebody says how long one is.
  func ticks(from unit: TimeUnit) -> Outcome<Double> {
    switch unit {
    case .ticks: .known(1)
    case .seconds, .cycles, .instructions:
      .missing(reason: "the log counts in \(unit.words), not in ticks")
    }
  }

  private func perCycle(_ cycles: Double) -> Outcome<Double> {
    clockHz.map { .known(cycles / $0) } ?? .missing(reason: Self.noClock)
  }
}
