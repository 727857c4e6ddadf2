@testable import Ingest
@testable import Support

extension Target {
  /// Times in words: every line by itself, and as a log.
  static let words = Target(name: "words") { bytes in
    var lines = LineReader()
    let take = { (line: Span<UInt8>, place: TextPlace, _: Bool) in
      let measured = LineGrammar.read(line, at: place)
      for figure in measured.figures {
        require(
          figure.number.value.isFinite && figure.number.value >= 0, "a time of \(figure.number)")
        require(
          figure.range.lowerBound >= 0 && figure.range.upperBound <= line.count,
          "a number outside of its line")
      }
      // What is suggested can be given.
      if LineGrammar.timeLikeness(line) > 0 {
        let pattern = PatternSuggestion.of(Scan.string(line))
        if let read = try? Pattern(pattern) { _ = PatternMatcher.match(read, line, at: place) }
      }
    }
    lines.feed(bytes.span, take)
    lines.finish(take)
    var reader = MeasuredLinesReader(file: "-")
    var sink = Sink(file: "-")
    var all = LineReader()
    let read = { (line: Span<UInt8>, place: TextPlace, _: Bool) in
      _ = reader.read(line, at: place, into: &sink)
    }
    all.feed(bytes.span, read)
    all.finish(read)
    reader.finish(into: &sink)
    require(
      !sink.runs.isEmpty || !sink.diagnostics.isEmpty, "nothing was read, and nothing is said")
  }

  /// A pattern in the first line, held against those behind it.
  static let patterns = Target(name: "patterns") { bytes in
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    let text = String(decoding: bytes[..<end], as: UTF8.self)
    do throws(Diagnostic) {
      let pattern = try Pattern(text)
      let again = try Pattern(pattern.text)
      require(again == pattern, "a pattern changes when it is read again")
      let rest = Array(bytes[min(end + 1, bytes.count)...])
      var read = LogRead(path: "-")
      read.patterns = PatternSet([pattern])
      let file = read.read(BytesInMemory(rest))
      RunCheck.check(file, lines: file.account.total)
    } catch {
      require(!error.message.isEmpty && !error.remedy.isEmpty && error.column >= 1, "\(error)")
    }
    _ = Sidecar.patterns(text: String(decoding: bytes, as: UTF8.self), file: "-")
  }

  /// A prefix of known form in front of every line, or of any form, changes nothing that is not said.
  static let prefix = Target(name: "prefix") { bytes in
    guard let first = bytes.first else { return }
    let forms = ["I (1217) app: ", "[00:00:01.201,733] <inf> infer: ", "10:14:03.205 > ", "00> "]
    let form = Array(forms[Int(first) % forms.count].utf8)
    var prefixed: [UInt8] = []
    for line in bytes.dropFirst().split(separator: 0x0A, omittingEmptySubsequences: false) {
      prefixed += form + line + [0x0A]
    }
    for log in [Array(bytes.dropFirst()), prefixed] {
      let file = Ingestor().ingest(bytes: log, path: "-")
      RunCheck.check(file, lines: file.account.total)
    }
  }
}
