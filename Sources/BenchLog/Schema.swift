/// What a value must be.
public enum ValueForm: UInt8, Sendable {
  /// A whole number without sign, up to 64 bits.
  case whole
  /// Hexadecimal digits.
  case hex
  /// Text: bare if it has no blanks, else quoted.
  case text
}

/// One key of a record.
public struct KeyRule: Sendable {
  /// The word before the `=`.
  public let key: StaticString
  /// What its value must be.
  public let form: ValueForm
  /// A line without it is refused.
  public let required: Bool
  /// The version that brought it; a line of an older one may not have it.
  public let since: UInt32
  /// What it says, with its unit; the text of `docs/log-format.md`.
  public let meaning: StaticString

  init(
    _ key: StaticString, _ form: ValueForm, required: Bool = false, since: UInt32 = 1,
    _ meaning: StaticString
  ) {
    self.key = key
    self.form = form
    self.required = required
    self.since = since
    self.meaning = meaning
  }
}

/// The grammar's one home: version, limits, and the keys of every record. The firmware's encoder,
/// the host's decoder and the tables of the documentation all follow it.
public enum Schema {
  /// The version this code writes, and the newest it reads.
  public static let version: UInt32 = 2
  /// Longest line in bytes, its end not counted.
  public static let maximumLineLength = 1024

  /// The keys that lines of any version may have, in the order in which they are written. Only the
  /// decoder reads these arrays: the encoder must not allocate.
  public static func keys(of record: Record) -> [KeyRule] {
    switch record {
    case .log: log
    case .machine: machine
    case .build: build
    case .model: model
    case .run: run
    case .refused: refused
    case .op: op
    case .inf: inf
    case .opt: opt
    case .out: out
    case .sum: sum
    case .done: done
    case .bench: bench
    case .end: end
    }
  }

