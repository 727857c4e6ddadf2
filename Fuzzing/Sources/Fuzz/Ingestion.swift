@testable import Ingest
@testable import Support

extension Target {
  /// Bytes to runs, the dialect recognised.
  static let ingest = Target(name: "ingest") { bytes in
    // Standard input has no sidecar file that could be looked for.
    let file = Ingestor().ingest(bytes: bytes, path: "-")
    RunCheck.check(file, lines: lineCount(bytes))
    require(file.bytes == UInt64(bytes.count), "\(file.bytes) bytes of \(bytes.count) were read")
    let isSilent = file.diagnostics.isEmpty
    require(file.account.diagnosed == 0 || !isSilent, "a line is diagnosed without a diagnostic")
    if file.recognition.dialect == .unknown {
      require(file.runs.isEmpty && !isSilent, "an unknown dialect gave runs or no diagnostic")
    }
    checkChunks(file, bytes)
    checkBlocks(bytes)
  }

  /// Every reader on lines it may never have been chosen for.
  static let dialects = Target(name: "dialects") { bytes in
    for type in Recogniser.readers {
      var sink = Sink(file: "-")
      var account = LineAccount()
      var reader = type.init(file: "-")
      var lines = LineReader()
      var cleaner = LineCleaner()
      func take(_ piece: Span<UInt8>, _ place: TextPlace, _ cut: Bool) {
        account.enter(
          cleaner.clean(piece, at: place) { text, place in
            text.isEmpty ? .skipped(.blank) : reader.read(text, at: place, into: &sink)
          })
      }
      lines.feed(bytes.span, take)
      lines.finish(take)
      reader.finish(into: &sink)
      require(sink.retractedLines >= 0, "\(type) retracts \(sink.retractedLines) lines")
      require(
        sink.retractedLines <= account.read,
        "\(type) retracts \(sink.retractedLines) lines of \(account.read) that were read")
      account.retract(sink.retractedLines)
      var runs = sink.runs
      let late = Completion(settings: [], signatures: [], path: "-", sidecar: nil).complete(&runs)
      RunCheck.check(
        IngestedFile(
          path: "-", recognition: Recognition(dialect: type.dialect, evidence: []), runs: runs,
          diagnostics: sink.allDiagnostics + late, account: account, bytes: UInt64(bytes.count)),
        lines: lineCount(bytes))
    }
  }
}

/// Feeds the same bytes in small pieces. The first chunk decides the dialect, so it is long enough
/// for that; where it decides otherwise there is nothing to compare.
private func checkChunks(_ file: IngestedFile, _ bytes: [UInt8]) {
  // What is not recognised is looked at anew with each piece, which takes long.
  guard bytes.count > 1, file.recognition.dialect != .unknown else { return }
  var sink = Sink(file: "-")
  var pass = LinePass(path: "-", patterns: nil, readsAhead: true, chunk: bytes.count)
  let first = bytes.count / 2 + 1
  pass.feed(Array(bytes[..<first]).span, surveyed: Surveyed(), into: &sink)
  guard pass.recognition.dialect == file.recognition.dialect else { return }
  for piece in pieces(Array(bytes[first...]), longest: 64) {
    pass.feed(Array(piece).span, surveyed: Surveyed(), into: &sink)
    guard pass.recognition.dialect == file.recognition.dialect else { return }
  }
  pass.finish(into: &sink, sawBytes: true)
  var runs = sink.runs
  let late = Completion(settings: [], signatures: [], path: "-", sidecar: nil).complete(&runs)
  require(pass.account == file.account, "\(pass.account) in pieces, \(file.account) at once")
  require(runs == file.runs, "the runs depend on how the bytes arrive")
  require(
    sink.allDiagnostics + late == file.diagnostics,
    "the diagnostics depend on how the bytes arrive")
}

/// Reads bytes in blocks, those that lie ahead on other cores, and line by line.
private func checkBlocks(_ bytes: [UInt8]) {
  guard bytes.count > 1 else { return }
  var read = LogRead(path: "-")
  (read.chunk, read.blocks, read.blockSize) = (bytes.count / 4 + 1, 3, bytes.count / 8 + 1)
  let inBlocks = read.read(BytesInMemory(bytes))
  read.readsAhead = false
  require(inBlocks == read.read(BytesInMemory(bytes)), "what is read depends on the blocks")
}
