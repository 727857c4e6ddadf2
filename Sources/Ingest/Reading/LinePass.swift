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
  private var prefix: SeenPrefix?
  /// Chunks that were looked at.
  private var attempts = 0
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
    recognition.prefix = prefix
    guard reader == nil else { return }
    if sawBytes {
      sink.report(refusal.diagnostic(lines: account.total))
    } else {
      sink.report(
        .error, at: nil, rule: "empty-file", "the file is empty",
        remedy: "Record the log again; capture stops when the port closes.")
    }
  }

  /// Decides what reads the lines: a known dialect's reader as they stand, or behind a prefix.
  private mutating func recognise(_ bytes: Span<UInt8>) {
    if account.total == 0 { refusal.begin(bytes) }
    var bare = recogniser
    var sample = LineSample()
    forEachLine(of: bytes, behind: .none) { text, place in
      let start = LinePrefix.stamps.length(of: text).bytes
      let speaks = bare.weigh(
        text.extracting(start..<text.count), at: place.advanced(by: start))
      sample.add(text, isClaimed: speaks)
    }
    if let patterns, choose(Fallback(patterns: patterns), of: bytes, sample) { return }
    attempts += 1
    if isWorthLooking, !bare.isCertain || sample.looksPrefixed,
      let prefix = PrefixFinder.find(sample)
    {
      var behind = recogniser
      forEachLine(of: bytes, behind: prefix) { text, place in behind.weigh(text, at: place) }
      if take(behind.decision, behind: prefix) { return }
    }
    recogniser = bare
    if take(bare.decision, behind: .stamps) { return }
    _ = choose(Fallback(), of: bytes, sample)
  }

  /// Takes the reader that `fallback` chooses, if any: behind a known prefix, or of the lines as they stand.
  private mutating func choose(
    _ fallback: Fallback, of bytes: Span<UInt8>, _ sample: LineSample
  ) -> Bool {
    let known = isWorthLooking ? PrefixFinder.known(sample) : nil
    for prefix in [known, .stamps].compactMap({ $0 }) {
      var weighed = fallback
      forEachLine(of: bytes, behind: prefix) { text, place in weighed.weigh(text, at: place) }
      guard let decision = weighed.decision else { continue }
      recognition = decision.recognition
      reader = decision.reader(path)
      cleaner.prefix = prefix
      readsAhead = false
      return true
    }
    return false
  }

  /// A prefix is looked for in the first chunks, then less and less often: it takes longer than reading.
  private var isWorthLooking: Bool { attempts <= 4 || attempts & (attempts - 1) == 0 }

  /// Takes the reader that was decided on; false where none was.
  private mutating func take(_ decision: Recogniser.Decision?, behind prefix: LinePrefix) -> Bool {
    guard let decision else { return false }
    recognition = decision.recognition
    reader = decision.reader.init(file: path)
    cleaner.prefix = prefix
    readsAhead = readsAhead && decision.reader.readsAhead && !prefix.isFound
    return true
  }

  /// Calls `body` with the clean lines of the bytes; they are still there for reading.
  private func forEachLine(
    of bytes: Span<UInt8>, behind prefix: LinePrefix, _ body: (Span<UInt8>, TextPlace) -> Void
  ) {
    var ahead = lines
    var cleaner = LineCleaner()
    cleaner.prefix = prefix
    func clean(_ piece: Span<UInt8>, _ place: TextPlace, _ cut: Bool) {
      cleaner.clean(piece, at: place, body)
    }
    ahead.feed(bytes, clean)
    // Of a full chunk the last line goes on in the next.
    if bytes.count < chunk { ahead.finish(clean) }
  }

  private mutating func notePrefix(_ piece: Span<UInt8>, _ place: TextPlace, _ length: Int) {
    guard prefix == nil else {
      prefix?.lines += 1
      return
    }
    var bare = LineCleaner()
    bare.prefix = .none
    bare.clean(piece, at: place) { text, _ in
      prefix = SeenPrefix(
        words: cleaner.prefix.words(of: text), example: Scan.string(text, 0..<length),
        line: place.line, lines: 1)
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
    if self.cleaner.prefixLength > 0 { notePrefix(piece, place, self.cleaner.prefixLength) }
    account.enter(fate)
  }
}
