import Support

/// What a file was taken for, and why.
public struct Recognition: Sendable, Equatable, Codable {
  /// The dialect with most evidence.
  public var dialect: Dialect
  /// Up to three pieces of evidence, strongest first, with the line each first stood in.
  public var evidence: [Seen]
  /// What was taken off the lines in front; nil where there was nothing.
  public var prefix: SeenPrefix?

  /// What a file was taken for, and why.
  public init(dialect: Dialect, evidence: [Seen], prefix: SeenPrefix? = nil) {
    (self.dialect, self.evidence, self.prefix) = (dialect, evidence, prefix)
  }

  /// One piece of evidence.
  public struct Seen: Sendable, Equatable, Codable {
    /// One-based line it first stood in.
    public var line: Int
    /// What was seen, as in `Evidence.words`.
    public var words: String
    /// How strongly it speaks, as in `Evidence.weight`.
    public var weight: Int
  }

  /// "line 4: a line 'profile_count: N'; ..."
  public var words: String {
    evidence.map { "line \($0.line): \($0.words)" }.joined(separator: "; ")
  }
}

/// Decides from the first lines which dialect a file is written in.
struct Recogniser {
  /// All readers; the order breaks ties, the more special first.
  static let readers: [any DialectReader.Type] = [
    BenchLogReader.self,
    TFLMApplicationReader.self, TFLMBenchmarkReader.self, TFLMProfilerReader.self,
    MLPerfEEMBCReader.self, MLPerfPythonReader.self,
    STSystemPerformanceReader.self, STValidationReader.self, STReportReader.self,
    ReferenceTableReader.self, ReferenceBoardReader.self,
  ]

  private var scores = [Int](repeating: 0, count: readers.count)
  private var tally = DialectTally()
  private var seen = [[Recognition.Seen]](repeating: [], count: readers.count)

  /// Weighs one line. The same words count at most four times, so that one frequent weak sign does
  /// not outvote a rare strong one.
  ///
  /// - Returns: whether it speaks for any dialect.
  @discardableResult
  mutating func weigh(_ line: Span<UInt8>, at place: TextPlace) -> Bool {
    guard !line.isEmpty else { return false }
    var speaks = false
    for (i, reader) in Self.readers.enumerated() {
      guard let evidence = reader.evidence(line) else { continue }
      speaks = true
      tally.add(evidence, for: i)
      let repeats = seen[i].filter { $0.words == evidence.words }.count
      guard repeats < 4 else { continue }
      seen[i].append(.init(line: place.line, words: evidence.words, weight: evidence.weight))
      scores[i] += evidence.weight
    }
    return speaks
  }

  /// Whether most lines that speak for the dialect begin where its lines begin: nothing stands in front.
  var isCertain: Bool { tally.isCertain }

  /// What reads a file, and why.
  typealias Decision = (reader: any DialectReader.Type, recognition: Recognition)

  /// The dialect with most evidence; nil while there is less than a typical line's worth.
  var decision: Decision? {
    var best: Int?
    for i in scores.indices where scores[i] >= 4 && scores[i] > best.map({ scores[$0] }) ?? 0 {
      best = i
    }
    guard let best else { return nil }
    var evidence: [Recognition.Seen] = []
    let ranked = seen[best].sorted { ($1.weight, $0.line) < ($0.weight, $1.line) }
    for one in ranked where !evidence.contains(where: { $0.words == one.words }) {
      evidence.append(one)
      if evidence.count == 3 { break }
    }
    let reader = Self.readers[best]
    return (reader, Recognition(dialect: reader.dialect, evidence: evidence))
  }
}
