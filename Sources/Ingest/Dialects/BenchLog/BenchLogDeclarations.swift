import BenchLog
import Support

/// The lines of one boot that others refer to: where the log comes from, machines, builds, models.
struct BenchLogDeclarations {
  struct Model {
    var entries: [(ConfigurationKey, String)]
    var macs: UInt64?
    var weightBytes: UInt64?
  }

  private let file: String
  private var origin: [(ConfigurationKey, String)] = []
  private var machines: [UInt64: [(ConfigurationKey, String)]] = [:]
  private var builds: [UInt64: [(ConfigurationKey, String)]] = [:]
  private var models: [UInt64: Model] = [:]
  /// What the log's first line says of how it was recorded.
  private(set) var recording = Recording()

  init(file: String) { self.file = file }

  mutating func takeLog(_ values: BenchLogValues, at place: TextPlace, into sink: inout Sink) {
    origin = values.entries(logKeys, file, place, &sink)
    recording.tool = values.text("tool")
    recording.boot = values.whole("boot")
    recording.plan = values.text("plan")
    recording.consoleBaud = values.whole("console_baud")
  }

  mutating func takeMachine(_ values: BenchLogValues, at place: TextPlace, into sink: inout Sink) {
    machines[values.whole("id") ?? 0] = values.entries(machineKeys, file, place, &sink)
  }

  mutating func takeBuild(_ values: BenchLogValues, at place: TextPlace, into sink: inout Sink) {
    builds[values.whole("id") ?? 0] = values.entries(buildKeys, file, place, &sink)
  }

  mutating func takeModel(_ values: BenchLogValues, at place: TextPlace, into sink: inout Sink) {
    models[values.whole("id") ?? 0] = Model(
      entries: values.entries(modelKeys, file, place, &sink), macs: values.whole("macs"),
      weightBytes: values.whole("weight_bytes"))
  }

  /// The model that a line refers to.
  func model(of values: BenchLogValues) -> Model? {
    values.whole("model").flatMap { models[$0] }
  }

  /// What the `keys` of a line and the lines that it refers to say; `what` is the line, in words.
  /// Its own keys come first: a run on fewer cores than its machine has says so itself.
  func configuration(
    _ values: BenchLogValues, _ keys: [(StaticString, ConfigurationKey)], of what: String,
    at place: TextPlace, into sink: inout Sink
  ) -> Configuration {
    var configuration = Configuration()
    func offer(_ entries: [(ConfigurationKey, String)]) {
      for (key, text) in entries { configuration.offer(key, text, .log) }
    }
    offer(values.entries(keys, file, place, &sink))
    let parts = [
      ("machine", values.whole("machine").map { machines[$0] }),
      ("build", values.whole("build").map { builds[$0] }),
      ("model", values.whole("model").map { models[$0]?.entries }),
    ]
    for (word, found) in parts {
      guard let found else { continue }
      guard let entries = found else {
        sink.report(
          .warning, at: place, rule: "undeclared-reference",
          "\(what) refers to a \(word) line that is missing",
          remedy: "Give what is not known with --set, or record the log again.")
        continue
      }
      offer(entries)
    }
    offer(origin)
    return configuration
  }
}

private let logKeys: [(StaticString, ConfigurationKey)] = [
  ("origin", .origin), ("citation", .citation),
]
private let machineKeys: [(StaticString, ConfigurationKey)] = [
  ("board", .board), ("mcu", .mcu), ("clock_hz", .clock), ("cores", .cores),
  ("flash_clock_hz", .flashClock), ("flash", .flash), ("qmi_timing", .qmiTiming),
  ("qmi_rfmt", .qmiReadFormat), ("qmi_rcmd", .qmiReadCommand), ("jedec", .jedec),
  ("xip_cache", .xipCache),
]
private let buildKeys: [(StaticString, ConfigurationKey)] = [
  ("runtime", .runtime), ("kernels", .kernels), ("compiler", .compiler), ("flags", .flags),
  ("firmware", .firmware),
]
private let modelKeys: [(StaticString, ConfigurationKey)] = [
  ("name", .model), ("dtype", .dtype), ("dtype_claimed", .dtypeClaimed),
  ("dtype_evidence", .dtypeEvidence), ("crc32", .modelCRC32), ("bytes", .modelBytes),
  ("weights_source", .weightsSource),
]
