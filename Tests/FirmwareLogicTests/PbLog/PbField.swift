import BenchLog
import TestSupport

/// One key that pb_log.h prints, how a program sets it, and what it then is.
struct PbField {
  enum Value {
    case text(String)
    case whole(UInt64)
    case hex(UInt32)
  }

  let record: Record
  let key: String
  /// The field of `pb_log`, and what it is set to; nil where the header alone decides.
  let setting: String?
  let value: Value

  init(_ record: Record, _ key: String, _ setting: String? = nil, _ value: Value) {
    (self.record, self.key, self.setting, self.value) = (record, key, setting, value)
  }

  /// All keys of the lines before the first time, in the order of the lines.
  static let declared: [PbField] = [
    Self(.log, "origin", "origin = PB_EMULATED", .text("emulated")),
    Self(.log, "tool", #"tool = "my \"app\" 1\\2""#, .text(#"my "app" 1\2"#)),
    Self(.log, "console_baud", "console_baud = 115200", .whole(115200)),
    Self(.machine, "id", nil, .whole(1)),
    Self(.machine, "board", #"board = "caf\303\251 board""#, .text("café board")),
    Self(.machine, "mcu", #"mcu = "rp2350""#, .text("rp2350")),
    Self(.machine, "clock_hz", "clock_hz = 150000000", .whole(150_000_000)),
    Self(.machine, "cores", "cores = 2", .whole(2)),
    Self(.machine, "flash_clock_hz", "flash_clock_hz = 4294967295", .whole(4_294_967_295)),
    Self(.machine, "flash", #"flash = "quad/3""#, .text("quad/3")),
    Self(.build, "id", nil, .whole(1)),
    Self(.build, "runtime", #"runtime = "tflm""#, .text("tflm")),
    Self(.build, "kernels", #"kernels = "cmsis-nn""#, .text("cmsis-nn")),
    Self(.build, "compiler", #"compiler = "gcc 12""#, .text("gcc 12")),
    Self(.build, "flags", #"flags = "-O3 ~""#, .text("-O3 ~")),
    Self(.build, "firmware", #"firmware = "a\n\tb\177""#, .text("a\n\tb\u{7f}")),
    Self(.model, "id", nil, .whole(1)),
    Self(.model, "name", #"model = "kws""#, .text("kws")),
    Self(.model, "dtype", "dtype = PB_INT8", .text("int8")),
    Self(.model, "crc32", "model_crc32 = pb_crc32(\"123456789\", 9)", .hex(0xcbf4_3926)),
    Self(.model, "bytes", "model_bytes = 53936", .whole(53936)),
    Self(.model, "macs", "macs = UINT64_C(18446744073709551615)", .whole(.max)),
    Self(.model, "weight_bytes", "weight_bytes = UINT64_C(10000000000)", .whole(10_000_000_000)),
    Self(.run, "id", nil, .whole(1)),
    Self(.run, "machine", nil, .whole(1)),
    Self(.run, "build", nil, .whole(1)),
    Self(.run, "model", nil, .whole(1)),
    Self(.run, "weights", "weights = PB_FLASH", .text("flash")),
    Self(.run, "code", "code = PB_SRAM", .text("sram")),
    Self(.run, "activations", "activations = PB_PSRAM", .text("psram")),
    Self(.run, "arena_bytes", "arena_bytes = 65536", .whole(65536)),
    Self(.run, "unit", "unit = PB_NS", .text("ns")),
    Self(.run, "quantum", "quantum = 100", .whole(100)),
    Self(.run, "warmup", "warmup = 3", .whole(3)),
    Self(.run, "caveat", #"caveat = "in a warm room""#, .text("in a warm room")),
    Self(.run, "clock_cost", "clock_cost = 12", .whole(12)),
    Self(.run, "detail", "detail = 2", .whole(2)),
  ]

  /// All keys of the lines behind: two operators and three inferences, of which the one in the middle is not printed.
  static let times: [[PbField]] = [
    line(.op, ("run", 1), ("index", 0)) + [Self(.op, "kind", nil, .text("CONV_2D"))],
    line(.opt, ("run", 1), ("i", 0), ("op", 0), ("time", 700)),
    line(.op, ("run", 1), ("index", 1)) + [Self(.op, "kind", nil, .text("SOFT MAX"))],
    line(.opt, ("run", 1), ("i", 0), ("op", 1), ("time", 0)),
    line(.inf, ("run", 1), ("i", 0), ("time", 800)),
    line(.opt, ("run", 1), ("i", 2), ("op", 0), ("time", 1)),
    line(.inf, ("run", 1), ("i", 2), ("time", 9_999_999_999)),
    line(.sum, ("run", 1), ("n", 3), ("min", 5), ("max", 9_999_999_999), ("total", 10_000_000_804)),
    line(.done, ("run", 1), ("inferences", 3), ("printed", 2)),
    line(.end, ("lines", 15), ("runs", 1)),
  ]

  /// What a program does for these lines.
  static let program =
    declared.compactMap { field in field.setting.map { "  bench.\($0);\n" } }.joined() + """
        pb_operator(&bench, "CONV_2D", 700);
        pb_operator(&bench, "SOFT MAX", 0);
        pb_inference(&bench, 800);
        pb_operator(&bench, "CONV_2D", 2);
        pb_inference(&bench, 5);
        pb_operator(&bench, "CONV_2D", 1);
        pb_inference(&bench, UINT64_C(9999999999));
        pb_end(&bench);
      """

  /// What the project's own encoder makes of the same.
  static var expected: String {
    var encoder = LineEncoder(sink: Buffer())
    var lines = times
    let records: [Record] = [.log, .machine, .build, .model, .run]
    lines = records.map { record in declared.filter { $0.record == record } } + lines
    for line in lines {
      encoder.begin(line[0].record)
      for field in line { field.write(to: &encoder) }
      encoder.end()
    }
    return String(decoding: encoder.sink.bytes, as: UTF8.self)
  }

  private static func line(_ record: Record, _ fields: (String, UInt64)...) -> [PbField] {
    fields.map { Self(record, $0.0, nil, .whole($0.1)) }
  }

  /// The encoder takes keys that are known when it is compiled: those of the schema.
  private func write(to encoder: inout LineEncoder<Buffer>) {
    guard let rule = Schema.keys(of: record).first(where: { "\($0.key)" == key }) else { return }
    switch value {
    case .text(let text): encoder.field(rule.key, text: Array(text.utf8).span)
    case .whole(let number): encoder.field(rule.key, number)
    case .hex(let number): encoder.field(rule.key, hex: number)
    }
  }
}
