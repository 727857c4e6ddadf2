import BenchLog
import Core

/// The software, in the words of the log.
public struct BuildDescription {
  /// Compiler and version.
  public var compiler: Text
  /// What it was told.
  public var flags: Text
  /// Revision of the measuring program.
  public var revision: Text
  /// Where functions are; nil where nothing is said.
  public var code: WeightsPlace?

  /// A build with all that is known of it.
  public init(compiler: Text, flags: Text, revision: Text, code: WeightsPlace?) {
    self.compiler = compiler
    self.flags = flags
    self.revision = revision
    self.code = code
  }
}

/// Prints the declarations of a log and counts what its last line says.
public struct LogPrinter<Sink: ByteSink> {
  /// Writes the lines.
  public var encoder: LineEncoder<Sink>
  /// Run lines so far.
  public private(set) var runs: UInt64 = 0
  private var benches: UInt64 = 0
  private var refused: UInt64 = 0

  /// A log on `sink`, from its first line on.
  public init(_ sink: Sink) { encoder = LineEncoder(sink: sink) }

  /// Prints the first line.
  mutating func log(_ board: BoardDescription, _ build: BuildDescription, plan: Text) {
    encoder.begin(.log)
    field("origin", board.origin)
    encoder.field("tool", text: "pico2-benchmark firmware")
    field("plan", plan)
    if board.consoleBaud > 0 { encoder.field("console_baud", UInt64(board.consoleBaud)) }
    encoder.end()
  }

  /// Prints a state of the board.
  mutating func machine(
    id: UInt64, _ board: BoardDescription, _ state: BoardState, flash: Text, cores: Int
  ) {
    encoder.begin(.machine)
    encoder.field("id", id)
    field("board", board.board)
    field("mcu", board.mcu)
    if state.clockHertz > 0 { encoder.field("clock_hz", UInt64(state.clockHertz)) }
    encoder.field("cores", UInt64(cores))
    if state.flashClockHertz > 0 {
      encoder.field("flash_clock_hz", UInt64(state.flashClockHertz))
    }
    field("flash", flash)
    if state.qmiTiming > 0 {
      encoder.field("qmi_timing", hex: state.qmiTiming)
      encoder.field("qmi_rfmt", hex: state.qmiReadFormat)
      encoder.field("qmi_rcmd", hex: state.qmiReadCommand)
    }
    if state.jedec > 0 { encoder.field("jedec", hex: state.jedec) }
    if let cache = state.cache { encoder.field("xip_cache", text: cache ? "on" : "off") }
    encoder.end()
  }

  /// Prints an engine as it was built.
  mutating func build(id: UInt64, _ engine: EngineDescription, _ build: BuildDescription) {
    encoder.begin(.build)
    encoder.field("id", id)
    field("runtime", engine.runtime)
    field("kernels", engine.kernels)
    field("compiler", build.compiler)
    field("flags", build.flags)
    field("firmware", build.revision)
    encoder.end()
  }

  /// Prints a model.
  mutating func model(id: UInt64, _ model: ModelDescription) {
    encoder.begin(.model)
    encoder.field("id", id)
    field("name", model.name)
    field("dtype", model.dtype)
    encoder.field("crc32", hex: model.crc32)
    encoder.field("bytes", model.bytes)
    field("weights_source", model.weightsSource)
    encoder.field("macs", model.macs)
    encoder.field("weight_bytes", model.weightBytes)
    encoder.end()
  }

  /// Prints an operator of a run.
  mutating func op(run: UInt64, index: Int, _ op: OperatorDescription) {
    encoder.begin(.op)
    encoder.field("run", run)
    encoder.field("index", UInt64(index))
    field("kind", op.kind)
    field("name", op.name)
    encoder.field("macs", op.macs)
    encoder.field("weight_bytes", op.weightBytes)
    encoder.end()
  }

  /// Begins a run line and gives the run's number.
  mutating func beginRun() -> UInt64 {
    runs += 1
    encoder.begin(.run)
    encoder.field("id", runs)
    return runs
  }

  /// Begins a refused line.
  mutating func beginRefused() {
    refused += 1
    encoder.begin(.refused)
  }

  /// Begins a bench line.
  mutating func beginBench() {
    benches += 1
    encoder.begin(.bench)
    encoder.field("id", benches)
  }

  /// Prints the last line.
  mutating func end() {
    encoder.begin(.end)
    encoder.field("lines", UInt64(encoder.sequence) + 1)
    encoder.field("runs", runs)
    encoder.field("benches", benches)
    encoder.field("refused", refused)
    encoder.end()
  }

  /// Adds `key=text` unless the text is empty.
  mutating func field(_ key: StaticString, _ text: Text) {
    if !text.isEmpty { encoder.field(key, text: text.bytes.span) }
  }

  /// Adds `key=word` unless there is none.
  mutating func field(_ key: StaticString, _ word: (some Word)?) {
    if let word { encoder.field(key, text: word.word) }
  }

  /// Adds what the XIP cache did.
  mutating func counters(_ access: UInt64, _ miss: UInt64, _ counted: Bool) {
    guard counted else { return }
    encoder.field("access", access)
    encoder.field("miss", miss)
  }
}
