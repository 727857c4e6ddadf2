import Support

/// Everything that came out of one file.
public struct IngestedFile: Sendable, Equatable {
  /// Path as the user gave it, `-` for standard input.
  public var path: String
  /// What the file was taken for, and why.
  public var recognition: Recognition
  /// The runs in the file, their configuration completed.
  public var runs: [Run]
  /// Measurements of what the hardware can do at most, in the order of the file.
  public var microBenchmarks: [MicroBenchmark] = []
  /// Runs that the measuring program was asked for and could not make.
  public var refusedRuns: [RefusedRun] = []
  /// What could not be taken as it stands, in the order of reading; see `DiagnosticList`.
  public var diagnostics: [Diagnostic]
  /// What became of every line.
  public var account: LineAccount
  /// Bytes read, unpacked and as UTF-8.
  public var bytes: UInt64
  /// Hash of the lines, the same for copies with other line ends, see `LogHash`.
  public var contentHash: UInt64 = 0
  /// How the file was packed and encoded, as in `gzip` or `xz, UTF-16`; nil for a plain text.
  public var form: String?
}

extension IngestedFile {
  /// A file of which nothing could be read, and why.
  init(unreadable path: String, _ failure: Diagnostic) {
    self.init(
      path: path, recognition: Recognition(dialect: .unknown, evidence: []), runs: [],
      diagnostics: [failure], account: LineAccount(), bytes: 0)
  }
}

extension IngestedFile: FieldsEncodable {
  /// What the file was taken for, and the counts of its lines.
  public var fields: Fields {
    [
      "path": path, "dialect": recognition.dialect.rawValue, "lines": account.total,
      "read": account.read, "skipped": account.skippedTotal, "diagnosed": account.diagnosed,
      "runs": runs.count, "bytes": bytes,
      "prefix": recognition.prefix?.fields,
    ]
  }
}
