import Core
import Ingest
import Support

/// A micro-benchmark of a log with what reading the clock cost, and the rates that follow.
public struct MicroBenchmarkRate: Sendable, Equatable {
  /// As it was read.
  public var benchmark: MicroBenchmark
  /// Shortest time of one repetition without the clock's cost, in the benchmark's unit: a roof is what
  /// can be reached at most.
  public var amount: Double

  /// The micro-benchmarks of a file, in its order.
  public static func all(_ file: IngestedFile) -> [MicroBenchmarkRate] {
    var clocks: [(configuration: Configuration, unit: TimeUnit, cost: Double)] = []
    for one in file.microBenchmarks where one.name == "clock" {
      clocks.append((one.configuration, one.unit, one.shortest))
    }
    return file.microBenchmarks.map { one in
      let clock = clocks.first { $0.configuration == one.configuration && $0.unit == one.unit }
      let cost = one.name == "clock" ? 0 : clock?.cost ?? 0
      // A cost of the same size as the time would leave nothing to divide by.
      return MicroBenchmarkRate(
        benchmark: one, amount: cost < one.shortest / 2 ? one.shortest - cost : one.shortest)
    }
  }

  /// Whether an emulator counted instructions.
  public var isEmulated: Bool { benchmark.unit == .instructions }
  /// Instructions of one repetition; nil where it was timed.
  public var instructions: Double? { isEmulated && amount > 0 ? amount : nil }
  /// Cycles of the CPU clock; nil where they are not known.
  public var cycles: Double? {
    guard amount > 0 else { return nil }
    switch benchmark.unit {
    case .cycles: return amount
    case .seconds: return benchmark.configuration.number(.clock).map { amount * $0 }
    default: return nil
    }
  }

  /// The line of a machine that it measures, by its id; nil where it measures none.
  public var line: String? { isEmulated ? nil : MeasuredRoofs.lines[benchmark.name] }

  /// MACs or bytes per cycle, whichever the line of a machine is in.
  func perCycle(of line: String) -> Double? {
    // Said to be a count of an emulator, whatever its unit.
    guard benchmark.configuration.origin ?? .measured == .measured, let cycles else {
      return nil
    }
    let work = MeasuredRoofs.isCompute(line) ? benchmark.macs : benchmark.bytes
    guard let work, work > 0 else { return nil }
    return Double(work) / cycles
  }
}

extension MicroBenchmarkRate: FieldsEncodable {
  /// What was measured, and the rates that follow.
  public var fields: Fields {
    let configuration = benchmark.configuration
    let unsaid = "the log does not say"
    let noMACs = "it is not about MACs"
    let noBytes = "it is not about bytes"
    let uncounted = "the board does not count them"
    let noCycles =
      isEmulated
      ? "an emulator counted instructions; it has no time" : "the CPU clock is not known"
    func perCycle(_ work: UInt64?, _ noWork: String) -> Outcome<Double> {
      Outcome(work, or: noWork).flatMap { work in
        Outcome(cycles, or: noCycles).map { Double(work) / $0 }
      }
    }
    return [
      "name": benchmark.name, "file": benchmark.source.file,
      "board": Outcome(configuration.text(.board), or: unsaid),
      "clock_hz": Outcome(configuration.number(.clock), or: unsaid),
      "flash": Outcome(configuration.text(.flash), or: unsaid),
      "origin": configuration.origin ?? .measured,
      "repetitions": benchmark.repetitions, "cycles": Outcome(cycles, or: noCycles),
      "instructions": Outcome(instructions, or: "only an emulator counts instructions"),
      "macs": Outcome(benchmark.macs, or: noMACs), "bytes": Outcome(benchmark.bytes, or: noBytes),
      "macs_per_cycle": perCycle(benchmark.macs, noMACs),
      "bytes_per_cycle": perCycle(benchmark.bytes, noBytes),
      "accesses": Outcome(benchmark.accesses, or: uncounted),
      "misses": Outcome(benchmark.misses, or: uncounted),
      "line": Outcome(line, or: "it measures no line of a roofline"),
    ]
  }
}
