// Bytes to runs. Reading cuts streams into clean lines; Recognition decides what a file is;
// Dialects holds a folder of readers for each kind of log; Runs is what comes out, and Parts
// keeps it in files. Every line is read, skipped by a named rule, or diagnosed. Knows nothing
// of statistics and figures.

import Support

/// Reads files into runs: recognises the dialect, feeds its reader, completes the configuration.
public struct Ingestor: Sendable {
  /// Values of `--set` (of a reference: of `--set-reference`), canonical.
  public var settings: [(key: ConfigurationKey, text: String)]
  /// Who gave the settings.
  public var settingsProvenance = Provenance.option
  /// Values of `--set` that only fill what a reference does not say itself, canonical.
  public var fillings: [(key: ConfigurationKey, text: String)] = []
  /// Patterns that the user gave for lines of all logs.
  public var patterns: [Pattern] = []
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

  /// Reads the log in `path` (`-` for standard input), packed or not; of an archive the first. Failures are
  /// diagnostics.
  ///
  /// `progress` is called with the bytes read so far after each step.
  public func ingest(path: String, progress: (UInt64) -> Void = { _ in }) -> IngestedFile {
    var (file, sidecar) = read(path: path, progress: progress)[0]
    complete(&file, sidecar: sidecar)
    return file
  }

  /// Reads bytes that are already in memory under the name `path`; for tests and embedded tables.
  public func ingest(bytes: [UInt8], path: String) -> IngestedFile {
    let sidecar = Self.sidecarText(for: path)
    var read = LogRead(path: path)
    read.patterns = patterns(with: sidecar, of: path)
    var file = read.read(BytesInMemory(bytes))
    complete(&file, sidecar: sidecar)
    return file
  }

  /// Reads `path`, as one of so many that are read at a time: one log, or of an archive each that is in it, and
  /// the texts of their sidecars; the configuration is not completed. The bytes come from `input` where that is
  /// not nil: standard input under the name of a log.
  func read(
    path: String, from input: String? = nil, amongst readers: Int = 1,
    progress: (UInt64) -> Void = { _ in }
  ) -> [ReadLog] {
    do throws(Diagnostic) {
      let source = try LogSource(path: input ?? path)
      return read(source, path: path, amongst: readers, progress: progress)
    } catch {
      return [(IngestedFile(unreadable: path, error.of(path)), nil)]
    }
  }

  /// Reads what was opened under the name `path`.
  func read(
    _ source: LogSource, path: String, amongst readers: Int, progress: (UInt64) -> Void
  ) -> [ReadLog] {
    guard source.archive == nil else {
      return ArchivedLogs(
        path, source, amongst: readers, patterns: patterns(with: nil, of: path), progress: progress
      ).all
    }
    let sidecar = Self.sidecarText(for: path)
    let file = Self.readOne(
      source, path: path, amongst: readers, patterns: patterns(with: sidecar, of: path),
      progress: progress)
    return [(file, sidecar)]
  }

  /// A file and the text of its sidecar.
  typealias ReadLog = (file: IngestedFile, sidecar: String?)

  /// Reads one log.
  static func readOne(
    _ source: LogSource, path: String, amongst readers: Int, patterns: PatternSet?,
    progress: (UInt64) -> Void
  ) -> IngestedFile {
    var read = LogRead(path: path)
    read.patterns = patterns
    read.blocks = max(read.blocks / readers, 2)
    var result = read.read(source.bytes, progress: progress)
    result.form = source.form
    return result
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

  /// The user's patterns, those for this log first; nil where there are none.
  private func patterns(with sidecar: String?, of path: String) -> PatternSet? {
    let own = sidecar.map { Sidecar.patterns(text: $0, file: path) } ?? []
    return own.isEmpty && patterns.isEmpty ? nil : PatternSet(own + patterns)
  }

  /// The text of the sidecar file of a log; nil where there is none.
  static func sidecarText(for path: String) -> String? {
    // What is no plain file, a pipe say, might keep the reader waiting.
    guard let name = Sidecar.path(for: path), name != path, OutputFiles.kind(of: name) == .file,
      let source = try? LogSource.only(path: name)
    else { return nil }
    return Sidecar.text(source.bytes)
  }
}
