import Support

/// One log as it was named, and what was read of it: all that an analysis takes from a log. What the log does
/// not say is not yet filled in, so that this can be done wherever logs and parts come together.
package struct LogReading: Sendable, Equatable {
  /// Path as the user gave it, `-` for standard input.
  package var path: String
  /// Which file that was; nil where there is none.
  package var identity: FileIdentity?
  /// Text of the sidecar file; nil where there is none.
  package var sidecar: String?
  /// What `reduce --set` said of it.
  package var settings: [Setting] = []
  /// Hash of its lines, see `LogHash`; 0 where nothing was read.
  package var contentHash: UInt64
  /// What was read; nil for another name of a file that was read already.
  package var file: IngestedFile?

  /// A value of `--set`, canonical.
  package struct Setting: Sendable, Equatable, Codable {
    var key: ConfigurationKey
    var text: String

    package init(key: ConfigurationKey, text: String) { (self.key, self.text) = (key, text) }
  }

  /// The log of that name, not yet read.
  package init(unread path: String, identity: FileIdentity?, settings: [Setting] = []) {
    self.init(path: path, identity: identity, contentHash: 0)
    (sidecar, self.settings) = (Ingestor.sidecarText(for: path), settings)
  }

  /// Reads it, as one of so many that are read at a time; its bytes come from `input` where that is not nil. Of
  /// an archive each log in it is one.
  package func logs(
    from input: String? = nil, amongst readers: Int = 1, patterns: [Pattern] = [],
    progress: (UInt64) -> Void = { _ in }
  ) -> [LogReading] {
    var ingestor = Ingestor()
    ingestor.patterns = patterns
    return ingestor.read(path: path, from: input, amongst: readers, progress: progress).map { log in
      var reading = self
      if log.file.path != path {
        reading.identity = identity?.holding(String(log.file.path.dropFirst(path.count + 1)))
        reading.path = log.file.path
      }
      (reading.file, reading.contentHash, reading.sidecar) = (
        log.file, log.file.contentHash, log.sidecar
      )
      return reading
    }
  }

  /// The same log under this name of its file.
  package func again(_ first: LogReading) -> LogReading {
    var reading = self
    reading.contentHash = first.contentHash
    if let member = first.identity?.member {
      reading.path += "/" + member
      (reading.identity, reading.sidecar) = (first.identity, first.sidecar)
    }
    return reading
  }

  /// A file of which nothing can be used.
  package init(of path: String, failing diagnostic: Diagnostic) {
    self.init(path: path, contentHash: 0)
    file = IngestedFile(unreadable: path, diagnostic)
  }

  init(path: String, identity: FileIdentity? = nil, contentHash: UInt64) {
    (self.path, self.identity, self.contentHash) = (path, identity, contentHash)
  }

  /// Whether two names of a log, and what came with them, say the same of its runs.
  package func saysTheSame(as other: LogReading) -> Bool {
    let (a, b) = (
      FileNameConfiguration.read(path: path), FileNameConfiguration.read(path: other.path)
    )
    return a.map(\.0) == b.map(\.0) && a.map(\.1) == b.map(\.1) && sidecar == other.sidecar
      && settings == other.settings
  }
}

extension Ingestor {
  /// Completes the configuration in the file of a reading.
  package func complete(_ file: inout IngestedFile, as reading: LogReading) {
    complete(
      &file, sidecar: reading.sidecar,
      given: reading.settings.map { (key: $0.key, text: $0.text) })
  }
}
