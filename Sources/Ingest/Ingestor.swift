// Bytes to runs. Reading cuts streams into clean lines; Recognition decides what a file is;
// Dialects holds a folder of readers for each kind of log; Runs is what comes out. Every line
// is read, skipped by a named rule, or diagnosed. Knows nothing of statistics and figures.

import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads files into runs: recognises the dialect, feeds its reader, completes the configuration.
public struct Ingestor: Sendable {
  /// Values of `--set` (of a reference: of `--set-reference`), canonical.
  public var settings: [(key: ConfigurationKey, text: String)]
  /// Who gave the settings.
  public var settingsProvenance = Provenance.option
  /// Values of `--set` that only fill what a reference does not say itself, canonical.
  public var fillings: [(key: ConfigurationKey, text: String)] = []
  /// Models that can be recognised by their operators.
  public var signatures: [ModelSignature]

  /// An ingestor with the values of `--set` (canonical text) and the known models.
  public init(
    settings: [(key: ConfigurationKey, text: String)] = [], signatures: [ModelSignature] = []
  ) {
    self.settings = settings
    self.signatures = signatures
  }

  /// An ingestor of references.
  ///
  /// - Parameters:
  ///   - settings: values of `--set-reference`.
  ///   - fillings: values of `--set` that reach a reference where it does not say them itself.
  public static func ofReferences(
    settings: [(key: ConfigurationKey, text: String)],
    fillings: [(key: ConfigurationKey, text: String)], signatures: [ModelSignature]
  ) -> Ingestor {
    var ingestor = Ingestor(settings: settings, signatures: signatures)
    ingestor.settingsProvenance = .referenceOption
    ingestor.fillings = fillings
    return ingestor
  }

  static let chunk = 1 << 18

  /// Reads `path` (`-` for standard input, `.gz` as it is). Failures are diagnostics.
  ///
  /// `progress` is called with the bytes read so far after each chunk.
  public func ingest(path: String, progress: (UInt64) -> Void = { _ in }) -> IngestedFile {
    do {
      let source = try ByteSource(path: path)
      var result = read(path: path, progress: progress) {
        buffer throws(Diagnostic) -> Int in
        let n = try source.read(into: &buffer)
        if n == 0, let failure = source.endFailure() { throw failure }
        return n
      }
      result.isCompressed = source.isCompressed
      return result
    } catch let failure {
      var account = IngestedFile(
        path: path, recognition: Recognition(dialect: .unknown, evidence: []), runs: [],
        diagnostics: [], unkeptDiagnostics: 0, account: LineAccount(), bytes: 0,
        isCompressed: false)
      account.diagnostics.append(failure.of(path))
      return account
    }
  }

  /// Reads bytes that are already in memory under the name `path`; for tests and embedded tables.
  public func ingest(bytes: [UInt8], path: String) -> IngestedFile {
    var position = 0
    return read(path: path, progress: { _ in }) { buffer in
      let n = min(buffer.count, bytes.count - position)
      for i in 0..<n { buffer[i] = bytes[position + i] }
      position += n
      return n
    }
  }

  /// Reads what `next` gives: it fills a buffer from its start and says how many bytes came, 0 at
  /// the end.
  ///
  /// - Parameter readsAhead: whether lines like those before may be taken in at once; a test takes each by itself.
  func read(
    path: String, readsAhead: Bool = true, progress: (UInt64) -> Void = { _ in },
    next: (inout [UInt8]) throws(Diagnostic) -> Int
  ) -> IngestedFile {
    var sink = Sink(file: path)
    var pass = LinePass(path: path, readsAhead: readsAhead)
    var buffer = [UInt8](repeating: 0, count: Self.chunk)
    var total: UInt64 = 0
    var hash = LogHash()
    do throws(Diagnostic) {
      while true {
        // The first chunk decides the dialect, so it is filled even from a slow pipe.
        var filled = try next(&buffer)
        var failure: Diagnostic?
        while filled > 0, filled < 4096, total == 0, failure == nil {
          var rest = [UInt8](repeating: 0, count: Self.chunk - filled)
          do throws(Diagnostic) {
            let more = try next(&rest)
            if more == 0 { break }
            for i in 0..<more { buffer[filled + i] = rest[i] }
            filled += more
          } catch {
            failure = error
          }
        }
        if filled == 0 { break }
        total += UInt64(filled)
        hash.take(buffer.span.extracting(0..<filled))
        pass.feed(buffer.span.extracting(0..<filled), into: &sink)
        progress(total)
        // What came before a failure is read before it is reported.
        if let failure { throw failure }
      }
    } catch {
      sink.report(error.within(Place(pass.lastPlace)))
    }
    pass.finish(into: &sink, sawBytes: total > 0)
    var runs = sink.runs
    var diagnostics = sink.diagnostics
    diagnostics += Completion(
      settings: settings, settingsProvenance: settingsProvenance, fillings: fillings,
      signatures: signatures, path: path, sidecar: sidecarText(for: path)
    ).complete(&runs)
    return IngestedFile(
      path: path, recognition: pass.recognition, runs: runs,
      microBenchmarks: sink.microBenchmarks, refusedRuns: sink.refusedRuns,
      diagnostics: diagnostics,
      unkeptDiagnostics: sink.unkeptDiagnostics, account: pass.account, bytes: total,
      contentHash: hash.value, isCompressed: false)
  }

  /// Whether two names of a log, their folders and their sidecars say the same of its runs.
  public func saysTheSame(_ one: String, _ other: String) -> Bool {
    let (a, b) = (FileNameConfiguration.read(path: one), FileNameConfiguration.read(path: other))
    return a.map(\.0) == b.map(\.0) && a.map(\.1) == b.map(\.1)
      && sidecarText(for: one)?.text == sidecarText(for: other)?.text
  }

  private func sidecarText(for path: String) -> (file: String, text: String)? {
    // What is no plain file, a pipe say, might keep the reader waiting.
    guard let name = Sidecar.path(for: path), name != path, OutputFiles.kind(of: name) == .file,
      let data = FileManager.default.contents(atPath: name)
    else { return nil }
    return (name, String(decoding: data, as: UTF8.self))
  }
}
