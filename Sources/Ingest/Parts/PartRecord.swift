import Support

/// One line of a part: a log, or one thing that was read in the log before it. Exactly one field is there.
struct PartRecord: Codable {
  var log: Log?
  var run: Run?
  var microBenchmark: MicroBenchmark?
  var refusedRun: RefusedRun?
  var diagnostic: StoredDiagnostic?

  /// A reading without its lists.
  struct Log: Codable {
    var path: String
    var identity: FileIdentity?
    var sidecar: String?
    var settings: [LogReading.Setting]
    var contentHash: UInt64
    var file: File?
  }

  /// A file without its lists.
  struct File: Codable {
    var recognition: Recognition
    var account: LineAccount
    var bytes: UInt64
    var form: String?
  }

  /// A diagnostic as it is; its own JSON is that of a report.
  struct StoredDiagnostic: Codable {
    var file: String
    var place: Place
    var severity: Severity
    var rule: String
    var message: String
    var remedy: String
    var more: Int?
  }

  /// Makes the lines that hold a reading, one after the other, for there may be a million.
  static func forEach(of reading: LogReading, _ take: (PartRecord) throws -> Void) rethrows {
    let file = reading.file
    let log = Log(
      path: reading.path, identity: reading.identity, sidecar: reading.sidecar,
      settings: reading.settings, contentHash: reading.contentHash,
      file: file.map {
        File(
          recognition: $0.recognition, account: $0.account, bytes: $0.bytes,
          form: $0.form)
      })
    try take(PartRecord(log: log))
    guard let file else { return }
    for run in file.runs { try take(PartRecord(run: run)) }
    for one in file.microBenchmarks { try take(PartRecord(microBenchmark: one)) }
    for one in file.refusedRuns { try take(PartRecord(refusedRun: one)) }
    for one in file.diagnostics { try take(PartRecord(diagnostic: StoredDiagnostic(one))) }
  }

  /// Puts what the line holds behind what the lines before it gave; false where it cannot stand there.
  func append(to readings: inout [LogReading]) -> Bool {
    if let log {
      readings.append(log.reading)
      return true
    }
    // In place, for a copy of the lists at each line would take the square of their length.
    let last = readings.count - 1
    guard last >= 0, readings[last].file != nil else { return false }
    if let run { readings[last].file?.runs.append(run) }
    if let microBenchmark { readings[last].file?.microBenchmarks.append(microBenchmark) }
    if let refusedRun { readings[last].file?.refusedRuns.append(refusedRun) }
    if let diagnostic { readings[last].file?.diagnostics.append(diagnostic.diagnostic) }
    return run != nil || microBenchmark != nil || refusedRun != nil || diagnostic != nil
  }
}

extension PartRecord.Log {
  fileprivate var reading: LogReading {
    var reading = LogReading(path: path, identity: identity, contentHash: contentHash)
    (reading.sidecar, reading.settings) = (sidecar, settings)
    reading.file = file.map {
      IngestedFile(
        path: path, recognition: $0.recognition, runs: [], diagnostics: [],
        account: $0.account, bytes: $0.bytes, contentHash: contentHash,
        form: $0.form)
    }
    return reading
  }
}

extension PartRecord.StoredDiagnostic {
  fileprivate init(_ diagnostic: Diagnostic) {
    self.init(
      file: diagnostic.file, place: diagnostic.place, severity: diagnostic.severity,
      rule: diagnostic.rule, message: diagnostic.message, remedy: diagnostic.remedy,
      more: diagnostic.more)
  }

  fileprivate var diagnostic: Diagnostic {
    var result = Diagnostic(
      rule, message, remedy: remedy, place: place, file: file, severity: severity)
    result.more = more
    return result
  }
}
