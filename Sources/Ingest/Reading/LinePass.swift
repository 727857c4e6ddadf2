import Support

/// One pass over the lines of a file: recognise, then read; keeps the account of every line.
struct LinePass {
  let path: String
  private(set) var account = LineAccount()
  private(set) var recognition = Recognition(dialect: .unknown, evidence: [])
  private(set) var lastPlace = TextPlace(line: 1, column: 1)
  private var recogniser = Recogniser()
  private var reader: (any DialectReader)?
  private var lines = LineReader()
  private var cleaner = LineCleaner()
  private var refusal = Refusal()
  /// The user's own, which come before all else.
  private let patterns: PatternSet?

  /// Whether readers may take in lines that are like those before at once; the result is the same.
  private var readsAhead: Bool

  /// Bytes that are fed at a time, unless the log ends, until its dialect is known.
  private let chunk: Int

  init(path: String, patterns: PatternSet?, readsAhead: Bool, chunk: Int) {
    self.path = path
    self.patterns = patterns
    self.readsAhead = readsAhead
    self.chunk = chunk
  }

  /// Whether it is known what reads the lines.
  var isRecognised: Bool { reader != nil }

  /// What is found out of a block that lies ahead; any thread may ask.
  var survey: @Sendable (Span<UInt8>) -> [Surveyed.Part] {
    guard readsAhead, let reader else { return { _ in [] } }
    return { reader.survey($0) }
  }

  /// Takes the next bytes, of which `surveyed` was found out.
  mutating func feed(_ bytes: Span<UInt8>, surveyed: Surveyed, into sink: inout Sink) {
    if reader == nil { recognise(bytes) }
    // Local copies keep the closures free of overlapping access to self.
    var lines = self.lines
    lines.feed(
      bytes,
      ahead: { start, place in
        guard readsAhead,
          let taken = reader?.readAhead(
            bytes, from: start, surveyed: surveyed, at: place, into: &sink)
        else { return nil }
        account.enter(taken.fates, times: 1)
        lastPlace = TextPlace(line: place.line + taken.lines - 1, column: 1)
        return (taken.bytes, taken.lines)
      }
    ) { piece, place, cut in take(piece, place, cut, &sink) }
    self.lines = lines
  }

  mutating func finish(into sink: inout Sink, sawBytes: Bool) {
    var lines = self.lines
    lines.finish { piece, place, cut in take(piece, place, cut, &sink) }
    self.lines = lines
    reader?.finish(into: &sink)
    account.retract(sink.retractedLines)
    guard reader == nil else { return }
    if sawBytes {
      sink.report(refusal.diagnostic(lines: account.total))
    } else {
      sink.report(
        .error, at: nil, rule: "empty-file", "the file is empty",
        remedy: "Record the log again; capture stops when the port closes.")
    }
  }

  private mutating func recognise(_ bytes: Span<UInt8>) {
    if account.total == 0 { refusal.begin(bytes) }
    if let patterns, choose(Fallback(patterns: patterns), of: bytes) { return }
    var recogniser = self.recogniser
    peek(bytes) { text, place in recogniser.weigh(text, at: place) }
    self.recogniser = recogniser
    if let decision = recogniser.decision {
      recognition = decision.recognition
      reader = decision.reader.init(file: path)
      readsAhead = readsAhead && decision.reader.readsAhead
      return
    }
    _ = choose(Fallback(), of: bytes)
  }

  /// Takes the reader that `fallback` chooses, if any.
  private mutating func choose(_ fallback: Fallback, of bytes: Span<UInt8>) -> Bool {
    var fallback = fallback
    peek(bytes) { text, place in fallback.weigh(text, at: place) }
    guard let decision = fallback.decision else { return false }
    recognition = decision.recognition
    reader = decision.reader(path)
    readsAhead = false
    return true
  }

  /// Calls `body` with the clean lines of `bytes`, which are still there for reading.
  private func peek(_ bytes: Span<UInt8>, _ body: (Span<UInt8>, TextPlace) -> Void) {
    var ahead = lines
    var cleaner = LineCleaner()
    ahead.feed(bytes) { piece, place, _ in cleaner.clean(piece, at: place, body) }
    // Of a full chunk the last line goes on in the next.
    if bytes.count < chunk {
      ahead.finish { piece, place, _ in cleaner.clean(piece, at: place, body) }
    }
  }

  private mutating func take(
    _ piece: Span<UInt8>, _ place: TextPlace, _ cut: Bool, _ sink: inout Sink
  ) {
    lastPlace = place
    if cut {
      sink.report(
        .warning, at: place, rule: "overlong-line",
        "a line is longer than \(LineReader.maximumLength) bytes and is passed over",
        remedy: "Check that this is a text log and not a binary file.")
      account.enter(.diagnosed)
      return
    }
    // The cleaner is moved out for the call, so that the reader may be changed inside it.
    var cleaner = LineCleaner()
    swap(&cleaner, &self.cleaner)
    let reported = sink.diagnostics.count
    var textPlace = place
    let fate = cleaner.clean(piece, at: place) { text, place -> LineFate in
      textPlace = place
      if text.isEmpty { return .skipped(.blank) }
      guard reader == nil else {
        return reader?.read(text, at: place, into: &sink) ?? .skipped(.prose)
      }
      refusal.take(text, at: place)
      return .skipped(.prose)
    }
    sink.moveColumns(ofDiagnosticsFrom: reported, behind: textPlace) {
      cleaner.displacement(at: $0)
    }
    swap(&cleaner, &self.cleaner)
    account.enter(fate)
  }
}
