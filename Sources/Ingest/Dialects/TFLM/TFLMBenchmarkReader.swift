import Support

/// Reads TFLM's generic_benchmark, keyword_benchmark and person_detection_benchmark: a dump of
/// build and model, the start, one profiled inference, tables of the arena.
struct TFLMBenchmarkReader: DialectReader {
  static let dialect = Dialect(rawValue: "TFLM benchmark")

  private var core: TFLMProfilerCore
  private var header = TFLMBenchmarkHeader()
  /// In the table of sums of the start, which has no operators.
  private var isInStartTable = false

  init(file: String) {
    core = TFLMProfilerCore(file: file, dialect: Self.dialect)
    core.closesBlocks = true
  }

  /// One such line outweighs all that speaks for a bare profiler, whose lines are printed here, too.
  private static let decisive = 64

  private static let signs: [(StaticString, String)] = [
    ("[[ Table ]]: ", "a table '[[ Table ]]'"), ("Input CRC32: 0x", "a line 'Input CRC32'"),
    ("Output CRC32: 0x", "a line 'Output CRC32'"),
    ("Configured arena size = ", "a line 'Configured arena size'"),
    ("Model SHA1:", "a line 'Model SHA1'"),
    ("InitializeKeywordRunner took ", "an event 'InitializeKeywordRunner'"),
    ("KeywordRunNIerations(", "an event 'KeywordRunNIerations'"),
    ("InitializeBenchmarkRunner took ", "an event 'InitializeBenchmarkRunner'"),
  ]

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    var start = 0
    Scan.blanks(line, &start)
    for (sign, words) in signs {
      var i = start
      if Scan.literal(line, &i, sign) { return Evidence(decisive, words) }
    }
    if case .took(let took) = TFLMLine.parse(line), took.iterations != nil {
      return Evidence(4, "an event of whole inferences", isAnchored: false)
    }
    return nil
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    if let fate = readStartTable(line) { return fate }
    if let fate = core.read(line, at: place, into: &sink) {
      header.isInModel = false
      return fate
    }
    if core.isEcho(line) { return .skipped(.repeated) }
    if let fate = header.read(line, into: &core, &sink) {
      if header.endsBlock { core.endBlock(.marked, into: &sink) }
      return fate
    }
    return core.stranger(line, at: place, as: .prose, into: &sink)
  }

  mutating func finish(into sink: inout Sink) { core.finish(into: &sink) }

  /// The start's own table comes before any event of an inference.
  private mutating func readStartTable(_ line: Span<UInt8>) -> LineFate? {
    guard !core.isInBlock else { return nil }
    switch TFLMLine.parse(line) {
    case .tagHeader:
      isInStartTable = true
      header.isInModel = false
      return .skipped(.notMeasurement)
    case .tagRow where isInStartTable:
      return .skipped(.notMeasurement)
    case .total where isInStartTable:
      isInStartTable = false
      return .skipped(.notMeasurement)
    default:
      isInStartTable = false
      return nil
    }
  }
}
