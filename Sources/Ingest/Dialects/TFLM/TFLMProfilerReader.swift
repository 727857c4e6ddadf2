import Support

/// Reads what TFLM's MicroProfiler prints, on any board, with whatever stands around it.
struct TFLMProfilerReader: DialectReader {
  static let dialect = Dialect(rawValue: "TFLM MicroProfiler")
  static let readsAhead = true

  private var core: TFLMProfilerCore
  private var model: String?

  init(file: String) { core = TFLMProfilerCore(file: file, dialect: Self.dialect) }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    switch TFLMLine.parse(line) {
    case .took(let took):
      Evidence(
        4, "a line 'TAG took N ticks (M ms)'", isAnchored: TFLMKinds.isBuiltin(line, took.tag))
    case .eventHeader: Evidence(4, "the header '\"Event\",\"Tag\",\"Ticks\"'")
    case .tagHeader: Evidence(4, "the header '\"Unique Tag\",\"Total ticks ...\"'")
    case .total: Evidence(2, "a line 'total number of ticks'")
    case .eventRow(_, let tag, _, _):
      TFLMKinds.isBuiltin(line, tag) ? Evidence(1, "a row 'INDEX,TAG,TICKS'") : nil
    case .tagRow, nil: nil
    }
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    if let fate = core.read(line, at: place, into: &sink) { return fate }
    if core.isEcho(line) { return .skipped(.repeated) }
    switch LiteXLine.parse(line) {
    case .boot:
      core.boot(into: &sink)
      return .skipped(.bootChatter)
    case .running(let name):
      begin(model: Scan.string(line, name), into: &sink)
      return .read
    case .cycles(let value, let offset, let rounded):
      return take(
        TFLMReading(value: value, place: place.advanced(by: offset)), rounded, line, place, &sink)
    case .counters:
      core.pause(at: place)
      return .skipped(.counters)
    case .frame: return .skipped(.frame)
    case .menu: return core.stranger(line, at: place, as: .menu, into: &sink)
    case nil: break
    }
    if let cores = Self.cores(line) {
      core.beginRun(into: &sink)
      core.set(.cores, cores, .log, into: &sink)
      return .read
    }
    return core.stranger(line, at: place, as: .prose, into: &sink)
  }

  mutating func readAhead(
    _ bytes: Span<UInt8>, from start: Int, surveyed: Surveyed, at place: TextPlace,
    into sink: inout Sink
  ) -> LinesAhead? {
    core.readAhead(bytes, from: start, surveyed: surveyed, at: place, into: &sink)
  }

  func survey(_ bytes: Span<UInt8>) -> [Surveyed.Part] { core.survey(bytes) }

  mutating func finish(into sink: inout Sink) { core.finish(into: &sink) }

  /// The menu starts a model: the same one again is the next inference of the same run.
  private mutating func begin(model name: String, into sink: inout Sink) {
    core.endBlock(.marked, into: &sink)
    core.closesBlocks = true
    guard name != model else { return }
    core.beginRun(into: &sink)
    model = name
    let id = ModelName.canonical(name)
    // A name that nobody knows may be a test's.
    let isKnown = id != name.lowercased() || ModelName.inFileName(name) != nil
    core.set(.model, isKnown ? id : nil, .log, into: &sink)
  }

  private mutating func take(
    _ cycles: TFLMReading, _ rounded: Bool, _ line: Span<UInt8>, _ place: TextPlace,
    _ sink: inout Sink
  ) -> LineFate {
    guard rounded else {
      sink.report(
        .error, at: cycles.place, rule: "contradicting-readings",
        "\(cycles.value) cycles are not the rounded number in front of them",
        remedy: "The log is damaged here; record it again. What cannot be trusted is left out.")
      core.pause(at: place)
      core.endBlock(.marked, into: &sink)
      return .diagnosed
    }
    return core.take(cycles: cycles, into: &sink) ? .read : .skipped(.counters)
  }

  /// How many cores a heading speaks of, as in `Multi-core convolution:`; the RP2040, whose
  /// runtime alone has such kernels, has two.
  private static func cores(_ line: Span<UInt8>) -> String? {
    guard line.count > 4, line.count < 200, line[line.count - 1] == UInt8(ascii: ":") else {
      return nil
    }
    let words = Scan.string(line).lowercased()
    if words.contains("single-core") || words.contains("single core") { return "1" }
    guard ["multicore", "multi-core", "dual-core", "dual core"].contains(where: words.contains)
    else { return nil }
    return words.contains("without") || words.contains("no multi") ? "1" : "2"
  }
}
