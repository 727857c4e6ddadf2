import Support

/// Reads a file of one board's published results, as `ReferenceBoard` writes it: a small part of TOML, of which
/// every line stands for itself.
struct ReferenceBoardReader: DialectReader {
  static let dialect = Dialect(rawValue: "reference board")

  private let file: String
  /// What holds for all results: the lines before the first of them.
  private var common: ResultRow?
  private var row: ResultRow?

  init(file: String) { self.file = file }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    guard Scan.starts(line, "format = \"pico2-benchmark.reference/") else { return nil }
    return Evidence(16, "a line 'format = \"pico2-benchmark.reference/...\"' of a board's results")
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    var text = ReferenceBoardLine(line)
    do throws(ReferenceBoardLine.Problem) {
      switch try text.read() {
      case .nothing: return .skipped(.comment)
      case .result:
        finishRow(into: &sink)
        row = ResultRow(place: place, dialect: Self.dialect)
      case .pair(let key, let texts): return enter(key, texts, at: place, text.keyEnd, into: &sink)
      }
    } catch {
      sink.report(
        .error, at: place.advanced(by: error.column), rule: "bad-row", error.message,
        remedy: error.remedy)
      return .diagnosed
    }
    return .read
  }

  private mutating func enter(
    _ key: String, _ texts: [String], at place: TextPlace, _ column: Int, into sink: inout Sink
  ) -> LineFate {
    if key == "format", row == nil {
      guard texts == [ReferenceBoard.format] else {
        sink.report(
          .error, at: place, rule: "newer-format",
          "the file is '\(texts.first ?? "")'; this analyze reads '\(ReferenceBoard.format)'",
          remedy: "Upgrade analyze, or import the results again.")
        return .diagnosed
      }
      return .read
    }
    guard ResultRow.names.contains(key) else {
      sink.report(
        .error, at: place, rule: "unknown-key", "unknown key '\(key)'",
        remedy: Nearest.suggestion(for: key, in: ResultRow.names)
          ?? "Keys are \(ResultRow.names.joined(separator: ", ")).")
      return .diagnosed
    }
    guard texts.count == 1 || !texts.isEmpty && ResultRow.lists.contains(key) else {
      sink.report(
        .error, at: place.advanced(by: column), rule: "bad-value", "'\(key)' takes one value",
        remedy: "Write \(key) = VALUE.")
      return .diagnosed
    }
    let value = place.advanced(by: column)
    let isNew: Bool
    if row != nil {
      isNew = row?.enter(key, texts, at: value) ?? false
    } else {
      var known = common ?? ResultRow(place: place, dialect: Self.dialect)
      isNew = known.enter(key, texts, at: value)
      common = known
    }
    guard isNew else {
      sink.report(
        .error, at: place, rule: "repeated-key", "'\(key)' is said twice",
        remedy: "Leave one of them out; the first one counts.")
      return .diagnosed
    }
    return .read
  }

  private mutating func finishRow(into sink: inout Sink) {
    guard var ended = row else { return }
    row = nil
    if let common { ended.complete(from: common) }
    do throws(Diagnostic) {
      sink.add(try ended.run(file: file))
    } catch {
      sink.report(error)
    }
  }

  mutating func finish(into sink: inout Sink) { finishRow(into: &sink) }
}