  private static let log = [
    KeyRule("origin", .text, required: true, "measured, published, emulated or predicted"),
    KeyRule("citation", .text, "where the figures come from"),
    KeyRule("tool", .text, "program that wrote the log, with its version"),
    KeyRule("boot", .whole, "boots of the board since it was flashed"),
    KeyRule("plan", .text, since: 2, "measuring plan that was run"),
    KeyRule("console_baud", .whole, since: 2, "bits per second of the console"),
  ]
  private static let machine = [
    KeyRule("id", .whole, required: true, "number by which run lines refer to this line"),
    KeyRule("board", .text, "board, as in data/machines"),
    KeyRule("mcu", .text, "microcontroller"),
    KeyRule("clock_hz", .whole, "CPU clock, Hz"),
    KeyRule("cores", .whole, "cores that take part"),
    KeyRule("flash_clock_hz", .whole, "flash clock SCK, Hz, decoded from the registers"),
    KeyRule("flash", .text, "flash mode and divisor, as in quad/3"),
    KeyRule("qmi_timing", .hex, "raw QMI M0_TIMING register"),
    KeyRule("qmi_rfmt", .hex, "raw QMI M0_RFMT register"),
    KeyRule("qmi_rcmd", .hex, "raw QMI M0_RCMD register"),
    KeyRule("jedec", .hex, "JEDEC id of the flash chip"),
    KeyRule("xip_cache", .text, "on or off"),
  ]
  private static let build = [
    KeyRule("id", .whole, required: true, "number by which run lines refer to this line"),
    KeyRule("runtime", .text, "inference runtime"),
    KeyRule("kernels", .text, "kernel library"),
    KeyRule("compiler", .text, "compiler and version"),
    KeyRule("flags", .text, "compiler flags"),
    KeyRule("firmware", .text, "revision of the measuring program"),
  ]
  private static let model = [
    KeyRule("id", .whole, required: true, "number by which run lines refer to this line"),
    KeyRule("name", .text, "model id"),
    KeyRule("dtype", .text, "int8 or fp32: what the graph holds"),
    KeyRule("dtype_claimed", .text, "what the source says, where that differs"),
    KeyRule("dtype_evidence", .text, "why dtype is believed"),
    KeyRule("crc32", .hex, "CRC-32 of the model file"),
    KeyRule("bytes", .whole, "size of the model file, bytes"),
    KeyRule("weights_source", .text, "real or twin"),
    KeyRule("macs", .whole, "MACs of one inference"),
    KeyRule("weight_bytes", .whole, "bytes of all weights"),
  ]
  private static let run = [
    KeyRule("id", .whole, required: true, "number of the run in this log"),
    KeyRule("machine", .whole, "its machine line"),
    KeyRule("build", .whole, "its build line"),
    KeyRule("model", .whole, "its model line"),
    KeyRule("weights", .text, "flash or sram"),
    KeyRule("code", .text, "flash or sram"),
    KeyRule("activations", .text, "flash or sram"),
    KeyRule("arena_bytes", .whole, "tensor arena needed, bytes"),
    KeyRule("unit", .text, required: true, "ns, us, cycles or instructions: unit of every time"),
    KeyRule("quantum", .whole, "resolution of a time, in that unit; 1 when absent"),
    KeyRule("warmup", .whole, "inferences before the first that counts"),
    KeyRule("inferences", .whole, "inferences behind latency"),
    KeyRule("latency", .whole, "time of one inference, where only a total was published"),
    KeyRule("caveat", .text, "what a reader of the numbers must know"),
    KeyRule(
      "clock_cost", .whole, since: 2, "what reading the clock twice takes; not taken off any time"),
    KeyRule(
      "input", .text, since: 2, "ramp: element i is int8(i); ones: all 1.0; samples: of the model"),
    KeyRule("detail", .whole, since: 2, "every so many inferences one has inf and opt lines"),
  ]
  private static let refused = [
    KeyRule("machine", .whole, since: 2, "its machine line"),
    KeyRule("build", .whole, since: 2, "its build line"),
    KeyRule("model", .whole, since: 2, "its model line"),
    KeyRule("weights", .text, since: 2, "flash or sram"),
    KeyRule("cores", .whole, since: 2, "cores that would have taken part"),
    KeyRule("need", .whole, since: 2, "bytes that it takes"),
    KeyRule("have", .whole, since: 2, "bytes that there are"),
    KeyRule("reason", .text, required: true, since: 2, "why it was not made"),
  ]
  private static let op = [
    KeyRule("run", .whole, required: true, "run it belongs to"),
    KeyRule("index", .whole, "position in the graph; absent where it was not published"),
    KeyRule("kind", .text, required: true, "TFLite name, as CONV_2D"),
    KeyRule("name", .text, "what singles it out"),
    KeyRule("macs", .whole, "MACs of one inference"),
    KeyRule("weight_bytes", .whole, "bytes of its weights"),
    KeyRule("time", .whole, "its time, where only one figure was published"),
    KeyRule("quantum", .whole, "resolution of that time"),
  ]
  private static let inf = [
    KeyRule("run", .whole, required: true, "run it belongs to"),
    KeyRule("i", .whole, required: true, "number of the inference, from 0"),
    KeyRule("time", .whole, required: true, "its time"),
  ]
  private static let opt = [
    KeyRule("run", .whole, required: true, "run it belongs to"),
    KeyRule("i", .whole, required: true, "number of the inference"),
    KeyRule("op", .whole, required: true, "index of the operator"),
    KeyRule("time", .whole, required: true, "its time"),
    KeyRule("access", .whole, "XIP cache accesses"),
    KeyRule("miss", .whole, "XIP cache misses"),
  ]
  private static let out = [
    KeyRule("run", .whole, required: true, since: 2, "run it belongs to"),
    KeyRule("i", .whole, required: true, since: 2, "number of the sample, from 0"),
    KeyRule("output", .whole, since: 2, "which output of the model; 0 when absent"),
    KeyRule("crc32", .hex, required: true, since: 2, "CRC-32 of all bytes of the output"),
    KeyRule("bytes", .whole, since: 2, "size of the output, bytes"),
    KeyRule("offset", .whole, since: 2, "where in the output data begins; 0 when absent"),
    KeyRule("data", .text, since: 2, "bytes of the output, two hexadecimal digits each"),
    KeyRule("same", .whole, since: 2, "inferences of this sample that gave these bytes"),
  ]
  private static let sum = [
    KeyRule("run", .whole, required: true, since: 2, "run it belongs to"),
    KeyRule("op", .whole, since: 2, "index of the operator; absent for the whole inference"),
    KeyRule("n", .whole, required: true, since: 2, "timed inferences, with and without lines"),
    KeyRule("min", .whole, required: true, since: 2, "the shortest time"),
    KeyRule("max", .whole, required: true, since: 2, "the longest time"),
    KeyRule("total", .whole, required: true, since: 2, "all times together"),
    KeyRule("access", .whole, since: 2, "XIP cache accesses of all of them"),
    KeyRule("miss", .whole, since: 2, "XIP cache misses of all of them"),
  ]
  private static let done = [
    KeyRule("run", .whole, required: true, since: 2, "run it belongs to"),
    KeyRule("inferences", .whole, required: true, since: 2, "timed inferences"),
    KeyRule("printed", .whole, since: 2, "inferences with a line of their own"),
    KeyRule("console", .whole, since: 2, "time spent printing, outside of every other time"),
    KeyRule("console_bytes", .whole, since: 2, "bytes printed in that time"),
  ]
  private static let bench = [
    KeyRule("id", .whole, required: true, since: 2, "number of the micro-benchmark in this log"),
    KeyRule("machine", .whole, since: 2, "its machine line"),
    KeyRule("build", .whole, since: 2, "its build line"),
    KeyRule("name", .text, required: true, since: 2, "what is measured, as int8_smlad"),
    KeyRule(
      "unit", .text, required: true, since: 2, "ns, us, cycles or instructions: unit of its times"),
    KeyRule("n", .whole, since: 2, "repetitions; 1 when absent"),
    KeyRule("time", .whole, required: true, since: 2, "the shortest"),
    KeyRule("max", .whole, since: 2, "the longest"),
    KeyRule("macs", .whole, since: 2, "MACs of one repetition"),
    KeyRule("bytes", .whole, since: 2, "bytes moved by one repetition"),
    KeyRule("access", .whole, since: 2, "XIP cache accesses of the shortest"),
    KeyRule("miss", .whole, since: 2, "XIP cache misses of the shortest"),
  ]
  private static let end = [
    KeyRule("lines", .whole, required: true, "lines of this log, this one included"),
    KeyRule("runs", .whole, required: true, "run lines of this log"),
    KeyRule("benches", .whole, since: 2, "bench lines of this log"),
    KeyRule("refused", .whole, since: 2, "refused lines of this log"),
  ]
}
