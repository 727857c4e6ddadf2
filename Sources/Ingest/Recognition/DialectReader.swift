import Support

/// How strongly one line speaks for a dialect.
public struct Evidence: Sendable, Equatable {
  /// 1 may occur elsewhere, 4 is typical, 16 occurs nowhere else.
  public var weight: Int
  /// What was seen, for `analyze runs`: "a line 'profile_count: N'".
  public var words: String
  /// Whether the line shows that it begins here; false where it would be taken with something in front, too.
  public var isAnchored: Bool

  /// Evidence of some weight.
  public init(_ weight: Int, _ words: String, isAnchored: Bool = true) {
    self.weight = weight
    self.words = words
    self.isAnchored = isAnchored
  }
}

/// Where a reader puts what it finds.
public struct Sink: Sendable {
  /// Name of the file that is read, for diagnostics.
  public let file: String
  /// The finished runs, in the order in which they were added.
  public private(set) var runs: [Run] = []
  /// Micro-benchmarks, in the order in which they were added.
  public private(set) var microBenchmarks: [MicroBenchmark] = []
  /// Runs that were not made, in the order in which they were added.
  public private(set) var refusedRuns: [RefusedRun] = []
  private var reported = DiagnosticList()
  /// Lines that turned out to belong to a dropped block.
  public internal(set) var retractedLines = 0

  /// What was reported, in that order; thousands of a kind are counted, not kept.
  public var diagnostics: [Diagnostic] { reported.listed }
  /// The same, and how many more of each kind were counted.
  public var allDiagnostics: [Diagnostic] { reported.all }

  /// A sink for the file of that name.
  public init(file: String) { self.file = file }

  /// The boot that the log is in, from 1.
  private var boot = 1

  /// Adds a finished run of the present boot.
  public mutating func add(_ run: Run) {
    runs.append(run)
    runs[runs.count - 1].source.boot = boot
  }

  /// Runs that are added from here on are of another boot.
  mutating func beginBoot() { boot += 1 }

  /// Adds a micro-benchmark.
  public mutating func add(_ benchmark: MicroBenchmark) { microBenchmarks.append(benchmark) }

  /// Adds a run that was not made.
  public mutating func add(_ refused: RefusedRun) { refusedRuns.append(refused) }

  /// Reports something at `place`; rule in kebab-case, message the fact, remedy what to do.
  public mutating func report(
    _ severity: Severity, at place: TextPlace?, rule: String, _ message: String, remedy: String
  ) {
    report(
      Diagnostic(
        rule, message, remedy: remedy, place: place.map { Place($0) } ?? Place(),
        severity: severity))
  }

  /// Reports something of this file.
  mutating func report(_ diagnostic: Diagnostic) {
    reported.add(diagnostic.of(file))
  }

  /// Columns that a reader gives count in the cleaned line: moves those reported in the line of
  /// `place`, from the diagnostic at `first` on, to where they stand in the raw one.
  mutating func moveColumns(
    ofDiagnosticsFrom first: Int, behind place: TextPlace, _ displacement: (_ offset: Int) -> Int
  ) {
    reported.update(from: first) { diagnostic in
      guard diagnostic.line == place.line, diagnostic.column > place.column else { return }
      let moved = displacement(diagnostic.column - place.column)
      diagnostic.place.text?.column += moved
    }
  }

  /// Says that `lines` lines that were read belong to a block that is dropped whole.
  public mutating func retract(lines: Int) { retractedLines += lines }
}

/// Reads one dialect, line by line; one file per dialect implements it.
///
/// Lines come cleaned: no line end, no prefix of a terminal or logger, no ANSI escapes. `read` is called once
/// for each and says what became of it. Nothing may be guessed: what cannot be trusted is reported
/// through the sink, with the place of the first wrong byte.
public protocol DialectReader: Sendable {
  /// What is read.
  static var dialect: Dialect { get }

  /// What this line says for the dialect; nil when nothing.
  static func evidence(_ line: Span<UInt8>) -> Evidence?

  /// A reader at the start of the file `file`.
  init(file: String)

  /// Takes one line; `place` is that of its first byte.
  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate

  /// Whether lines are taken in at once, so that it is worth asking.
  static var readsAhead: Bool { get }

  /// Takes in lines from `start` on at once, where they are like those before; `place` is that of the first
  /// of them, and `surveyed` what `survey` found in the bytes. Nil, and nothing is taken, where they are to be
  /// read one by one. The result is the same.
  mutating func readAhead(
    _ bytes: Span<UInt8>, from start: Int, surveyed: Surveyed, at place: TextPlace,
    into sink: inout Sink
  ) -> LinesAhead?

  /// Reads what can be read of bytes that lie ahead, before those in front of them are, on any thread: stretches
  /// of lines that are like those before. They may begin and end in the middle of a line.
  func survey(_ bytes: Span<UInt8>) -> [Surveyed.Part]

  /// The file has ended.
  mutating func finish(into sink: inout Sink)
}

extension DialectReader {
  /// Not unless it says so.
  static var readsAhead: Bool { false }

  /// Line by line.
  mutating func readAhead(
    _ bytes: Span<UInt8>, from start: Int, surveyed: Surveyed, at place: TextPlace,
    into sink: inout Sink
  ) -> LinesAhead? { nil }

  /// Nothing is found.
  func survey(_ bytes: Span<UInt8>) -> [Surveyed.Part] { [] }
}
