import Support

/// Cuts a stream of MicroProfiler lines into inferences and runs; shared by the dialects that have
/// no marks of their own between inferences.
struct TFLMProfilerCore: Sendable {
  let file: String
  let dialect: Dialect
  /// The program prints something behind the operators of every inference.
  var closesBlocks = false { didSet { builder.closesBlocks = closesBlocks } }
  private(set) var builder: TFLMRunBuilder
  private(set) var block: TFLMBlock?
  private var echo = TFLMEcho()
  /// Configuration of the runs from here on.
  private var standing: [(key: ConfigurationKey, text: String, provenance: Provenance)] = []
  private var rate: TFLMReading?
  private var lastEventLine: Int?
  /// Line numbers from one event line to the next: 2 where every line end was doubled.
  private var gap = 0
  /// A line of prose between two event lines, until the blocks on both sides turn out alike.
  private var boundary: TextPlace?
  private var previousKinds: [Int] = []
  /// The operators of the run before.
  private var kindsBefore: [Int] = []
  /// A damaged event line where a block may have begun.
  private var doubtBefore: TextPlace?
  private var series = TFLMSeries()
  private var ahead = TFLMAhead()

  init(file: String, dialect: Dialect) {
    self.file = file
    self.dialect = dialect
    builder = TFLMRunBuilder(file: file, dialect: dialect, required: .nothing)
  }

  /// True when a block has begun and holds operators or sums.
  var isInBlock: Bool { (block?.section ?? .head) != .head }

  // MARK: lines

