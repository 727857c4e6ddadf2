import Support

/// Reads a log from its first byte to its last: blocks on all cores, their lines one after the other. The
/// result does not depend on the number of cores.
struct LogRead {
  let path: String
  /// Whether lines like those before may be taken in at once; a test takes each by itself.
  var readsAhead = true
  var blockSize = 1 << 20
  /// Blocks in memory at a time.
  var blocks = 4 * Cores.count

  /// Bytes that decide the dialect, or as many more.
  var chunk = 1 << 18
  /// As many are waited for even where a pipe is slow.
  private static let least = 4096

  /// The user's own patterns.
  var patterns: PatternSet?

  init(path: String) { self.path = path }

  /// The log, its configuration not completed; `progress` is called with the bytes read so far after each step.
  func read(
    _ source: some ReadableBytes, progress: (UInt64) -> Void = { _ in }
  ) -> IngestedFile {
    var sink = Sink(file: path)
    var pass = LinePass(path: path, patterns: patterns, readsAhead: readsAhead, chunk: chunk)
    let window = BlockWindow(blocks, of: blockSize, atLeast: chunk, for: source.size)
    var total = 0
    var hash = LogHash()
    while true {
      let filling =
        pass.isRecognised
        ? window.fill(from: source, at: total, survey: pass.survey)
        : window.fill(from: source, at: total, least: total == 0 ? Self.least : 1, most: chunk)
      window.withBytes(filling.count) { bytes in
        hash.take(bytes)
        pass.feed(bytes, surveyed: filling.surveyed, into: &sink)
      }
      total += filling.count
      // What came before a failure is read before it is reported.
      if let failure = filling.failure {
        sink.report(failure.within(Place(pass.lastPlace)))
        break
      }
      if filling.count == 0 { break }
      progress(UInt64(total))
    }
    pass.finish(into: &sink, sawBytes: total > 0)
    return IngestedFile(
      path: path, recognition: pass.recognition, runs: sink.runs,
      microBenchmarks: sink.microBenchmarks, refusedRuns: sink.refusedRuns,
      diagnostics: sink.allDiagnostics, account: pass.account, bytes: UInt64(total),
      contentHash: hash.value)
  }
}
