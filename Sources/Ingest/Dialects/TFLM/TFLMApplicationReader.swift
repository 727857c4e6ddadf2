import Core
import Support

/// Reads the profiling application on TFLM: a boot, then a block of operator times every so many
/// inferences.
///
/// Every boot is a run of its own. Under an emulator (`QEMU-...`) ticks are instructions, and the
/// application's microseconds are instructions too, so only `invoke_insns` is taken.
struct TFLMApplicationReader: DialectReader {
  static let dialect = Dialect(rawValue: "TFLM profiling application")
  static let readsAhead = true

  private let file: String
  private var builder: TFLMRunBuilder
  private var block: TFLMBlock?
  private var echo = TFLMEcho()
  private var prefix: String?
  private var series = TFLMSeries()
  /// A heading that stands in or behind the present block.
  private var headingInside: TextPlace?
  private var ahead = TFLMAhead()
  /// Lines of the program's header behind a block. Some applications print it before each block: whether the board
  /// was reset shows the next count, which then begins anew.
  private var held: [(line: [UInt8], place: TextPlace)] = []
  /// The count of the last block; nil where nobody knows it.
  private var lastCount: UInt64?

  init(file: String) {
    self.file = file
    builder = TFLMRunBuilder(file: file, dialect: Self.dialect, required: .invoke)
  }

