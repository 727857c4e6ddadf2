/// What lines say for each dialect, so that lines with and without a prefix can be compared.
struct DialectTally: Sendable {
  /// By reader: lines that are certainly its own from their first byte on, and lines in which something else may stand in front.
  private var certain = [Int](repeating: 0, count: Recogniser.readers.count)
  private var loose = [Int](repeating: 0, count: Recogniser.readers.count)
  private var scores = [Int](repeating: 0, count: Recogniser.readers.count)

  /// Adds what one line says.
  mutating func add(_ line: Span<UInt8>) {
    guard !line.isEmpty else { return }
    for (i, reader) in Recogniser.readers.enumerated() {
      if let evidence = reader.evidence(line) { add(evidence, for: i) }
    }
  }

  /// Adds one piece of evidence for the reader of that number.
  mutating func add(_ evidence: Evidence, for reader: Int) {
    if evidence.isAnchored { certain[reader] += 1 } else { loose[reader] += 1 }
    scores[reader] += Self.worth(evidence)
  }

  /// What the best dialect has.
  var score: Int { scores.max() ?? 0 }

  /// Whether most lines of the best dialect begin where its lines begin.
  var isCertain: Bool {
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }) else { return false }
    return certain[best] > loose[best]
  }

  /// A line that begins where it should is worth twice as much.
  static func worth(_ evidence: Evidence) -> Int {
    evidence.isAnchored ? 2 * evidence.weight : evidence.weight
  }

  /// What the line says for the dialect that it speaks for most.
  static func worth(_ line: Span<UInt8>) -> Int {
    var most = 0
    for reader in Recogniser.readers {
      if let evidence = reader.evidence(line) { most = max(most, worth(evidence)) }
    }
    return most
  }
}
