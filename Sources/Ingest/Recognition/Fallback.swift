import Support

/// Recognises a log that no reader of a known dialect takes: by the patterns that a user gave, by those that
/// come with the program, or by times in words.
struct Fallback {
  private struct Candidate {
    var reader: @Sendable (String) -> any DialectReader
    var dialect: Dialect
    var evidence: @Sendable (Span<UInt8>) -> Evidence?
    var score = 0
    var seen: [Recognition.Seen] = []
  }

  private var candidates: [Candidate]

  init() {
    candidates = ShippedPatterns.all.map(Self.candidate)
    candidates.append(
      Candidate(
        reader: { MeasuredLinesReader(file: $0) }, dialect: MeasuredLinesReader.dialect,
        evidence: { MeasuredLinesReader.evidence($0) }))
  }

  /// The patterns that a user gave.
  init(patterns: PatternSet) { candidates = [Self.candidate(patterns)] }

  private static func candidate(_ set: PatternSet) -> Candidate {
    Candidate(
      reader: { MeasuredLinesReader(file: $0, patterns: set) }, dialect: set.dialect,
      evidence: { set.evidence($0) })
  }

  /// Weighs one line.
  mutating func weigh(_ line: Span<UInt8>, at place: TextPlace) {
    guard !line.isEmpty else { return }
    for i in candidates.indices where candidates[i].seen.count < 4 {
      guard let evidence = candidates[i].evidence(line) else { continue }
      candidates[i].seen.append(
        .init(line: place.line, words: evidence.words, weight: evidence.weight))
      candidates[i].score += evidence.weight
    }
  }

  /// The first kind of log that a line spoke plainly for.
  var decision: (reader: @Sendable (String) -> any DialectReader, recognition: Recognition)? {
    guard let best = candidates.first(where: { $0.score >= 4 }) else { return nil }
    let evidence = best.seen.sorted { ($1.weight, $0.line) < ($0.weight, $1.line) }
    return (best.reader, Recognition(dialect: best.dialect, evidence: Array(evidence.prefix(1))))
  }
}