  /// One such line outweighs all that speaks for a bare profiler, whose lines are printed here, too.
  private static let decisive = 64

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    switch TFLMApplicationLine.parse(line) {
    case .clock: Evidence(decisive, "a line 'CPU Clock Frequency: N Hz'")
    case .tickRate: Evidence(decisive, "a line 'ticks per second: N'")
    case .profileCount: Evidence(decisive, "a line 'profile_count: N'")
    case .invokeTime: Evidence(decisive, "a line 'invoke_time: N (usec)'")
    case .invokeInstructions: Evidence(decisive, "a line 'invoke_insns: N op_total: N'")
    case .arena: Evidence(4, "a line 'arena_used_bytes: N'")
    default: nil
    }
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    if !held.isEmpty, !goesOn(behind: line) { releaseHeader(into: &sink) }
    if let profiler = TFLMLine.parse(line), accepts(profiler, line) {
      if echo.repeats(line, unique: profiler == .eventHeader || profiler == .tagHeader) {
        return .skipped(.repeated)
      }
      take(profiler, line, at: place, into: &sink)
      return .read
    }
    let known = TFLMApplicationLine.parse(line)
    if echo.repeats(line, unique: known != nil && known != .number) { return .skipped(.repeated) }
    guard let known else { return unknown(line, at: place, into: &sink) }
    if known.isHeader, block?.section == .log, lastCount != nil {
      held.append((line.withUnsafeBufferPointer { Array($0) }, place))
      return .read
    }
    return take(known, line, at: place, into: &sink)
  }

  /// Whether what was held is known not to be a reset's, or the line is another of it.
  private mutating func goesOn(behind line: Span<UInt8>) -> Bool {
    switch TFLMApplicationLine.parse(line) {
    case .clock, .tickRate: return held.count < 4
    case .profileCount(let count):
      guard let lastCount, count > lastCount else { return false }
      held = []
      return true
    default: return false
    }
  }

  /// The header that was held is that of another boot.
  private mutating func releaseHeader(into sink: inout Sink) {
    let lines = held
    held = []
    lastCount = nil
    for (line, place) in lines {
      guard let known = TFLMApplicationLine.parse(line.span) else { continue }
      _ = take(known, line.span, at: place, into: &sink)
    }
  }

  private mutating func take(
    _ known: TFLMApplicationLine, _ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    switch known {
    case .clock(let prefix, let hertz):
      boot(at: place, into: &sink)
      take(prefix: prefix, of: line, at: place, into: &sink)
      if builder.ticks.isEmulated { return .read }
      guard (1000...100_000_000_000).contains(hertz.value) else {
        return report(
          place.advanced(by: hertz.offset), "impossible-clock",
          "a clock of \(hertz.value) Hz is impossible", into: &sink)
      }
      builder.configuration.offer(.clock, String(hertz.value), .log)
      return .read
    case .tickRate(let prefix, let rate):
      boot(at: place, into: &sink)
      take(prefix: prefix, of: line, at: place, into: &sink)
      builder.ticks.rate = rate.value
      builder.ratePlace = place.advanced(by: rate.offset)
      return .read
    case .profileCount(let count):
      lastCount = count
      endBlock(.marked, into: &sink)
      open(at: place)
      return .read
    case .invokeTime(let time, let offset):
      if block?.invokeTime != nil || block?.section ?? .head != .head {
        endBlock(.marked, into: &sink)
      }
      open(at: place)
      let digits = place.advanced(by: offset)
      if let microseconds = time.ticks {
        block?.invokeTime = TFLMReading(value: microseconds, place: digits)
      } else if time.overflow != nil {
        block?.overflowedWhole = TFLMPrinted(count: time, place: digits)
        block?.overflowedWholeUnit = .microseconds
      }
      return .read
    case .invokeInstructions(let whole, let operators):
      builder.ticks.isEmulated = true
      if block?.invokeInstructions != nil { endBlock(.marked, into: &sink) }
      open(at: place)
      block?.invokeInstructions = Self.reading(whole, place)
      block?.operatorTotal = Self.reading(operators, place)
      return .read
    case .arena(let bytes):
      if bytes > 0 { builder.configuration.offer(.arenaBytes, String(bytes), .log) }
      return .read
    case .tensors(let type):
      return take(inputType: Scan.string(line, type))
    case .chatter:
      boot(at: place, into: &sink)
      return .skipped(.bootChatter)
    case .number:
      if block?.section ?? .head != .head { block?.paused = place }
      return .skipped(.ledCounter)
    case .other:
      if block?.section ?? .head != .head { block?.paused = place }
      return .skipped(.notMeasurement)
    }
  }

  mutating func readAhead(
    _ bytes: Span<UInt8>, from start: Int, surveyed: Surveyed, at place: TextPlace,
    into sink: inout Sink
  ) -> LinesAhead? {
    guard block?.section == .log, held.isEmpty, echo.isSilent, bytes[start] == UInt8(ascii: "p"),
      let line = TFLMAhead.line(bytes, from: start),
      case .profileCount = TFLMApplicationLine.parse(bytes.extracting(line))
    else { return nil }
    // That line ends the block in any case.
    endBlock(.marked, into: &sink)
    let taken = ahead.read(
      bytes, from: start, surveyed: surveyed, at: place, isApplication: true, builder: &builder,
      series: &series)
    if let taken {
      let passed = bytes.extracting(start..<start + taken.bytes)
      echo.passed(passed)
      lastCount = Self.lastCount(in: passed)
    }
    return taken
  }

  /// The count of the last block that begins in whole lines, of which the first begins one.
  private static func lastCount(in lines: Span<UInt8>) -> UInt64? {
    var end = lines.count
    while end > 0 {
      var start = end - 1
      while start > 0, lines[start - 1] != UInt8(ascii: "\n") { start -= 1 }
      if lines[start] == UInt8(ascii: "p"), let line = TFLMAhead.line(lines, from: start),
        case .profileCount(let count) = TFLMApplicationLine.parse(lines.extracting(line))
      {
        return count
      }
      end = start
    }
    return nil
  }

  func survey(_ bytes: Span<UInt8>) -> [Surveyed.Part] { ahead.survey(bytes, of: builder) }

  mutating func finish(into sink: inout Sink) {
    releaseHeader(into: &sink)
    endBlock(.endOfLog, into: &sink)
    perform(series.finish(), into: &sink)
    _ = endRun(into: &sink)
    guard sink.runs.isEmpty else { return }
    sink.report(
      .error, at: nil, rule: "no-block", "the log holds no block of times that can be used",
      remedy: "Let the capture run until a block of 'TAG took N ticks' lines is whole.")
  }

  // MARK: runs

  /// A step of the boot: behind a block, it is a reset.
  private mutating func boot(at place: TextPlace, into sink: inout Sink) {
    if block != nil || builder.sawBlocks {
      endBlock(.reset, into: &sink)
      perform(series.finish(), into: &sink)
      let carried = endRun(into: &sink)
      builder = TFLMRunBuilder(
        file: file, dialect: Self.dialect, required: .invoke, carrying: carried)
      prefix = nil
      sink.beginBoot()
    }
    if builder.firstLine == nil { builder.firstLine = place.line }
    series.isHeaded = true
  }

  private mutating func endRun(into sink: inout Sink) -> [Observation] {
    builder.configuration.offer(
      .origin, builder.ticks.isEmulated ? Origin.emulated : .measured, .implied)
    if builder.ticks.isEmulated {
      builder.configuration.remove(.clock)
      builder.configuration.remove(.mcu)
      builder.configuration.offer(.tick, "instructions", .implied)
    } else if let rate = builder.ticks.rate, rate > 0 {
      builder.configuration.offer(.tick, "\(rate)Hz", .log)
    }
    return builder.finish(into: &sink)
  }

  private mutating func endBlock(_ ending: TFLMRunBuilder.Ending, into sink: inout Sink) {
    guard let block else { return }
    self.block = nil
    headingInside = nil
    let whole = builder.withoutCutTotal(block, ending)
    let amount = builder.amount(of: whole)
    perform(series.take(whole, ending, amount: amount), into: &sink)
  }

  private mutating func perform(_ steps: [TFLMSeries.Step], into sink: inout Sink) {
    var times: Double?
    for step in steps {
      switch step {
      case .separate(let factor):
        let next = builder.successor()
        _ = endRun(into: &sink)
        builder = next
        times = factor
      case .add(let one):
        if let times { builder.observations.append(.keptApart(times: times, at: one.block.first)) }
        times = nil
        builder.close(one.block, one.ending, into: &sink)
      }
    }
  }

  private mutating func open(at place: TextPlace) {
    if block == nil { block = series.begin(at: place) }
    block?.readLines += 1
    block?.last = place
  }

  private static func reading(
    _ number: TFLMApplicationLine.TFLMNumber, _ place: TextPlace
  ) -> TFLMReading {
    TFLMReading(value: number.value, place: place.advanced(by: number.offset))
  }

  // MARK: lines

  /// `WORD, 5` is a row of sums only where rows of sums stand.
  private func accepts(_ line: TFLMLine, _ text: Span<UInt8>) -> Bool {
    guard case .tagRow(let tag, _, _) = line else { return true }
    return block?.section == .tags || block != nil && builder.tags.find(text, tag) != nil
  }

  private mutating func take(
    _ line: TFLMLine, _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) {
    if block == nil { block = series.begin(at: place) }
    if let heading = headingInside, case .took = line, block?.section == .log {
      headingInside = nil
      series.isHeaded = false
      _ = reportInside(heading, into: &sink)
    }
    let guess = builder.expectedTag(at: block?.events.count ?? 0)
    let isTaken = block?.take(line, text, at: place, tags: &builder.tags, guess: guess)
    if isTaken == false {
      endBlock(.marked, into: &sink)
      block = series.begin(at: place)
      _ = block?.take(line, text, at: place, tags: &builder.tags, guess: nil)
    }
  }

  private mutating func take(
    prefix range: Range<Int>, of line: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) {
    let name = Scan.string(line, range)
    if let prefix, prefix != name {
      sink.report(
        .error, at: place, rule: "contradicting-readings",
        "the board is '\(name)' here, but '\(prefix)' on the line before",
        remedy: "The log is damaged here; say the board with --set board=NAME.")
    }
    prefix = name
    if name.hasPrefix("QEMU") {
      builder.ticks.isEmulated = true
      if name == "QEMU-AN505" {
        builder.configuration.offer(.board, "qemu_mps2_an505", .log)
        builder.configuration.offer(.mcu, "cortex-m33", .log)
      }
    } else if name == "RP2350" || name == "RP2040" {
      builder.configuration.offer(.mcu, name.lowercased(), .log)
    }
  }

  private mutating func take(inputType: String) -> LineFate {
    let types: [String: Dtype] = ["INT8": .int8, "FLOAT32": .fp32, "INT16": .int16]
    guard let dtype = types[inputType] else { return .skipped(.notMeasurement) }
    builder.configuration.offer(.dtype, dtype, .log)
    builder.configuration.offer(
      .dtypeEvidence, "input tensor type printed by the application", .log)
    return .read
  }

  private mutating func unknown(
    _ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    let isDamaged = TFLMApplicationLine.isDamaged(line)
    if !isDamaged, series.takeHeading(line) != nil, block?.section ?? .head != .head {
      if block?.paused == nil {
        headingInside = place
        block?.paused = place
      }
      return .skipped(.prose)
    }
    if block != nil, block?.paused == nil {
      block?.doubt(at: place)
      return reportInside(place, into: &sink)
    }
    guard isDamaged else { return .skipped(.prose) }
    block?.doubt(at: place)
    return report(
      place, "unknown-line", "this looks like a damaged line of the application", into: &sink)
  }

  private func reportInside(_ place: TextPlace, into sink: inout Sink) -> LineFate {
    report(
      place, "unknown-line", "a line inside a block is none that the application prints",
      into: &sink)
  }

  private func report(
    _ place: TextPlace, _ rule: String, _ message: String, into sink: inout Sink
  ) -> LineFate {
    sink.report(
      .warning, at: place, rule: rule, message,
      remedy: "Nothing need be done if it was noise; otherwise record the log again.")
    return .diagnosed
  }
}