  /// Takes the line if it is a profiler's; nil when it is not.
  mutating func read(_ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate? {
    guard let line = TFLMLine.parse(text), accepts(line, text) else { return nil }
    var unique = line == .eventHeader || line == .tagHeader
    if case .took(let took) = line, took.iterations != nil { unique = true }
    if case .eventRow = line { unique = true }
    if case .total = line { unique = true }
    if echo.repeats(text, unique: unique) { return .skipped(.repeated) }
    if case .took(let took) = line {
      if Self.isInitialisation(text, took.tag) {
        endBlock(.marked, into: &sink)
        return .skipped(.notMeasurement)
      }
      if let iterations = took.iterations {
        beginWhole(took, iterations, at: place, into: &sink)
        return .read
      }
    }
    take(line, text, at: place, into: &sink)
    return .read
  }

  /// Takes in inferences that blank lines set apart, see `DialectReader.readAhead`.
  mutating func readAhead(
    _ bytes: Span<UInt8>, from start: Int, surveyed: Surveyed, at place: TextPlace,
    into sink: inout Sink
  ) -> LinesAhead? {
    guard let block, block.section == .log, block.paused == nil, block.doubt == nil, gap == 1,
      boundary == nil, doubtBefore == nil, echo.isSilent, builder.isWhole(block),
      let lastEventLine, place.line - lastEventLine > gap, start < bytes.count,
      bytes[start] > UInt8(ascii: " ")
    else { return nil }
    // An event line would end the block; any other is no inference like it.
    guard let line = TFLMAhead.line(bytes, from: start),
      case .took(let took) = TFLMLine.parse(bytes.extracting(line)), took.iterations == nil
    else { return nil }
    endBlock(.marked, into: &sink)
    let taken = ahead.read(
      bytes, from: start, surveyed: surveyed, at: place, isApplication: false, builder: &builder,
      series: &series)
    if let taken { echo.passed(bytes.extracting(start..<start + taken.bytes)) }
    return taken
  }

  func survey(_ bytes: Span<UInt8>) -> [Surveyed.Part] { ahead.survey(bytes, of: builder) }

  /// True when `text` repeats the line before it as an echo.
  mutating func isEcho(_ text: Span<UInt8>) -> Bool { echo.repeats(text, unique: false) }

  private func accepts(_ line: TFLMLine, _ text: Span<UInt8>) -> Bool {
    guard case .tagRow(let tag, _, _) = line else { return true }
    return block?.section == .tags || isInBlock && builder.tags.find(text, tag) != nil
  }

  /// Events of the start of a benchmark, which the profiler times like operators.
  static func isInitialisation(_ text: Span<UInt8>, _ tag: Range<Int>) -> Bool {
    var i = tag.lowerBound
    return Scan.literal(text, &i, "Initialize") || Scan.literal(text, &i, "tflite::")
  }

  private mutating func beginWhole(
    _ took: TFLMTook, _ iterations: UInt64, at place: TextPlace, into sink: inout Sink
  ) {
    beginRun(into: &sink)
    var block = TFLMBlock(at: place)
    block.readLines = 1
    if took.count.overflow != nil {
      block.overflowedWhole = TFLMPrinted(
        count: took.count, place: place.advanced(by: took.offset))
      block.overflowedWholeUnit = took.unit
    }
    if case .finished(let ticks) = took.count {
      block.whole = TFLMBlock.Whole(
        reading: TFLMReading(value: ticks, place: place.advanced(by: took.offset)),
        unit: took.unit, iterations: iterations, milliseconds: took.milliseconds)
    }
    self.block = block
  }

  private mutating func take(
    _ line: TFLMLine, _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) {
    if startsNext(line, at: place, into: &sink) {
      let paused = block?.paused
      let step = place.line - (lastEventLine ?? 0)
      endBlock(.marked, into: &sink)
      if step <= 2 * max(gap, 1) { boundary = paused }
    }
    let isInside = block != nil
    if block == nil { block = fresh(at: place) }
    let guess = builder.expectedTag(at: block?.events.count ?? 0)
    let isTaken = block?.take(line, text, at: place, tags: &builder.tags, guess: guess)
    if isTaken == false {
      endBlock(.marked, into: &sink)
      block = fresh(at: place)
      _ = block?.take(line, text, at: place, tags: &builder.tags, guess: nil)
    } else if isInside {
      // A heading before this line stands in the block.
      series.isHeaded = false
    }
    if case .took = line { lastEventLine = place.line } else { lastEventLine = nil }
  }

  private mutating func fresh(at place: TextPlace) -> TFLMBlock {
    var block = series.begin(at: place)
    if let doubtBefore, place.line - doubtBefore.line <= 2 { block.doubt(at: doubtBefore) }
    doubtBefore = nil
    return block
  }

  /// True when `line` begins another inference than the block so far.
  private mutating func startsNext(
    _ line: TFLMLine, at place: TextPlace, into sink: inout Sink
  ) -> Bool {
    guard isInBlock else { return false }
    switch line {
    case .took:
      guard block?.section == .log, let lastEventLine else { return false }
      let step = place.line - lastEventLine
      if let paused = block?.paused, let block {
        if !builder.isWhole(block), builder.expectedTag(at: block.events.count) != nil {
          reportInside(paused, into: &sink)
          return false
        }
        return true
      }
      if let doubt = block?.doubt, doubt.line > lastEventLine { return false }
      if gap == 0 || step < gap, step <= 2 {
        gap = step
        return false
      }
      return step > gap
    case .eventRow(let index, _, _, _):
      if index > 0, let paused = block?.paused { reportInside(paused, into: &sink) }
      return false
    case .tagRow, .total:
      if let paused = block?.paused { reportInside(paused, into: &sink) }
      return false
    case .eventHeader, .tagHeader:
      return false
    }
  }

  private func reportInside(_ place: TextPlace, into sink: inout Sink) {
    sink.report(
      .warning, at: place, rule: "unknown-line",
      "a line inside a block is none that the profiler prints",
      remedy: "Nothing need be done if it was noise; otherwise record the log again.")
  }

  /// A line that is not the profiler's: it ends a block, stands in one, or damages one.
  mutating func stranger(
    _ text: Span<UInt8>, at place: TextPlace, as rule: SkipRule, into sink: inout Sink
  ) -> LineFate {
    // An emulator's ticks are no time.
    if case .tickRate(_, let printed) = TFLMApplicationLine.parse(text),
      !Scan.starts(text, "QEMU")
    {
      series.isHeaded = true
      rate = TFLMReading(value: printed.value, place: place.advanced(by: printed.offset))
      if !builder.sawBlocks { applyRate() }
      return .read
    }
    let isDamaged =
      isInBlock
      ? TFLMApplicationLine.resemblesReading(text)
      : Scan.find(text, " ticks (") != nil
        || Scan.find(text, " took ") != nil && endsLikeEvent(text)
    guard isDamaged else {
      if series.takeHeading(text) == .boot {
        boot(into: &sink)
        return .skipped(.bootChatter)
      }
      if isInBlock, block?.paused == nil { block?.paused = place }
      return .skipped(rule)
    }
    if block == nil { doubtBefore = place } else { block?.doubt(at: place) }
    sink.report(
      .warning, at: place, rule: "unknown-line",
      "this looks like a damaged line of the profiler",
      remedy: "Nothing need be done if it was noise; otherwise record the log again.")
    return .diagnosed
  }

  private func endsLikeEvent(_ text: Span<UInt8>) -> Bool {
    Scan.find(text, "ticks") != nil || Scan.find(text, " ms)") != nil
  }

  /// A header of the program, which ends what was before it.
  mutating func head(into sink: inout Sink) {
    endBlock(.marked, into: &sink)
    series.isHeaded = true
  }

  /// A line at `place` stands behind the operators of the inference.
  mutating func pause(at place: TextPlace) {
    if isInBlock, block?.paused == nil { block?.paused = place }
  }

  /// The cycles of the whole inference, printed behind its block; false when there is no block.
  mutating func take(cycles: TFLMReading, into sink: inout Sink) -> Bool {
    guard isInBlock, block?.cycles == nil else { return false }
    block?.cycles = cycles
    block?.paused = nil
    block?.readLines += 1
    block?.last = cycles.place
    endBlock(.marked, into: &sink)
    return true
  }

  // MARK: blocks and runs

  /// Ends the current block.
  mutating func endBlock(_ ending: TFLMRunBuilder.Ending, into sink: inout Sink) {
    guard let block else { return }
    self.block = nil
    close(block, ending, into: &sink)
  }

  private mutating func close(
    _ block: TFLMBlock, _ ending: TFLMRunBuilder.Ending, into sink: inout Sink
  ) {
    lastEventLine = nil
    let kinds = block.operators.map(\.tag)
    if let boundary, kinds != previousKinds { reportInside(boundary, into: &sink) }
    boundary = nil
    if builder.isForeign(block) { endRun(into: &sink) }
    let block = builder.withoutCutTotal(block, ending)
    let amount = builder.amount(of: block)
    perform(series.take(block, ending, amount: amount), into: &sink)
    previousKinds = kinds
  }

  private mutating func perform(_ steps: [TFLMSeries.Step], into sink: inout Sink) {
    var times: Double?
    for step in steps {
      switch step {
      case .separate(let factor):
        handOver(into: &sink)
        times = factor
      case .add(let one):
        if let times { builder.observations.append(.keptApart(times: times, at: one.block.first)) }
        times = nil
        builder.close(one.block, one.ending, into: &sink)
      }
    }
  }

  /// The board boots, which ends all that was before it.
  mutating func boot(into sink: inout Sink) {
    // The only block of a boot is cut off if an earlier boot went on where it ends.
    let kinds = block?.operators.map(\.tag) ?? []
    let isCut = kinds.count < kindsBefore.count && kindsBefore.starts(with: kinds)
    endBlock(builder.leader != nil || isCut ? .reset : .marked, into: &sink)
    guard builder.sawBlocks else { return }
    endRun(into: &sink)
    sink.beginBoot()
  }

  /// Ends the run, and begins another when anything was read for it.
  mutating func beginRun(into sink: inout Sink) {
    endBlock(.marked, into: &sink)
    if builder.sawBlocks { endRun(into: &sink) }
  }

  /// Says something about all runs from here on; `nil` takes it back. What differs from before begins a
  /// run.
  mutating func set(
    _ key: ConfigurationKey, _ text: String?, _ provenance: Provenance, into sink: inout Sink
  ) {
    // The size of the arena is printed behind a block; all else before it.
    let held = standing.first { $0.key == key }?.text
    if key != .arenaBytes, let held, held != text, builder.sawBlocks { endRun(into: &sink) }
    standing.removeAll { $0.key == key }
    if let text {
      standing.append((key, text, provenance))
      builder.configuration.remove(key)
      builder.configuration.offer(key, text, provenance)
    } else {
      builder.configuration.remove(key)
    }
  }

  /// Says something about the current run.
  mutating func offer(_ key: ConfigurationKey, _ text: String, _ provenance: Provenance) {
    builder.configuration.offer(key, text, provenance)
  }

  private mutating func endRun(into sink: inout Sink) {
    perform(series.finish(), into: &sink)
    handOver(into: &sink)
  }

  /// Makes the run of what was read for it; what is read from here on is another one.
  private mutating func handOver(into sink: inout Sink) {
    var tags = TFLMTags()
    if let rate = builder.ticks.rate, rate > 0 {
      builder.configuration.offer(.tick, "\(rate)Hz", .log)
    }
    // A rate found wrong is no rate of the next run either; its line is taken back once.
    if let wrong = builder.contradictedRate, wrong == rate?.place { rate = nil }
    if let leader = builder.leader { kindsBefore = builder.sequences[leader].kinds }
    let carried = builder.finish(into: &sink)
    swap(&tags, &builder.tags)  // an open block still counts in these numbers
    builder = TFLMRunBuilder(
      file: file, dialect: dialect, required: .nothing, carrying: carried)
    builder.tags = tags
    builder.closesBlocks = closesBlocks
    for entry in standing { builder.configuration.offer(entry.key, entry.text, entry.provenance) }
    applyRate()
    previousKinds = []
  }

  private mutating func applyRate() {
    builder.ticks.rate = rate?.value
    builder.ratePlace = rate?.place
  }

  /// The log has ended.
  mutating func finish(into sink: inout Sink) {
    endBlock(.endOfLog, into: &sink)
    endRun(into: &sink)
    guard sink.runs.isEmpty else { return }
    sink.report(
      .error, at: nil, rule: "no-block", "the log holds no block of times that can be used",
      remedy: "Let the capture run until a block of 'TAG took N ticks' lines is whole.")
  }
}
