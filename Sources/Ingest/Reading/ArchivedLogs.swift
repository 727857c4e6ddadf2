import Support

/// The logs in an archive, each a log of its own called ARCHIVE/NAME. A `NAME.toml` beside one is its sidecar.
struct ArchivedLogs {
  /// What was read, in the order of the archive.
  private(set) var all: [Ingestor.ReadLog] = []

  private static let most = 4096
  /// If so many are no logs, one sentence says so.
  private static let fewest = 8

  private let path: String
  private var sidecars: [String: String] = [:]

  /// Reads the archive to which `source` belongs.
  init(
    _ path: String, _ source: LogSource, amongst readers: Int, patterns: PatternSet?,
    progress: (UInt64) -> Void
  ) {
    self.path = path
    var failure: Diagnostic?
    do throws(Diagnostic) {
      var bytes: UInt64 = 0
      while let member = try source.archive?.next() {
        guard !Self.isHidden(member.name) else { continue }
        guard all.count < Self.most else {
          throw Diagnostic(
            "too-many-files", "holds more than \(Self.most) files; those behind them are not read",
            remedy: "Unpack it, and name the logs.")
        }
        let name = path + "/" + (member.name.isEmpty ? "\(all.count + 1)" : member.name)
        if name.lowercased().hasSuffix(".toml") {
          sidecars[name] = Sidecar.text(source.bytes)
          continue
        }
        let before = bytes
        let log = Self.log(member, in: source, name, readers, patterns) { progress(before + $0) }
        all.append((log, nil))
        bytes += all.last?.file.bytes ?? 0
      }
    } catch {
      failure = error
    }
    for i in all.indices {
      all[i].sidecar = Sidecar.path(for: all[i].file.path).flatMap { sidecars[$0] }
    }
    passOverOthers()
    if let failure { all.append((IngestedFile(unreadable: path, failure.of(path)), nil)) }
    if all.isEmpty {
      let empty = Diagnostic(
        "empty-file", "the archive holds no files", remedy: "Make it again from the logs.")
      all = [(IngestedFile(unreadable: path, empty.of(path)), nil)]
    }
  }

  /// What an operating system put there.
  private static func isHidden(_ name: String) -> Bool {
    name.split(separator: "/").contains {
      $0.hasPrefix(".") && $0 != "." && $0 != ".." || $0 == "__MACOSX"
    }
  }

  private static func log(
    _ member: ArchiveReader.Member, in source: LogSource, _ name: String, _ readers: Int,
    _ patterns: PatternSet?, progress: (UInt64) -> Void
  ) -> IngestedFile {
    do throws(Diagnostic) {
      let log = try source.member(member)
      return Ingestor.readOne(
        log, path: name, amongst: readers, patterns: patterns, progress: progress)
    } catch {
      return IngestedFile(unreadable: name, error.of(name))
    }
  }

  /// Beside logs there may be others, as a README; that is no error.
  private mutating func passOverOthers() {
    let others = all.indices.filter { i in
      all[i].file.recognition.dialect == .unknown
        && all[i].file.diagnostics.allSatisfy {
          ["unknown-dialect", "empty-file"].contains($0.rule)
        }
    }
    if others.count < all.count {
      for i in others {
        all[i].file.diagnostics = all[i].file.diagnostics.map { $0.rated(.note) }
      }
    } else if others.count >= Self.fewest {
      let names = all.prefix(3).map { printable(String($0.file.path.dropFirst(path.count + 1))) }
      let refusal = Diagnostic(
        "unknown-dialect",
        "none of the \(all.count) files in it is a known kind of log: \(names.joined(separator: ", ")), ...",
        remedy: "See 'analyze runs --help' for the kinds of log that can be read.")
      all = [(IngestedFile(unreadable: path, refusal.of(path)), nil)]
    }
  }
}
