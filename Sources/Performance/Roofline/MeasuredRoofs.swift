import Ingest
import Reference

/// What the micro-benchmarks of the logs say of one board in one state of its clocks and its flash.
struct MeasuredRoofs: Sendable, Equatable {
  /// Work per cycle of one core.
  struct Rate: Sendable, Equatable {
    var perCycle: Double
    /// The file that holds the fastest.
    var file: String
  }

  /// What must be equal for them to hold for a run; nil where the log does not say.
  struct State: Sendable, Equatable {
    var board: String
    var clockHz: Double
    var flash: String?
    var flashClockHz: Double?
    var xipCache: String?

    /// nil where board or clock are not known.
    init?(_ configuration: Configuration) {
      guard let board = configuration.text(.board), let clock = configuration.number(.clock),
        clock > 0
      else { return nil }
      self.board = board
      clockHz = clock
      flash = configuration.text(.flash)
      flashClockHz = configuration.number(.flashClock)
      xipCache = configuration.text(.xipCache)
    }

    /// False where both say something, and not the same.
    func fits(_ other: State) -> Bool {
      func agree<T: Equatable>(_ a: T?, _ b: T?) -> Bool { a == nil || b == nil || a == b }
      return board == other.board && clockHz == other.clockHz && agree(flash, other.flash)
        && agree(flashClockHz, other.flashClockHz) && agree(xipCache, other.xipCache)
    }

    /// "flash quad/2, XIP cache on".
    var words: String? {
      let parts = [flash.map { "flash \($0)" }, xipCache.map { "XIP cache \($0)" }]
      let known = parts.compactMap { $0 }
      return known.isEmpty ? nil : known.joined(separator: ", ")
    }
  }

  /// The line of a machine, by its id in `data/machines`, that a micro-benchmark measures.
  static let lines = [
    "int8_smlad": "int8", "fp32_vmul_vadd": "fp32", "fp32_vfma": "fp32-fma",
    "fp32_vmla": "fp32-fma", "sram_read": "sram", "sram_read_ldr": "sram",
    "flash_sequential_cached": "cache", "flash_sequential": "flash",
    "flash_random": "flash-random",
  ]

  /// Whether a line counts MACs, not bytes.
  static func isCompute(_ line: String) -> Bool { line.hasPrefix("int8") || line.hasPrefix("fp32") }

  /// Whether `machine` is the one they were measured on.
  func holds(for machine: RooflineMachine) -> Bool {
    machine.board == state.board && machine.clockHz == state.clockHz
      && machine.conditions == (state.words ?? RooflineMachine.unnamedConditions)
  }

  var state: State
  /// Whether flash is read as the bundled roofs assume.
  var hasDefaultFlash: Bool
  /// By the id of the line: the highest rate measured.
  var rates: [String: Rate] = [:]

  /// One for each state, in the order of the files; counts of an emulator are no rates in time.
  static func all(_ files: [IngestedFile]) -> [MeasuredRoofs] {
    var result: [MeasuredRoofs] = []
    for file in files {
      for one in MicroBenchmarkRate.all(file) {
        guard let line = lines[one.benchmark.name], let rate = one.perCycle(of: line),
          let state = State(one.benchmark.configuration)
        else { continue }
        let at = result.firstIndex { $0.state == state } ?? result.count
        if at == result.count {
          result.append(
            MeasuredRoofs(
              state: state, hasDefaultFlash: one.benchmark.configuration.hasDefaultFlash))
        }
        if rate > result[at].rates[line]?.perCycle ?? 0 {
          result[at].rates[line] = Rate(perCycle: rate, file: file.path)
        }
      }
    }
    return result
  }

  /// The most that the data sheet allows on a line; nil where it says nothing.
  func limit(_ line: String, _ machine: Machine) -> Double? {
    switch line {
    case "flash", "flash-random":
      if let mode = state.flash.map({ machine.flashMode($0) }) ?? machine.flashModes.first,
        let cache = machine.cache
      {
        return Double(cache.lineBytes) / mode.dataCycles
      }
      // Four bits for each cycle of the flash clock.
      return state.flashClockHz.map { $0 / 2 / state.clockHz }
    // Not known to the cycle; no instruction takes less than one.
    case "fp32-fma": return 1
    default:
      return machine.memoryRoof(line)?.bytesPerCycle
        ?? machine.computeRoofs.first { $0.id == line }?.macsPerCycle
    }
  }

  /// What is left to the clock's resolution and to rounding in the description.
  static let tolerance = 1.01

  /// Lines that were measured faster than can be.
  func impossible(_ machine: Machine) -> [(line: String, rate: Rate, limit: Double)] {
    rates.keys.sorted().compactMap { line in
      guard let rate = rates[line], let limit = limit(line, machine),
        rate.perCycle > limit * Self.tolerance
      else { return nil }
      return (line, rate, limit)
    }
  }
}
