import BenchLog
import Support

/// Reads along while a log is recorded: counts what came and notices its end. It changes no byte and
/// keeps a bounded amount, whatever comes.
public struct CaptureMeter {
  /// Models whose names are kept; a log of more says less about its later runs.
  private static let maximumModels = 256
  /// Longest name shown, in bytes.
  private static let maximumName = 40

  /// What came so far.
  public private(set) var progress = CaptureProgress()
  private var lines = LineReader()
  private var cleaner = LineCleaner()
  private var sequence = BenchLogSequence()
  private var models: [UInt64: String] = [:]
  private var lastByte = UInt8(ascii: "\n")

  /// A meter before the first byte.
  public init() {}

  /// Reads the next bytes.
  public mutating func take(_ bytes: Span<UInt8>) {
    guard bytes.count > 0 else { return }
    progress.bytes += UInt64(bytes.count)
    lastByte = bytes[bytes.count - 1]
    // Moved out for the call, so that self may be changed inside it.
    var lines = self.lines
    lines.feed(bytes) { piece, place, cut in line(piece, place, cut) }
    self.lines = lines
  }

  /// The stream broke off; returns what belongs between it and its continuation: a line break when a
  /// line is unfinished, which would else spoil the first line of what follows.
  public mutating func breakOff() -> [UInt8] {
    guard lastByte != UInt8(ascii: "\n"), lastByte != UInt8(ascii: "\r") else { return [] }
    let lineBreak: [UInt8] = [UInt8(ascii: "\n")]
    take(lineBreak.span)
    // That byte did not come.
    progress.bytes -= 1
    return lineBreak
  }

  /// Nothing more comes: a last line without its end counts.
  public mutating func finish() {
    var lines = self.lines
    lines.finish { piece, place, cut in line(piece, place, cut) }
    self.lines = lines
  }

  private mutating func line(_ piece: Span<UInt8>, _ place: TextPlace, _ cut: Bool) {
    progress.lines += 1
    guard !cut else { return }
    var cleaner = self.cleaner
    cleaner.clean(piece, at: place) { text, _ in
      if !text.isEmpty { record(text) }
    }
    self.cleaner = cleaner
  }

  private mutating func record(_ line: Span<UInt8>) {
    let decoded: DecodedLine
    do throws(LineProblem) {
      decoded = try LineDecoder.decode(line)
    } catch {
      switch error {
      case .foreign: break
      case .newerVersion: progress.newer += 1
      case .damaged:
        progress.damaged += 1
        sequence.damagedLine()
      }
      return
    }
    let isFirst = progress.records == 0
    switch sequence.take(decoded) {
    case .repeated: return
    case .next: if isFirst { progress.sawBeginning = true }
    case .gap(let lost):
      if isFirst { progress.startedLate = true }
      progress.missing += UInt64(lost.count)
    case .restart(let lost):
      // Behind an end line another log begins: the board may have been sent start again.
      if !progress.isAtEnd { progress.restarts += 1 }
      progress.sawBeginning = lost == nil
      progress.missing += UInt64(lost?.count ?? 0)
      progress.run = nil
      progress.operators = 0
      models = [:]
    }
    progress.records += 1
    progress.isAtEnd = decoded.record == .end
    count(line, decoded)
  }

  private mutating func count(_ line: Span<UInt8>, _ decoded: DecodedLine) {
    switch decoded.record {
    case .model: name(line, decoded)
    case .run: start(line, decoded)
    case .op: progress.operators += 1
    case .inf:
      progress.inferences = Self.sum(progress.inferences, 1)
      guard let run = progress.run, Self.whole("run", line, decoded) == run.id else { return }
      progress.run?.latency = Self.whole("time", line, decoded)
      progress.run?.inferences = Self.sum(run.inferences, 1)
    case .done: finish(line, decoded)
    case .refused: progress.refused += 1
    case .bench: progress.benches += 1
    case .out: progress.outputs += 1
    case .end:
      progress.ends += 1
      if progress.sawBeginning { progress.wholeLogs += 1 }
    case .log, .machine, .build, .opt, .sum: break
    }
  }

  /// The end of a run says how many inferences it had, those that were not printed too.
  private mutating func finish(_ line: Span<UInt8>, _ decoded: DecodedLine) {
    guard let run = progress.run, Self.whole("run", line, decoded) == run.id,
      let all = Self.whole("inferences", line, decoded), all > run.inferences
    else { return }
    progress.inferences = Self.sum(progress.inferences, all - run.inferences)
    progress.run?.inferences = all
  }

  /// A log may claim any number.
  private static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (sum, isTooLarge) = a.addingReportingOverflow(b)
    return isTooLarge ? .max : sum
  }

  private mutating func name(_ line: Span<UInt8>, _ decoded: DecodedLine) {
    guard models.count < Self.maximumModels, let id = Self.whole("id", line, decoded) else {
      return
    }
    models[id] = [Self.text("name", line, decoded), Self.text("dtype", line, decoded)]
      .compactMap { $0 }.joined(separator: " ")
  }

  private mutating func start(_ line: Span<UInt8>, _ decoded: DecodedLine) {
    progress.runs += 1
    progress.operators = 0
    progress.run = Self.whole("id", line, decoded).map { id in
      RunUnderWay(
        id: id, model: Self.whole("model", line, decoded).flatMap { models[$0] } ?? "",
        unit: Self.text("unit", line, decoded) ?? "")
    }
  }

  private static func field(
    _ key: StaticString, _ line: Span<UInt8>, _ decoded: DecodedLine
  ) -> Field? {
    var position = decoded.fields.lowerBound
    while let field = try? LineDecoder.nextField(line, &position, end: decoded.fields.upperBound) {
      if LineDecoder.isKey(line, field, key) { return field }
    }
    return nil
  }

  private static func whole(
    _ key: StaticString, _ line: Span<UInt8>, _ decoded: DecodedLine
  ) -> UInt64? {
    field(key, line, decoded).flatMap { LineDecoder.whole(line, $0) }
  }

  private static func text(
    _ key: StaticString, _ line: Span<UInt8>, _ decoded: DecodedLine
  ) -> String? {
    guard let field = field(key, line, decoded) else { return nil }
    var bytes: [UInt8] = []
    LineDecoder.text(line, field) { if bytes.count < maximumName { bytes.append($0) } }
    return String(decoding: bytes, as: UTF8.self)
  }
}
