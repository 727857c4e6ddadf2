import Performance

extension AnalysisDocument {
  /// A micro-benchmark: rates without the cost of reading the clock, or instructions of an emulator.
  struct MicroBenchmarkEntry: Encodable {
    let name: String
    let file: String
    let board: String?
    let clockHz: Double?
    let flash: String?
    let origin: String
    let repetitions: UInt64
    let cycles: Double?
    let instructions: Double?
    let macs: UInt64?
    let bytes: UInt64?
    let macsPerCycle: Double?
    let bytesPerCycle: Double?
    let accesses: UInt64?
    let misses: UInt64?
    /// Line of the roofline that it measures.
    let line: String?
    let reasons: [String: String]?

    init(_ rate: MicroBenchmarkRate) {
      var reasons = Reasons()
      let one = rate.benchmark
      let unsaid = "the log does not say"
      let noCycles =
        rate.isEmulated
        ? "an emulator counted instructions; it has no time" : "the CPU clock is not known"
      name = one.name
      file = one.source.file
      board = reasons.value(one.configuration.text(.board), "board", unsaid)
      clockHz = reasons.value(one.configuration.number(.clock), "clock_hz", unsaid)
      flash = reasons.value(one.configuration.text(.flash), "flash", unsaid)
      origin = one.configuration.text(.origin) ?? "measured"
      repetitions = one.repetitions
      cycles = reasons.value(rate.cycles, "cycles", noCycles)
      instructions = reasons.value(
        rate.instructions, "instructions", "only an emulator counts instructions")
      macs = reasons.value(one.macs, "macs", "it is not about MACs")
      bytes = reasons.value(one.bytes, "bytes", "it is not about bytes")
      func per(_ work: UInt64?) -> Double? {
        work.flatMap { work in rate.cycles.map { Double(work) / $0 } }
      }
      macsPerCycle = reasons.value(
        per(one.macs), "macs_per_cycle", one.macs == nil ? "it is not about MACs" : noCycles)
      bytesPerCycle = reasons.value(
        per(one.bytes), "bytes_per_cycle", one.bytes == nil ? "it is not about bytes" : noCycles)
      let uncounted = "the board does not count them"
      accesses = reasons.value(one.accesses, "accesses", uncounted)
      misses = reasons.value(one.misses, "misses", uncounted)
      line = reasons.value(rate.line, "line", "it measures no line of a roofline")
      self.reasons = reasons.orNil
    }
  }
}
