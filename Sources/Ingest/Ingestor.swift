// Bytes to runs. Reading cuts streams into clean lines; Recognition decides what a file is;
// Dialects holds a folder of readers for each kind of log; Runs is what comes out, and Parts
// keeps it in files. Every line is read, skipped by a named rule, or diagnosed. Knows nothing
// of statistics and figures.

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
    var (file, sidecar) = read(path: path, progress: progress)
    complete(&file, sidecar: sidecar)
    return file
  }

  /// Reads `path` and the text of its sidecar; the configuration is not completed. The bytes come from
  /// `input` where that is not nil: standard input under the name of a log.
  func read(
    path: String, from input: String? = nil, progress: (UInt64) -> Void = { _ in }
  ) -> (file: IngestedFile, sidecar: String?) {
    do {
      let source = try ByteSource(path: input ?? path)
      var result = read(path: path, progress: progress) {
        buffer throws(Diagnostic) -> Int in
        let n = try source.read(into: &buffer)
        if n == 0, let failure = source.endFailure() { throw failure }
        return n
      }
      result.isCompressed = source.isCompressed
      return (result, Self.sidecarText(for: path))
    } catch let failure {
      return (IngestedFile(unreadable: path, failure.of(path)), nil)
    }
  }

  /// Reads bytes that are already in memory under the name `path`; for tests and embedded tables.
  public func ingest(bytes: [UInt8], path: String) -> IngestedFile {
    var position = 0
    var file = read(path: path, progress: { _ in }) { buffer in
      let n = min(buffer.count, bytes.count - position)
      for i in 0..<n { buffer[i] = bytes[position + i] }
      position += n
      return n
    }
    complete(&file, sidecar: Self.sidecarText(for: path))
    return file
  }

  /// Reads what `next` gives: it fills a buffer from its start and says how many bytes came, 0 at
  /// the end. The configuration is not completed.
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
    return IngestedFile(
      path: path, recognition: pass.recognition, runs: sink.runs,
      microBenchmarks: sink.microBenchmarks, refusedRuns: sink.refusedRuns,
      diagnostics: sink.allDiagnostics, account: pass.account, bytes: total,
      contentHash: hash.value, isCompressed: false)
  }

  /// Completes the configuration of the runs; what contradicts is reported in the file.
  ///
  /// `given` are values of `--set` that came with this file, before those that are for all.
  func complete(
    _ file: inout IngestedFile, sidecar: String?,
    given: [(key: ConfigurationKey, text: String)] = []
  ) {
    file.diagnostics += Completion(
      given: given, settings: settings, settingsProvenance: settingsProvenance,
      fillings: fillings, signatures: signatures, path: file.path,
      sidecar: sidecar.flatMap { [path = file.path] text in
        Sidecar.path(for: path).map { ($0, text) }
      }
    ).complete(&file.runs)
  }

  /// The text of the sidecar file of a log; nil where there is none.
  static func sidecarText(for path: String) -> String? {
    // What is no plain file, a pipe say, might keep the reader waiting.
    guard let name = Sidecar.path(for: path), name != path, OutputFiles.kind(of: name) == .file,
      let data = FileManager.default.contents(atPath: name)
    else { return nil }
    return String(decoding: data, as: UTF8.self)
  }
}
